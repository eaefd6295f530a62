import { StaleError, TakenError, type Collection, type Draft, type ListOptions, type Stored } from '../../src/store/collection.js';
import { rulesOf, type Kind } from '../../src/store/kinds.js';
import { plainRecord } from '../../src/store/read-record.js';
import { frozen } from './frozen.js';

/** One kind of record in memory: every record is checked as the database adapters check it (a changed one only if `checked`), then frozen and handed out as it is. */
export class MemoryCollection<T extends Stored, Index extends string> implements Collection<T, Index> {
  private readonly records = new Map<string, T>();
  private readonly unique: Map<string, string>;

  constructor(private readonly kind: Kind<T, Index>, private readonly checked: boolean) {
    this.unique = new Map();
  }

  get(firm: string, id: string): Promise<T | undefined> {
    return Promise.resolve(this.peek(firm, id));
  }

  /** At once, for whoever watches. */
  peek(firm: string, id: string): T | undefined {
    return this.records.get(keyOf(firm, id));
  }

  /** As it is now, for whoever will read it later. */
  copy(): MemoryCollection<T, Index> {
    const copy = new MemoryCollection(this.kind, this.checked);
    for (const [key, record] of this.records) copy.records.set(key, record);
    for (const [key, holder] of this.unique) copy.unique.set(key, holder);
    return copy;
  }

  all(firm: string): T[] {
    return [...this.records.values()].filter((record) => record.firm === firm);
  }

  getMany(firm: string, ids: string[]): Promise<T[]> {
    return Promise.resolve([...new Set(ids)].sort(byText).flatMap((id) => this.peek(firm, id) ?? []));
  }

  insert(record: Draft<T>, epoch = 0): Promise<T> {
    return settled(() => {
      const written = plainRecord(this.kind, record, 1, epoch);
      const known = this.peek(record.firm, record.id);
      if (known) throw epoch > 0 && known.epoch > epoch ? new StaleError(this.kind.name, record.id) : new TakenError(this.kind.name, record.id);
      return this.keep(written, undefined);
    });
  }

  replace(record: T, epoch = 0): Promise<T> {
    return settled(() => {
      const written = this.checked ? plainRecord(this.kind, record, record.version + 1, epoch) : { ...record, version: record.version + 1 };
      const known = this.peek(record.firm, record.id);
      if (!known || known.version !== record.version || (epoch !== 0 && known.epoch > epoch)) throw new StaleError(this.kind.name, record.id);
      return this.keep({ ...written, epoch: Math.max(known.epoch, epoch) }, known);
    });
  }

  remove(firm: string, id: string): Promise<boolean> {
    const known = this.peek(firm, id);
    if (known) for (const key of this.uniqueKeys(known)) this.unique.delete(key);
    return Promise.resolve(this.records.delete(keyOf(firm, id)));
  }

  findUnique(key: Index, value: string): Promise<T | undefined> {
    return settled(() => {
      if (this.kind.indexes[key].shape !== 'unique') throw new Error(`${this.kind.name}.${key} is not a unique key`);
      const holder = this.unique.get(`${key}\n${value}`);
      return holder === undefined ? undefined : this.records.get(holder);
    });
  }

  list(firm: string, options: ListOptions<Index> = {}): Promise<T[]> {
    const { after, limit, newestFirst = false } = options;
    const found = this.matching(firm, options.index, options.value).sort((a, b) => (newestFirst ? byText(b.id, a.id) : byText(a.id, b.id)));
    const from = after === undefined ? found : found.filter((record) => (newestFirst ? record.id < after : record.id > after));
    return Promise.resolve(limit === undefined ? from : from.slice(0, limit));
  }

  count(firm: string, index?: Index, value?: string): Promise<number> {
    return Promise.resolve(this.matching(firm, index, value).length);
  }

  removeBefore(instant: string): Promise<number> {
    const rule = rulesOf(this.kind).find(({ index }) => index === 'sweepAt')?.rule;
    if (!rule) return Promise.resolve(0);
    const end = new Date(instant).toISOString();
    const over = [...this.records].filter(([, record]) => (rule.of(record)[0] ?? end) < end);
    for (const [key] of over) this.records.delete(key);
    return Promise.resolve(over.length);
  }

  private matching(firm: string, index: Index | undefined, value: string | undefined): T[] {
    const rule = index === undefined ? undefined : this.kind.indexes[index];
    return [...this.records.values()].filter((record) => {
      if (record.firm !== firm) return false;
      if (!rule) return true;
      const values = rule.of(record);
      return value === undefined ? values.length > 0 : values.includes(value);
    });
  }

  private keep(record: T, known: T | undefined): T {
    const key = keyOf(record.firm, record.id);
    const taken = this.uniqueKeys(record);
    if (taken.some((each) => (this.unique.get(each) ?? key) !== key)) throw new TakenError(this.kind.name, record.id);
    if (known) for (const each of this.uniqueKeys(known)) this.unique.delete(each);
    for (const each of taken) this.unique.set(each, key);
    this.records.set(key, frozen(record));
    return record;
  }

  private uniqueKeys(record: T): string[] {
    return rulesOf(this.kind).flatMap(({ index, rule }) => (rule.shape === 'unique' ? rule.of(record).map((value) => `${index}\n${value}`) : []));
  }
}

const keyOf = (firm: string, id: string): string => `${firm}\n${id}`;

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What is thrown becomes a refused promise, as from a database. */
export const settled = <R>(work: () => R): Promise<R> => new Promise((resolve) => resolve(work()));
