import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UnreadableError } from '../../src/store/collection.js';
import { GroupCommit } from '../../src/store/group-commit.js';
import { hasBuiltInSqlite, openDatabase, type Database } from '../../src/store/sqlite-driver.js';
import { openSqliteStore } from '../../src/store/sqlite-store.js';
import { PRIORITY } from '../../src/store/store.js';
import { AT, delivery, FIRM, link } from './sample-records.js';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tieout-store-'));
  path = join(folder, 'tieout.db');
});

afterEach(() => rm(folder, { recursive: true }));

test('after closing, the one file is a whole backup', async () => {
  const store = await openSqliteStore(path);
  await store.links.insert(link('a'));
  await store.close();
  const copy = join(folder, 'backup.db');
  await writeFile(copy, await readFile(path));
  const restored = await openSqliteStore(copy);
  expect(await restored.links.count(FIRM)).toBe(1);
  await restored.close();
});

test('what one process wrote the next one finds', async () => {
  const first = await openSqliteStore(path);
  const written = await first.links.insert(link('a', { billId: '9', matterIds: ['1'] }), 7);
  await first.close();
  const second = await openSqliteStore(path);
  expect(await second.links.list(FIRM, { index: 'matter', value: '1' })).toEqual([written]);
  await second.close();
});

test('a write still waiting when the store closes is kept', async () => {
  const store = await openSqliteStore(path);
  const insert = store.links.insert(link('a'));
  await store.close();
  await insert;
  const again = await openSqliteStore(path);
  expect(await again.links.count(FIRM)).toBe(1);
  await again.close();
});

test('a lease ends by the clock of the machine', async () => {
  let now = Date.parse(AT);
  const store = await openSqliteStore(':memory:', { now: () => now });
  const lease = await store.leases.acquire(FIRM, 'a', 60_000);
  expect(lease?.until).toBe('2026-11-20T09:01:00.000Z');
  now += 59_999;
  expect(await store.leases.acquire(FIRM, 'b', 60_000)).toBeUndefined();
  now += 1;
  expect(await store.leases.acquire(FIRM, 'b', 60_000)).toMatchObject({ owner: 'b', epoch: 2 });
  await store.close();
});

test('a file written by a newer version is left alone', async () => {
  await (await openSqliteStore(path)).close();
  const database = await openDatabase(path);
  database.exec('PRAGMA user_version = 99');
  database.close();
  await expect(openSqliteStore(path)).rejects.toThrow('written by a newer Tieout');
});

test('a damaged file is refused, and so is what is no database', async () => {
  const store = await openSqliteStore(path);
  for (let at = 0; at < 40; at += 1) await store.links.insert(link(`l${at}`, { billId: String(at % 3) }));
  await store.close();
  const pages = (await readFile(path)).length / 4096;
  const file = await open(path, 'r+');
  await file.write(Buffer.alloc(4096, 0x5a), 0, 4096, (pages - 1) * 4096);
  await file.close();
  await expect(openSqliteStore(path)).rejects.toThrow(/damaged|malformed/);
  await writeFile(path, 'Dear bookkeeper, this is a letter and no database. '.repeat(50));
  await expect(openSqliteStore(path)).rejects.toThrow('not a database');
});

test('a record that does not fit its kind is reported by name, never guessed at', async () => {
  const store = await openSqliteStore(path);
  await store.links.insert(link('good'));
  await store.links.insert(link('odd'));
  const database = await openDatabase(path);
  database.exec(`UPDATE links SET body = json_set(body, '$.status', 'fine') WHERE id = 'odd'`);
  database.close();
  await expect(store.links.get(FIRM, 'odd')).rejects.toThrow(UnreadableError);
  await expect(store.links.list(FIRM)).rejects.toThrow('stored links odd cannot be read');
  expect((await store.links.get(FIRM, 'good'))?.id).toBe('good');
  await store.close();
});

test('SQLite is set to survive a power cut', async () => {
  const store = await openSqliteStore(path);
  const database = await openDatabase(path);
  expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
  database.close();
  await store.close();
});

test('Node\'s own SQLite is used where it needs no flag', () => {
  expect(['20.19.0', '22.5.0', '22.12.9', '22.13.0', '23.4.0', '24.1.0'].map(hasBuiltInSqlite)).toEqual([false, false, false, true, true, true]);
});

describe('writes of one turn of the event loop', () => {
  /** Counts transactions by looking over the shoulder of the real database. */
  async function watched(): Promise<{ database: Database; commits: () => number }> {
    const real = await openDatabase(':memory:');
    let commits = 0;
    const exec = (sql: string): void => {
      real.exec(sql);
      if (sql === 'COMMIT') commits += 1;
    };
    return { database: { exec, prepare: (sql) => real.prepare(sql), close: () => real.close() }, commits: () => commits };
  }

  test('share one commit, and each is answered after it', async () => {
    const { database, commits } = await watched();
    database.exec('CREATE TABLE things (name TEXT PRIMARY KEY)');
    const group = new GroupCommit(database);
    const insert = (name: string) => group.write(() => database.prepare('INSERT INTO things VALUES (?)').run(name).changes);
    const answers = await Promise.allSettled([insert('a'), insert('b'), insert('a'), insert('c')]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(commits()).toBe(1);
    expect(database.prepare('SELECT count(*) AS count FROM things').get()).toEqual({ count: 3 });
    await insert('d');
    expect(commits()).toBe(2);
    database.close();
  });

  test('all fail when the commit fails, and the next turn is fine', async () => {
    const { database } = await watched();
    database.exec('CREATE TABLE things (name TEXT)');
    let full = true;
    const failing: Database = {
      ...database,
      exec: (sql) => {
        if (sql === 'COMMIT' && full) throw new Error('disk full');
        database.exec(sql);
      },
    };
    const group = new GroupCommit(failing);
    const insert = () => group.write(() => database.prepare('INSERT INTO things VALUES (1)').run());
    const answers = await Promise.allSettled([insert(), insert()]);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    full = false;
    await insert();
    expect(database.prepare('SELECT count(*) AS count FROM things').get()).toEqual({ count: 1 });
    database.close();
  });

  test('of many requests at once, deliveries and marks are all kept', async () => {
    const store = await openSqliteStore(path);
    const requests = Array.from({ length: 200 }, (_, at) =>
      Promise.all([store.deliveries.insert(delivery(`d${at}`)), store.marks.want([{ firm: FIRM, kind: 'bill', id: String(at % 5), priority: PRIORITY.webhook }], AT)]),
    );
    await Promise.all(requests);
    expect(await store.deliveries.count(FIRM)).toBe(200);
    expect((await store.marks.owed(FIRM)).map(({ wanted }) => wanted)).toEqual([40, 40, 40, 40, 40]);
    await store.close();
  });
});
