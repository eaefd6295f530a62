import { PRIORITY, type MarkRequest, type Priority } from '../store/store.js';

/**
 * What can be out of step. Only `bill` and `send` end in the planner; the others find out which bills are meant and mark those.
 *
 * bill · a Clio bill            send · a person pressed "Sync with Xero" on it: its plan may be carried out even in review mode
 * invoice, payment, credit-note, xero-contact · by Xero id             contact, matter, task · by Clio id
 * catch-up · everything changed since the cursors   nightly · ids on both sides and what invoices still owe compared, bills without an invoice looked at again
 * expense · a cost, by Clio id, or a document in Xero that may be one: `bill:…`, `spend:…`, with `@` and a further organisation's id
 * dry-run · every open bill planned, nothing carried out; `preview`: open invoices with settings somebody wants to save
 * people · who uses Clio, and in which roles
 * look-alikes · invoices another sync may have left
 * books · the organisation's accounts, taxes, lock dates    subscriptions · Clio webhooks and custom actions
 */
export const MARK_KINDS = [
  'send', 'bill', 'invoice', 'payment', 'credit-note', 'contact', 'xero-contact', 'matter', 'task', 'expense', 'books', 'subscriptions', 'catch-up', 'nightly', 'look-alikes',
  'dry-run', 'people',
] as const;
export type MarkKind = (typeof MARK_KINDS)[number];

/** An id of something a firm has in each organisation: `further` as ids of settings carry it. */
export const atPlace = (id: string, further: string | null): string => (further === null ? id : `${id}@${further}`);

/** What concerns all costs of an organisation is marked, and kept, under this instead of an id. */
export const aboutAllCosts = (further: string | null): string => atPlace('settings', further);

export const isMarkKind = (kind: string): kind is MarkKind => MARK_KINDS.some((each) => each === kind);

export const mark = (firm: string, kind: MarkKind, id: string, priority: Priority = PRIORITY.webhook): MarkRequest => ({ firm, kind, id, priority });

/** What a person asks for who answers a hold or tries again: the bill, or the cost (`expense:…`) the hold is about. */
export const markAsked = (firm: string, subject: string): MarkRequest =>
  subject.startsWith('expense:') ? mark(firm, 'expense', subject.slice('expense:'.length), PRIORITY.person) : mark(firm, 'send', subject, PRIORITY.person);
