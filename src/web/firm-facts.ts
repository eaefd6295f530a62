import type { Books } from '../core/books.js';
import type { FirmLists } from '../core/firm-lists.js';
import type { Settings } from '../core/settings.js';
import { parseBooks } from '../store/books-schema.js';
import { parseFirmLists } from '../store/firm-lists-schema.js';
import type { ConnectionRecord, SettingsRecord } from '../store/records.js';
import { furtherOf, newestRoute } from '../store/route-of.js';
import { newestSettings } from '../store/settings-of.js';
import { parseSettings } from '../store/settings-schema.js';
import type { Store } from '../store/store.js';

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

/** `organisationId`: which of the firm's organisations; the one it began with when left out. */
export async function firmFacts(store: Store, firm: string, organisationId?: string): Promise<FirmFacts> {
  const [connections, lists, routed] = await Promise.all([
    store.connections.list(firm),
    store.books.get(firm, 'clio'),
    newestRoute(store, firm),
  ]);
  const xero = organisationAt(connections, organisationId ?? routed?.route.home);
  const newest = await newestSettings(store, firm, organisationId === undefined ? null : furtherOf(routed?.route, organisationId));
  const books = xero?.organisationId ? await store.books.get(firm, xero.organisationId) : undefined;
  return {
    clio: connections.filter((each) => each.side === 'clio' && each.state !== 'removed'),
    xero,
    books: books ? parseBooks(books.body) : null,
    lists: lists ? parseFirmLists(lists.body) : null,
    settings: newest ? { body: parseSettings(newest.body), record: newest } : null,
  };
}

/** The connection with this organisation, or with the only one; undefined before the first, or after it was ended. */
const organisationAt = (connections: ConnectionRecord[], organisationId: string | undefined): ConnectionRecord | undefined =>
  connections.find((each) => each.side === 'xero' && each.state !== 'removed' && (organisationId === undefined || each.organisationId === organisationId));
