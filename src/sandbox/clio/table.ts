import type { SandboxClock } from '../clock.js';
import type { Stamp } from './records.js';

export type RowEvent = 'created' | 'updated' | 'deleted';

/** One kind of record, in order of id, with its stamps kept. `tell` hears of every change. */
export class Table<T extends Stamp> {
  private readonly rows = new Map<number, T>();
  private readonly byOwner = new Map<number, Set<T>>();
  private lastId: number;

  constructor(
    firstId: number,
    private readonly clock: SandboxClock,
    private readonly tell: (event: RowEvent, row: T) => void = () => undefined,
    /** The record this one belongs to, which never changes, so that `of` need not search. */
    private readonly ownerOf: (row: T) => number | null = () => null,
  ) {
    this.lastId = firstId - 1;
  }

  add(make: (stamp: Stamp) => T): T {
    this.lastId += 1;
    const now = this.clock.now();
    const row = make({ id: this.lastId, version: 1, createdAt: now, updatedAt: now });
    this.rows.set(row.id, row);
    const owner = this.ownerOf(row);
    if (owner !== null) this.byOwner.set(owner, (this.byOwner.get(owner) ?? new Set<T>()).add(row));
    this.tell('created', row);
    return row;
  }

  get(id: number | null): T | undefined {
    return id === null ? undefined : this.rows.get(id);
  }

  /** For ids that our own records hold, so that absence is a mistake of the sandbox. */
  at(id: number): T {
    const row = this.rows.get(id);
    if (!row) throw new Error(`The sandbox has no record ${id}`);
    return row;
  }

  all(): T[] {
    return [...this.rows.values()];
  }

  where(matches: (row: T) => boolean): T[] {
    return this.all().filter(matches);
  }

  of(owner: number): T[] {
    return [...(this.byOwner.get(owner) ?? [])];
  }

  touch(row: T, quietly = false): void {
    row.version += 1;
    row.updatedAt = this.clock.now();
    if (!quietly) this.tell('updated', row);
  }

  remove(row: T): void {
    this.rows.delete(row.id);
    const owner = this.ownerOf(row);
    if (owner !== null) this.byOwner.get(owner)?.delete(row);
    this.tell('deleted', row);
  }
}
