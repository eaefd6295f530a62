import { z } from 'zod';
import { StaleError, TakenError, type Collection, type Draft, type ListOptions, type Stored } from './collection.js';
import { fixedInstant } from './fixed-instant.js';
import type { GroupCommit } from './group-commit.js';
import { rulesOf, type Kind } from './kinds.js';
import { plainRecord, readRecord } from './read-record.js';
import { isTaken, type Database, type SqlValue, type Statement } from './sqlite-driver.js';

const Row = z.object({ id: z.string(), version: z.number(), epoch: z.number(), body: z.string() });
const Count = z.object({ count: z.number() });
const Epoch = z.object({ epoch: z.number() });

/** One kind of record in its own table; see sqlite-migrations.ts for the layout. */
export class SqliteCollection<T extends Stored, Index extends string> implements Collection<T, Index> {
  private readonly statements = new Map<string, Statement>();
  private readonly columns: { index: string; of: (record: Draft<T>) => string[] }[];
  private readonly sideTables: { index: string; of: (record: Draft<T>) => string[] }[];

  constructor(private readonly database: Database, private readonly commits: GroupCommit, private readonly kind: Kind<T, Index>) {
    const rules = rulesOf(kind);
    this.columns = rules.filter(({ rule }) => rule.shape !== 'many').map(({ index, rule }) => ({ index, of: rule.of }));
    this.sideTables = rules.filter(({ rule }) => rule.shape === 'many').map(({ index, rule }) => ({ index, of: rule.of }));
  }

  get(firm: string, id: string): Promise<T | undefined> {
    return this.commits.read(() => this.one(`SELECT id, version, epoch, body FROM ${this.kind.name} WHERE firm = ? AND id = ?`, firm, id));
  }

  getMany(firm: string, ids: string[]): Promise<T[]> {
    const sql = `SELECT id, version, epoch, body FROM ${this.kind.name} WHERE firm = ? AND id IN (SELECT value FROM json_each(?)) ORDER BY id`;
    return this.commits.read(() => this.all(sql, firm, JSON.stringify(ids)));
  }

  async insert(record: Draft<T>, epoch = 0): Promise<T> {
    const written = plainRecord(this.kind, record, 1, epoch);
    return await this.commits.write(() => {
      const names = ['firm', 'id', 'version', 'epoch', 'body', ...this.columns.map(({ index }) => index)];
      const sql = `INSERT INTO ${this.kind.name} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`;
      try {
        this.prepare(sql).run(record.firm, record.id, 1, epoch, bodyOf(written), ...this.columnValues(written));
      } catch (error) {
        throw this.refusal(error, record, epoch);
      }
      this.writeSideTables(written);
      return written;
    });
  }

  async replace(record: T, epoch = 0): Promise<T> {
    const written = plainRecord(this.kind, record, record.version + 1, epoch);
    return await this.commits.write(() => {
      const set = ['version = version + 1', 'epoch = max(epoch, ?)', 'body = ?', ...this.columns.map(({ index }) => `${index} = ?`)];
      const sql = `UPDATE ${this.kind.name} SET ${set.join(', ')} WHERE firm = ? AND id = ? AND version = ? AND (? = 0 OR epoch <= ?)`;
      try {
        const values = [epoch, bodyOf(written), ...this.columnValues(written), record.firm, record.id, record.version, epoch, epoch];
        if (Number(this.prepare(sql).run(...values).changes) === 0) throw new StaleError(this.kind.name, record.id);
        this.removeFromSideTables(record.firm, record.id);
        this.writeSideTables(written);
        return { ...written, epoch: this.epochOf(record) ?? epoch };
      } catch (error) {
        throw isTaken(error) ? new TakenError(this.kind.name, record.id) : error;
      }
    });
  }

  remove(firm: string, id: string): Promise<boolean> {
    return this.commits.write(() => {
      this.removeFromSideTables(firm, id);
      return Number(this.prepare(`DELETE FROM ${this.kind.name} WHERE firm = ? AND id = ?`).run(firm, id).changes) > 0;
    });
  }

  findUnique(key: Index, value: string): Promise<T | undefined> {
    return this.commits.read(() => {
      if (this.kind.indexes[key].shape !== 'unique') throw new Error(`${this.kind.name}.${key} is not a unique key`);
      return this.one(`SELECT id, version, epoch, body FROM ${this.kind.name} WHERE ${key} = ?`, value);
    });
  }

