/**
 * One kind of record, kept in whatever database the store sits on. Only single-record atomic operations exist, so MongoDB needs
 * no multi-document transactions and SQLite no special code.
 *
 * Every record carries `firm` (or `*` for what belongs to no firm), `id` (unique within firm and kind), `version` (starts at 1,
 * grows by 1 with every write) and `epoch` (the fencing number of the last worker that wrote it; 0 for others).
 */
export interface Stored {
  firm: string;
  id: string;
  version: number;
  epoch: number;
}

/** A record about to be written: the store fills in version and epoch. */
export type Draft<T extends Stored> = Omit<T, 'version' | 'epoch'>;

/**
 * Fencing: a worker passes its lease's epoch with every write. A write is refused with `StaleError` when a newer epoch has written the
 * record already. Writes without an epoch (people, webhooks) are allowed and keep the stored one.
 */
export interface Collection<T extends Stored, Index extends string = string> {
  get(firm: string, id: string): Promise<T | undefined>;
  /** Those that exist, each once, by id ascending. */
  getMany(firm: string, ids: string[]): Promise<T[]>;
  /** Throws `TakenError` when the id or one of the kind's unique keys is taken, `UnreadableError` when the record does not fit its schema. */
  insert(record: Draft<T>, epoch?: number): Promise<T>;
  /**
   * Compare-and-set: writes only if the stored version is still `record.version` and no newer epoch has written.
   * Throws `StaleError` otherwise, and `TakenError` when another record has one of the unique keys; nothing is changed then.
   */
  replace(record: T, epoch?: number): Promise<T>;
  /** True when it was there. */
  remove(firm: string, id: string): Promise<boolean>;
  /** The record whose unique key has this value, whichever firm it belongs to. Values of composed keys are made by store/keys.ts. */
  findUnique(key: Index, value: string): Promise<T | undefined>;
  /**
   * Records of one firm whose index has this value (any value when `value` is left out; all records of the firm without `index`).
   * By id ascending, those with an id greater than `after`; with `newestFirst` by id descending, those with an id smaller than
   * `after`. So the id of the last record of a page is the `after` of the next page, in both directions. Without `limit`: all.
   */
  list(firm: string, options?: ListOptions<Index>): Promise<T[]>;
  count(firm: string, index?: Index, value?: string): Promise<number>;
  /** Sweeping by retention: removes records of any firm whose `sweepAt` is before `instant`; returns how many. 0 for kinds without `sweepAt`. */
  removeBefore(instant: string): Promise<number>;
}

export interface ListOptions<Index extends string> {
  index?: Index;
  value?: string;
  after?: string;
  limit?: number;
  newestFirst?: boolean;
}

export class TakenError extends Error {
  constructor(readonly kind: string, readonly id: string) {
    super(`${kind} ${id} is taken`);
    this.name = 'TakenError';
  }
}

export class StaleError extends Error {
  constructor(readonly kind: string, readonly id: string) {
    super(`${kind} ${id} was changed by somebody else meanwhile`);
    this.name = 'StaleError';
  }
}

/** Another worker holds the firm now; whatever this one was doing must stop. */
export class LeaseLostError extends Error {
  constructor(readonly firm: string) {
    super(`the lease on ${firm} was lost`);
    this.name = 'LeaseLostError';
  }
}

/** What the database holds does not fit the record's schema. Nothing may be decided on it. */
export class UnreadableError extends Error {
  constructor(readonly kind: string, readonly id: string, readonly problem: string) {
    super(`stored ${kind} ${id} cannot be read: ${problem}`);
    this.name = 'UnreadableError';
  }
}
