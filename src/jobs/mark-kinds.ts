import { PRIORITY, type MarkRequest, type Priority } from '../store/store.js';

/**
 * What can be out of step. Only `bill` and `send` end in the planner; the others find out which bills are meant and mark those.
 *
 * bill · a Clio bill            send · a person pressed "Sync with Xero" on it: its plan may be carried out even in review mode
 * invoice, payment · by Xero id  contact, matter, task · by Clio id     xero-contact · by Xero id
 * catch-up · everything changed since the cursors   nightly · ids on both sides compared
 * books · the organisation's accounts, taxes, lock dates    subscriptions · Clio webhooks and custom actions
 */
export const MARK_KINDS = [
  'send', 'bill', 'invoice', 'payment', 'contact', 'xero-contact', 'matter', 'task', 'books', 'subscriptions', 'catch-up', 'nightly',
] as const;
export type MarkKind = (typeof MARK_KINDS)[number];

export const isMarkKind = (kind: string): kind is MarkKind => MARK_KINDS.some((each) => each === kind);

export const mark = (firm: string, kind: MarkKind, id: string, priority: Priority = PRIORITY.webhook): MarkRequest => ({ firm, kind, id, priority });
