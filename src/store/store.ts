import type { Instant } from '../core/calendar.js';
import type { AlertRecord } from './alert-schema.js';
import type { Collection } from './collection.js';
import type {
  ActivityRecord, BooksRecord, ConnectionRecord, CursorRecord, DeliveryRecord, FirmRecord, HoldRecord, LinkRecord, RunRecord, SettingsRecord,
  SubscriptionRecord, TicketRecord,
} from './records.js';

/** Everything Tieout remembers. Two adapters (SQLite file, MongoDB) pass one contract: test/store/store-contract.ts. */
export interface Store {
  firms: Collection<FirmRecord>;
  /**
   * Unique keys: `organisation`, the organisationId of a Xero connection whose state is not `removed` (one organisation, one firm);
   * `user`, `{region}:{userId}` of a Clio connection that is not `removed`, because a custom action names only its user.
   */
  connections: Collection<ConnectionRecord, 'organisation' | 'user'>;
  settings: Collection<SettingsRecord>;
  books: Collection<BooksRecord>;
  links: Collection<LinkRecord, 'clio' | 'xero' | 'bill' | 'matter' | 'client' | 'kind' | 'status' | 'intent'>;
  holds: Collection<HoldRecord, 'bill' | 'open'>;
  subscriptions: Collection<SubscriptionRecord, 'token'>;
  deliveries: Collection<DeliveryRecord, 'sweepAt'>;
  activity: Collection<ActivityRecord, 'bill' | 'sweepAt'>;
  cursors: Collection<CursorRecord>;
  runs: Collection<RunRecord>;
  /** What people are told by mail. */
  alerts: Collection<AlertRecord, 'kind' | 'open' | 'owed' | 'sweepAt'>;
  /** Single-use things with an end: OAuth states, launch nonces. */
  tickets: Collection<TicketRecord, 'sweepAt'>;
  marks: Marks;
  leases: Leases;
  /** True while the database answers; for /readyz. */
  ping(): Promise<boolean>;
  close(): Promise<void>;
}

/** Who asked; smaller is sooner. */
export const PRIORITY = { person: 0, webhook: 1, sweep: 2, history: 3 } as const;
export type Priority = (typeof PRIORITY)[keyof typeof PRIORITY];

/** The unit of owed work: "this record may be out of step". */
export interface Mark {
  firm: string;
  kind: string;
  id: string;
  /** How often it was asked for, and the count the last finished run had seen. Owed while wanted > done. */
  wanted: number;
  done: number;
  priority: Priority;
  notBefore: Instant;
  attempts: number;
  /** Why the last run did not finish; null when it did. */
  lastReason: string | null;
  firstWantedAt: Instant;
  /** The newest change anybody who asked knew of, by the vendor's clock; null when somebody asked without knowing of one. */
  changedAt: Instant | null;
  /** Until then only a person's wish makes it due; null when it never rested. */
  restUntil: Instant | null;
  /** How many times in a row it was wanted again during its rest or soon after. */
  restless: number;
}

/** For how long a record that was just looked at is left alone. */
export interface Rest {
  until: Instant;
  restless: number;
}

/** From when on an owed mark may run. */
export const dueAt = ({ priority, notBefore, restUntil }: Mark): Instant => (priority === PRIORITY.person || restUntil === null || restUntil < notBefore ? notBefore : restUntil);

export interface MarkRequest {
  firm: string;
  kind: string;
  id: string;
  priority: Priority;
  notBefore?: Instant;
  /** When the vendor says the record changed. What was read as of then, or later, tells the same. */
  changedAt?: Instant;
}

export interface Marks {
  /**
   * One upsert each: wanted + 1, the sooner notBefore and the higher priority win. All of one call become durable together;
   * resolves only after the durable commit. A mark that was not owed starts afresh: priority and notBefore (default `now`) as
   * asked, no attempts, no reason.
   */
  want(requests: MarkRequest[], now: Instant): Promise<void>;
  /** Firms with owed marks due now (`dueAt`), most urgent first, never two entries for one firm. */
  firmsDue(now: Instant, limit: number): Promise<string[]>;
  /** Owed marks of a firm due now, by priority, then oldest first. */
  due(firm: string, now: Instant, limit: number): Promise<Mark[]>;
  /**
   * done := mark.wanted as read; a mark wanted again meanwhile stays owed, and waits from `now` on like any other, so that a firm that is never
   * done cannot keep others waiting. Attempts go back to 0. With `rest`, what is wanted from now on waits until that is over, unless a person
   * wants it. Throws `LeaseLostError` when a newer epoch wrote the mark.
   */
  finish(mark: Mark, epoch: number, now: Instant, rest?: Rest): Promise<void>;
  /** Keeps it owed, not before the given instant, attempts + 1, with the reason. Throws `LeaseLostError` when a newer epoch wrote the mark. */
  postpone(mark: Mark, until: Instant, reason: string, epoch: number): Promise<void>;
  /** Whatever of the firm was restless and whose rest ended after `since`, or has not ended, rests until then, too; what rests longer stays so. */
  restTogether(firm: string, until: Instant, since: Instant): Promise<void>;
  /** Not before the given instant for every owed mark of the firm (day limit, lost connection); returns how many are owed. A mark already put off for longer stays so. */
  park(firm: string, until: Instant, reason: string): Promise<number>;
  /** Owed marks of the firm that wait for one of these reasons may run from `now` on, because the reason is gone; returns how many waited. */
  unpark(firm: string, reasons: readonly string[], now: Instant): Promise<number>;
  /** All owed marks of the firm, due or not, in the order of `due`. */
  owed(firm: string): Promise<Mark[]>;
  countOwed(firm: string): Promise<number>;
}

export interface Lease {
  firm: string;
  owner: string;
  /** Grows with every change of holder; every write of the holder carries it. */
  epoch: number;
  until: Instant;
}

export interface Leases {
  /** Takes the firm if nobody holds it (by the store's own clock); undefined otherwise. */
  acquire(firm: string, owner: string, forMs: number): Promise<Lease | undefined>;
  /** Who has the firm now; undefined while it is free. */
  holder(firm: string): Promise<Lease | undefined>;
  /** Extends; throws `LeaseLostError` when another has taken over. */
  renew(lease: Lease, forMs: number): Promise<Lease>;
  /** Lets others take it at once. Does nothing when another has taken over already. */
  release(lease: Lease): Promise<void>;
}
