/** Steps that take back what was written since a point; empty outside a write. */
export class Undo {
  private steps: (() => void)[] = [];

  note(step: () => void): void {
    this.steps.push(step);
  }

  point(): number {
    return this.steps.length;
  }

  backTo(point: number): void {
    while (this.steps.length > point) this.steps.pop()?.();
  }

  forget(): void {
    this.steps = [];
  }
}

/** Records by id, never changed in place, found also by the keys they are filed under. */
export class Table<T extends { id: string }, Key extends string = never> {
  private readonly rows = new Map<string, T>();
  private readonly files = new Map<Key, Map<string, Set<string>>>();

  constructor(
    private readonly undo: Undo,
    private readonly keys: Record<Key, (row: T) => string | undefined>,
  ) {}

  get(id: string): T | undefined {
    return this.rows.get(id);
  }

  /** In the order of creation. */
  all(): T[] {
    return [...this.rows.values()];
  }

  by(key: Key, value: string): T[] {
    const ids = this.files.get(key)?.get(value) ?? [];
    return [...ids].map((id) => this.rows.get(id)).filter((row) => row !== undefined);
  }

  put(row: T): T {
    const before = this.rows.get(row.id);
    this.undo.note(() => (before === undefined ? this.remove(row.id) : this.write(before)));
    this.write(row);
    return row;
  }

  private write(row: T): void {
    const before = this.rows.get(row.id);
    if (before) this.refile(before, (ids) => ids.delete(row.id));
    this.rows.set(row.id, row);
    this.refile(row, (ids) => ids.add(row.id));
  }

  private remove(id: string): void {
    const row = this.rows.get(id);
    if (row) this.refile(row, (ids) => ids.delete(id));
    this.rows.delete(id);
  }

  private refile(row: T, change: (ids: Set<string>) => void): void {
    for (const key in this.keys) {
      const value = this.keys[key](row);
      if (value === undefined) continue;
      const file = this.files.get(key) ?? new Map<string, Set<string>>();
      this.files.set(key, file);
      const ids = file.get(value) ?? new Set<string>();
      file.set(value, ids);
      change(ids);
    }
  }
}
