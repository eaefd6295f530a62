import { Schema, type Connection, type Model, type SchemaDefinitionProperty } from 'mongoose';
import type { AlertRecord } from './alert-schema.js';
import type { Stored } from './collection.js';
import { rulesOf, type Kind } from './kinds.js';
import type {
  ActivityRecord, BooksRecord, ConnectionRecord, CursorRecord, DeliveryRecord, FirmRecord, HoldRecord, LinkRecord, RunRecord, SettingsRecord,
  SubscriptionRecord, TicketRecord,
} from './records.js';
import type { Store } from './store.js';

/** A record as MongoDB keeps it. `_id` is the natural key, so two upserts can never make two; `keys` are the values of kinds.ts. */
export interface RecordDocument {
  _id: string;
  firm: string;
  id: string;
  version: number;
  epoch: number;
  keys: Record<string, string | string[]>;
}

export interface MarkDocument {
  _id: string;
  firm: string;
  kind: string;
  id: string;
  wanted: number;
  done: number;
  owed: boolean;
  priority: number;
  notBefore: string;
  attempts: number;
  lastReason: string | null;
  firstWantedAt: string;
  changedAt: string;
  restUntil: string | null;
  restless: number;
  epoch: number;
}

export interface LeaseDocument {
  /** The firm. */
  _id: string;
  owner: string;
  epoch: number;
  until: Date;
}

export type KindName = Exclude<keyof Store, 'marks' | 'leases' | 'ping' | 'close'>;

/** Every field a record has beyond what all have: a field added to a record and not here does not compile. */
type Fields<T extends Stored> = Record<Exclude<keyof T, keyof Stored>, SchemaDefinitionProperty>;

const text = String;
const texts = [String];
const count = Number;
const truth = Boolean;
const anything = Schema.Types.Mixed;

const firms: Fields<FirmRecord> = { region: text, clioAccountId: text, name: text, timeZone: text, installedAt: text, people: anything, rights: anything, inClio: anything, mail: anything };
const connections: Fields<ConnectionRecord> = {
  side: text, userId: text, organisationId: text, organisationName: text, xeroConnectionId: text, accessToken: text, accessTokenEnds: text,
  refreshToken: text, previousRefreshToken: text, refreshedAt: text, scopes: texts, state: text, stateReason: text, connectedAt: text, resetNoticedAt: text,
};
const settings: Fields<SettingsRecord> = { body: anything, by: text, at: text, note: text };
const books: Fields<BooksRecord> = { body: anything, at: text };
const links: Fields<LinkRecord> = {
  kind: text, role: text, clioId: text, xeroId: text, organisationId: text, billId: text, clientId: text, matterIds: texts, status: text,
  reason: text, facts: anything, shown: anything, cost: anything, base: anything, intent: anything, elsewhere: text, supersedes: text, remakeAskedAt: text, told: anything, updatedAt: text,
};
const holds: Fields<HoldRecord> = {
  billId: text, about: text, reason: text, facts: anything, choices: [anything], open: truth, answer: text, answeredBy: text,
  openedAt: text, closedAt: text,
};
const subscriptions: Fields<SubscriptionRecord> = {
  model: text, token: text, clioWebhookId: text, secret: text, previousSecret: text, state: text, expiresAt: text, lastDeliveryAt: text,
};
const deliveries: Fields<DeliveryRecord> = { vendor: text, receivedAt: text, repeats: count, marks: texts, sweepAt: text };
const activity: Fields<ActivityRecord> = { at: text, by: text, what: text, billId: text, text, before: text, after: text, link: anything, sweepAt: text };
const cursors: Fields<CursorRecord> = { at: text, position: text };
const runs: Fields<RunRecord> = { kind: text, startedAt: text, endedAt: text, result: anything };
const alerts: Fields<AlertRecord> = {
  kind: text, reason: text, organisations: texts, facts: anything, count, path: text, stage: count, openedAt: text, solvedAt: text,
  news: [anything], letters: [anything], sweepAt: text,
};
const tickets: Fields<TicketRecord> = { kind: text, body: anything, sweepAt: text };

const FIELDS: Record<KindName, Record<string, SchemaDefinitionProperty>> = {
  firms, connections, settings, books, links, holds, subscriptions, deliveries, activity, cursors, runs, alerts, tickets,
};

/** Unknown fields throw rather than vanish, empty objects stay, and `id` is ours. */
const PLAIN = { strict: 'throw', minimize: false, id: false, versionKey: false, autoIndex: false, autoCreate: false } as const;

export function recordModel<T extends Stored>(connection: Connection, kind: Kind<T> & { name: KindName }): Model<RecordDocument> {
  const schema = new Schema<RecordDocument>(
    { _id: text, firm: text, id: text, version: count, epoch: count, keys: anything, ...FIELDS[kind.name] },
    { ...PLAIN, collection: kind.name },
  );
  schema.index({ firm: 1, id: 1 });
  for (const { index, rule } of rulesOf(kind)) {
    // Sparse on a single field is a partial unique index: records without the key are not in it.
    if (rule.shape === 'unique') schema.index({ [`keys.${index}`]: 1 }, { unique: true, sparse: true });
    else if (index === 'sweepAt') schema.index({ 'keys.sweepAt': 1 });
    else schema.index({ firm: 1, [`keys.${index}`]: 1, id: 1 });
  }
  return connection.model<RecordDocument>(kind.name, schema);
}

export function markModel(connection: Connection): Model<MarkDocument> {
  const schema = new Schema<MarkDocument>(
    {
      _id: text, firm: text, kind: text, id: text, wanted: count, done: count, owed: truth, priority: count,
      notBefore: text, attempts: count, lastReason: text, firstWantedAt: text, changedAt: text, restUntil: text, restless: count, epoch: count,
    },
    { ...PLAIN, collection: 'marks' },
  );
  schema.index({ owed: 1, notBefore: 1 });
  schema.index({ firm: 1, owed: 1, priority: 1, firstWantedAt: 1 });
  return connection.model<MarkDocument>('marks', schema);
}

export function leaseModel(connection: Connection): Model<LeaseDocument> {
  const schema = new Schema<LeaseDocument>(
    { _id: text, owner: text, epoch: count, until: Date },
    { ...PLAIN, collection: 'leases' },
  );
  return connection.model<LeaseDocument>('leases', schema);
}
