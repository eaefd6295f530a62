import { parseBooks } from '../store/books-schema.js';
import { nowOf, type SyncContext } from './firm-context.js';

/** Lock dates and accounts are read at most ten minutes before a write. */
const FRESH_MS = 10 * 60_000;

export async function withFreshBooks(context: SyncContext): Promise<SyncContext> {
  if (context.clock.now() - Date.parse(context.books.readAt) < FRESH_MS) return context;
  const { store, firm, organisationId, xero, held } = context;
  const books = await xero.books();
  const kept = await store.books.get(firm.id, organisationId);
  if (kept) await store.books.replace({ ...kept, body: books, at: nowOf(context) }, held.epoch);
  return { ...context, books: parseBooks(books) };
}
