import { z } from 'zod';

export type SqlValue = string | number | null;

export interface Statement {
  run(...values: SqlValue[]): { changes: number | bigint };
  get(...values: SqlValue[]): unknown;
  all(...values: SqlValue[]): unknown[];
}

/** The part of node:sqlite's DatabaseSync that the store needs. */
export interface Database {
  exec(sql: string): void;
  prepare(sql: string): Statement;
  close(): void;
}

type OpenDatabase = new (path: string) => Database;

const BuiltIn = z.object({ DatabaseSync: z.custom<OpenDatabase>((value) => typeof value === 'function') });

/**
 * Node's own SQLite from 22.13 on, the first version that needs no flag; before that @photostructure/sqlite, which has the same API
 * and ships built for the common systems.
 */
export async function openDatabase(path: string): Promise<Database> {
  if (hasBuiltInSqlite(process.versions.node)) {
    const { DatabaseSync } = BuiltIn.parse(process.getBuiltinModule('node:sqlite'));
    return new DatabaseSync(path);
  }
  const { DatabaseSync } = await import('@photostructure/sqlite');
  return new DatabaseSync(path);
}

export function hasBuiltInSqlite(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 13);
}

const SqliteError = z.object({ errcode: z.number() });

/** SQLite's extended result codes for a taken primary key and a taken unique key. https://sqlite.org/rescode.html */
export function isTaken(error: unknown): boolean {
  const parsed = SqliteError.safeParse(error);
  return parsed.success && (parsed.data.errcode === 1555 || parsed.data.errcode === 2067);
}
