import type { Books } from '../core/books.js';
import type { FirmLists } from '../core/firm-lists.js';
import type { Settings } from '../core/settings.js';
import { parseBooks } from '../store/books-schema.js';
import { parseFirmLists } from '../store/firm-lists-schema.js';
import type { ConnectionRecord, SettingsRecord } from '../store/records.js';
import { parseSettings } from '../store/settings-schema.js';
import type { Store } from '../store/store.js';
import { xeroOf } from './shell.js';

/** Where a firm stands with its set-up, as far as the store knows. */
export interface FirmFacts {
  clio: ConnectionRecord[];
  xero: ConnectionRecord | undefined;
  /** The organisation's lists; null until the worker has read them. */
  books: Books | null;
  /** Clio's lists; null until the worker has read them. */
  lists: FirmLists | null;
  settings: { body: Settings; record: SettingsRecord } | null;
}

export async function firmFacts(store: Store, firm: string): Promise<FirmFacts> {
  const [connections, lists, versions] = await Promise.all([
    store.connections.list(firm),
    store.books.get(firm, 'clio'),
    store.settings.list(firm, { newestFirst: true, limit: 1 }),
  ]);
  const xero = xeroOf(connections);
  const books = xero?.organisationId ? await store.books.get(firm, xero.organisationId) : undefined;
  const newest = versions[0];
  return {
    clio: connections.filter((each) => each.side === 'clio' && each.state !== 'removed'),
    xero,
    books: books ? parseBooks(books.body) : null,
    lists: lists ? parseFirmLists(lists.body) : null,
    settings: newest ? { body: parseSettings(newest.body), record: newest } : null,
  };
}
