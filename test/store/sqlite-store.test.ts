import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../../src/store/sqlite-store.js';
import { storeContract } from './store-contract.js';

storeContract('SQLite in memory', async () => {
  const store = await openSqliteStore(':memory:');
  return { store, another: () => Promise.resolve(store), close: () => store.close() };
});

storeContract('SQLite in a file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tieout-store-'));
  const path = join(folder, 'tieout.db');
  const store = await openSqliteStore(path);
  return {
    store,
    another: () => openSqliteStore(path),
    close: async () => {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
});
