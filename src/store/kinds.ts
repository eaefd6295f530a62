import type { z } from 'zod';
import { AlertRecord } from './alert-schema.js';
import type { Draft, Stored } from './collection.js';
import { fixedInstant } from './fixed-instant.js';
import { clioKey, userKey, xeroKey } from './keys.js';
import {
  ActivityRecord, BooksRecord, ConnectionRecord, CursorRecord, DeliveryRecord, FirmRecord, HoldRecord, LinkRecord, RunRecord, SettingsRecord,
  SubscriptionRecord, TicketRecord,
} from './records.js';

/**
 * What both adapters must know of a kind of record: its schema, and the values under which it is found. Values are worked out here once, so
 * SQLite and MongoDB cannot differ in what an index means.
 */
export interface Kind<T extends Stored, Index extends string = string, Name extends string = string> {
  name: Name;
  schema: z.ZodType<T>;
  indexes: Record<Index, IndexRule<T>>;
}

/** `unique` values are unique over all firms; `one` and `many` are for listing within a firm. No value: not in the index. */
export interface IndexRule<T extends Stored> {
  shape: 'unique' | 'one' | 'many';
  of: (record: Draft<T>) => string[];
}

type Value<T extends Stored> = (record: Draft<T>) => string | null;

const none = (value: string | null): string[] => (value === null ? [] : [value]);
const unique = <T extends Stored>(value: Value<T>): IndexRule<T> => ({ shape: 'unique', of: (record) => none(value(record)) });
const one = <T extends Stored>(value: Value<T>): IndexRule<T> => ({ shape: 'one', of: (record) => none(value(record)) });
const many = <T extends Stored>(values: (record: Draft<T>) => string[]): IndexRule<T> => ({ shape: 'many', of: (record) => [...new Set(values(record))] });
const kind = <T extends Stored, Index extends string, Name extends string>(
  name: Name, schema: z.ZodType<T>, indexes: Record<Index, IndexRule<T>>,
): Kind<T, Index, Name> => ({ name, schema, indexes });

const swept = <T extends Stored & { sweepAt: string }>(): IndexRule<T> => ({ shape: 'one', of: (record: { sweepAt: string }) => [fixedInstant(record.sweepAt)] });

export const KINDS = {
  firms: kind('firms', FirmRecord, {}),
  connections: kind('connections', ConnectionRecord, {
    organisation: unique((record) => (record.side === 'xero' && record.state !== 'removed' ? record.organisationId : null)),
    user: unique((record) => (record.side === 'clio' && record.state !== 'removed' ? userKey(record) : null)),
  }),
  settings: kind('settings', SettingsRecord, {}),
  books: kind('books', BooksRecord, {}),
  links: kind('links', LinkRecord, {
    clio: unique((record) => (record.clioId === null ? null : clioKey({ ...record, clioId: record.clioId }))),
    xero: unique((record) => (record.xeroId === null ? null : xeroKey({ ...record, xeroId: record.xeroId }))),
    bill: one((record) => record.billId),
    matter: many((record) => record.matterIds),
    client: one((record) => record.clientId),
    kind: one((record) => record.kind),
    status: one((record) => `${record.kind}:${record.status}`),
    intent: one((record) => (record.intent === null ? null : 'open')),
  }),
  holds: kind('holds', HoldRecord, {
    bill: one((record) => record.billId),
    open: one((record) => (record.open ? 'open' : null)),
  }),
  subscriptions: kind('subscriptions', SubscriptionRecord, { token: unique((record) => record.token) }),
  deliveries: kind('deliveries', DeliveryRecord, { sweepAt: swept() }),
  activity: kind('activity', ActivityRecord, { bill: one((record) => record.billId), sweepAt: swept() }),
  cursors: kind('cursors', CursorRecord, {}),
  runs: kind('runs', RunRecord, {}),
  alerts: kind('alerts', AlertRecord, {
    kind: one((record) => record.kind),
    open: one((record) => (record.kind === 'cause' && record.solvedAt === null ? 'open' : null)),
    owed: one((record) => (record.letters.some((letter) => letter.state === 'owed') ? 'owed' : null)),
    sweepAt: swept(),
  }),
  tickets: kind('tickets', TicketRecord, { sweepAt: swept() }),
};

/** Index rules with their names, as plain pairs. */
export function rulesOf<T extends Stored>(kind: Kind<T>): { index: string; rule: IndexRule<T> }[] {
  return Object.entries(kind.indexes).map(([index, rule]) => ({ index, rule }));
}
