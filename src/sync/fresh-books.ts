import { waitForBooks } from './awaited-books.js';
import type { SyncContext } from './firm-context.js';
import { keepBooks } from './keep-books.js';

/** Lock dates and accounts are read at most ten minutes before a write. */
const FRESH_MS = 10 * 60_000;
/** A person who has just mended the books and tries again should not be told that they are broken. */
const FRESH_FOR_A_PERSON_MS = 5_000;

/** `asked`: bills that a person wants sent now. */
export async function withFreshBooks(context: SyncContext, asked: Set<string>): Promise<SyncContext> {
  const age = context.clock.now() - Date.parse(context.books.readAt);
  if (age < FRESH_FOR_A_PERSON_MS || (age < FRESH_MS && !(await waitForBooks(context, [...asked])))) return context;
  const books = await context.xero.books();
  await keepBooks(context, context.organisationId, books);
  return { ...context, books };
}
