import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { GroupCommit } from './group-commit.js';
import { KINDS, type Kind } from './kinds.js';
import type { Stored } from './collection.js';
import { SqliteCollection } from './sqlite-collection.js';
import { openDatabase, type Database } from './sqlite-driver.js';
import { SqliteLeases } from './sqlite-leases.js';
import { SqliteMarks } from './sqlite-marks.js';
import { migrate } from './sqlite-migrations.js';
import type { Store } from './store.js';

export interface SqliteOptions {
  /** Milliseconds since 1970 for leases; the machine's clock unless a test says otherwise. */
  now?: () => number;
}

/**
 * The store in one SQLite file (`:memory:` keeps it for this process only). Makes the folder when missing. Several processes on one
 * machine may open the same file. Throws when the file is damaged or was written by a newer Tieout.
 */
export async function openSqliteStore(path: string, { now = Date.now }: SqliteOptions = {}): Promise<Store> {
  if (path !== ':memory:') await mkdir(dirname(path), { recursive: true });
  const database = await openDatabase(path);
  try {
    prepareFile(database, path);
    return storeOn(database, now);
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Write-ahead log with a full sync per commit: what was acknowledged survives a power cut. */
function prepareFile(database: Database, path: string): void {
  database.exec('PRAGMA busy_timeout = 5000');
  database.exec('PRAGMA journal_mode = WAL');
  database.exec('PRAGMA synchronous = FULL');
  migrate(database, path);
}

function storeOn(database: Database, now: () => number): Store {
  const commits = new GroupCommit(database);
  const collection = <T extends Stored, Index extends string>(kind: Kind<T, Index>) => new SqliteCollection(database, commits, kind);
  const probe = database.prepare('SELECT 1');
  let open = true;
  return {
    firms: collection(KINDS.firms),
    connections: collection(KINDS.connections),
    settings: collection(KINDS.settings),
    books: collection(KINDS.books),
    links: collection(KINDS.links),
    holds: collection(KINDS.holds),
    subscriptions: collection(KINDS.subscriptions),
    deliveries: collection(KINDS.deliveries),
    activity: collection(KINDS.activity),
    cursors: collection(KINDS.cursors),
    runs: collection(KINDS.runs),
    alerts: collection(KINDS.alerts),
    tickets: collection(KINDS.tickets),
    marks: new SqliteMarks(database, commits),
    leases: new SqliteLeases(database, commits, now),
    ping: () => Promise.resolve(open && probe.get() !== undefined),
    close: () => {
      if (open) {
        open = false;
        commits.flush();
        // So that a copy of the one file is a whole backup once we have stopped; the log is otherwise folded in only by the last close.
        database.exec('PRAGMA wal_checkpoint(PASSIVE)');
        database.close();
      }
      return Promise.resolve();
    },
  };
}
