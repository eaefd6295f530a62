import { openSqliteStore } from './sqlite-store.js';
import type { Store } from './store.js';

const SQLITE = 'sqlite:';

/** Opens what STORE_URL names: `sqlite:./data/tieout.db`, `sqlite::memory:`, `mongodb://…` or `mongodb+srv://…`. Throws on anything else. */
export async function openStore(storeUrl: string): Promise<Store> {
  if (storeUrl.length > SQLITE.length && storeUrl.startsWith(SQLITE)) return await openSqliteStore(storeUrl.slice(SQLITE.length));
  if (/^mongodb(\+srv)?:\/\/./.test(storeUrl)) {
    // Loaded when it is used: with the embedded file a process starts a fifth sooner without it.
    const { openMongoStore } = await import('./mongo-store.js');
    return await openMongoStore(storeUrl);
  }
  throw new Error('STORE_URL must be sqlite:PATH (for example sqlite:./data/tieout.db), sqlite::memory:, mongodb://… or mongodb+srv://…');
}