  list(firm: string, options: ListOptions<Index> = {}): Promise<T[]> {
    const { index, value, after, limit, newestFirst = false } = options;
    const where = this.where(firm, index, value);
    if (after !== undefined) where.add(`id ${newestFirst ? '<' : '>'} ?`, after);
    const sql = `SELECT id, version, epoch, body FROM ${this.kind.name} WHERE ${where.sql()} ORDER BY id ${newestFirst ? 'DESC' : 'ASC'} LIMIT ?`;
    return this.commits.read(() => this.all(sql, ...where.values, limit ?? -1));
  }

  count(firm: string, index?: Index, value?: string): Promise<number> {
    const where = this.where(firm, index, value);
    const sql = `SELECT count(*) AS count FROM ${this.kind.name} WHERE ${where.sql()}`;
    return this.commits.read(() => Count.parse(this.prepare(sql).get(...where.values)).count);
  }

  async removeBefore(instant: string): Promise<number> {
    if (!this.columns.some(({ index }) => index === 'sweepAt')) return 0;
    return await this.commits.write(() => Number(this.prepare(`DELETE FROM ${this.kind.name} WHERE sweepAt < ?`).run(fixedInstant(instant)).changes));
  }

  private one(sql: string, ...values: SqlValue[]): T | undefined {
    const row = this.prepare(sql).get(...values);
    return row === undefined ? undefined : this.read(row);
  }

  private all(sql: string, ...values: SqlValue[]): T[] {
    return this.prepare(sql).all(...values).map((row) => this.read(row));
  }

  private read(row: unknown): T {
    const { id, version, epoch, body } = Row.parse(row);
    const kept: unknown = JSON.parse(body);
    return readRecord(this.kind, id, { ...z.record(z.string(), z.unknown()).parse(kept), version, epoch });
  }

  private where(firm: string, index: Index | undefined, value: string | undefined): Where {
    const where = new Where();
    where.add('firm = ?', firm);
    if (index === undefined) return where;
    if (this.kind.indexes[index].shape === 'many') {
      const side = `SELECT id FROM ${this.kind.name}_${index} WHERE firm = ?`;
      if (value === undefined) where.add(`id IN (${side})`, firm);
      else where.add(`id IN (${side} AND value = ?)`, firm, value);
    } else if (value === undefined) where.add(`${index} IS NOT NULL`);
    else where.add(`${index} = ?`, value);
    return where;
  }

  private columnValues(record: T): SqlValue[] {
    return this.columns.map(({ of }) => of(record)[0] ?? null);
  }

  private writeSideTables(record: T): void {
    for (const { index, of } of this.sideTables)
      for (const value of of(record)) this.prepare(`INSERT INTO ${this.kind.name}_${index} (firm, value, id) VALUES (?, ?, ?)`).run(record.firm, value, record.id);
  }

  private removeFromSideTables(firm: string, id: string): void {
    for (const { index } of this.sideTables) this.prepare(`DELETE FROM ${this.kind.name}_${index} WHERE firm = ? AND id = ?`).run(firm, id);
  }

  private refusal(error: unknown, record: Draft<T>, epoch: number): unknown {
    if (!isTaken(error)) return error;
    const held = this.epochOf(record);
    return epoch > 0 && held !== undefined && held > epoch ? new StaleError(this.kind.name, record.id) : new TakenError(this.kind.name, record.id);
  }

  private epochOf({ firm, id }: Draft<T>): number | undefined {
    const row = this.prepare(`SELECT epoch FROM ${this.kind.name} WHERE firm = ? AND id = ?`).get(firm, id);
    return row === undefined ? undefined : Epoch.parse(row).epoch;
  }

  private prepare(sql: string): Statement {
    const known = this.statements.get(sql);
    if (known) return known;
    const made = this.database.prepare(sql);
    this.statements.set(sql, made);
    return made;
  }
}

class Where {
  readonly values: SqlValue[] = [];
  private readonly conditions: string[] = [];

  add(condition: string, ...values: SqlValue[]): void {
    this.conditions.push(condition);
    this.values.push(...values);
  }

  sql(): string {
    return this.conditions.join(' AND ');
  }
}

/** Version and epoch have columns of their own. */
function bodyOf(record: Stored): string {
  return JSON.stringify({ ...record, version: undefined, epoch: undefined });
}
