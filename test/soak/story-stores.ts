import { randomUUID } from 'node:crypto';
import { createConnection } from 'mongoose';
import { temporaryStore } from '../../src/demo/world.js';

const server = process.env['MONGODB_URI'];

/** The databases a story about several processes is told on: SQLite always, MongoDB where a server is at hand. */
export const STORES: [name: string, make: () => Promise<{ storeUrl: string; remove: () => Promise<void> }>][] = [
  ['SQLite', temporaryStore],
  ...(server === undefined ? [] : [['MongoDB', () => temporaryDatabase(server)] satisfies (typeof STORES)[number]]),
];

/** Says so loudly when MongoDB is left out. */
export function tellWhatIsMissing(): void {
  if (server !== undefined) return;
  const words = 'Several processes on MongoDB: NOT TESTED. Start a server with `.ci/mongodb-server.sh` and set MONGODB_URI.';
  console.warn(words);
  test.skip(words, () => undefined);
}

export function temporaryDatabase(serverUrl: string): Promise<{ storeUrl: string; remove: () => Promise<void> }> {
  const url = new URL(serverUrl);
  url.pathname = `/tieout-${randomUUID()}`;
  const remove = async () => {
    const connection = await createConnection(url.href).asPromise();
    await connection.dropDatabase();
    await connection.close();
  };
  return Promise.resolve({ storeUrl: url.href, remove });
}
