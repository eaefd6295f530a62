import { openMongoStore } from './mongo-store.js';
import { openSqliteStore } from './sqlite-store.js';
import type { Store } from './store.js';

/** Opens what STORE_URL names: `sqlite:./data/tieout.db`, `sqlite::memory:`, `mongodb://…` or `mongodb+srv://…`. Throws on anything else. */
export async function openStore(storeUrl: string): Promise<Store> {
  const colon = storeUrl.indexOf(':');
  const [scheme, rest] = [storeUrl.slice(0, colon), storeUrl.slice(colon + 1)];
  if (scheme === 'sqlite' && rest !== '') return openSqliteStore(rest);
  if (scheme === 'mongodb' || scheme === 'mongodb+srv') return openMongoStore(storeUrl);
  throw new Error('STORE_URL must be sqlite:PATH (for example sqlite:./data/tieout.db), sqlite::memory:, mongodb://… or mongodb+srv://…');
}
