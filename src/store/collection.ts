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

export interface Collection<T extends Stored, Index extends string = string> {
  get(firm: string, id: string): Promise<T | undefined>;
  getMany(firm: string, ids: string[]): Promise<T[]>;
  /** Throws `TakenError` when the id or one of the kind's unique keys is taken. */
  insert(record: Draft<T>, epoch?: number): Promise<T>;
  /**
   * Compare-and-set: writes only if the stored version is still `record.version` and no newer epoch has written.
   * Throws `StaleError` otherwise; nothing is changed then.
   */
  replace(record: T, epoch?: number): Promise<T>;
  /** True when it was there. */
  remove(firm: string, id: string): Promise<boolean>;
  /** The record whose unique key has this value, whichever firm it belongs to. */
  findUnique(key: Index, value: string): Promise<T | undefined>;
  /** Records of one firm whose index has this value (all records of the firm without `index`), by id ascending after `after`. */
  list(firm: string, options?: { index?: Index; value?: string; after?: string; limit?: number; newestFirst?: boolean }): Promise<T[]>;
  count(firm: string, index?: Index, value?: string): Promise<number>;
  /** Sweeping by retention: removes records whose `sweepAt` index is before `instant`; returns how many. */
  removeBefore(instant: string): Promise<number>;
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
