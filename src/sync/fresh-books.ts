import { waitForBooks } from './awaited-books.js';
import type { SyncContext } from './firm-context.js';
import { keepBooks } from './keep-books.js';

/** Lock dates and accounts are read at most ten minutes before a write. */
const FRESH_MS = 10 * 60_000;
/** A person who has just mended the books and tries again should not be told that they are broken. */
const FRESH_FOR_A_PERSON_MS = 5_000;

/** Before anything is written: five calls, but only when ten minutes have passed. The same context when the books were fresh. */
export async function withBooksFreshToWrite(context: SyncContext): Promise<SyncContext> {
  return ageOf(context) < FRESH_MS ? context : readAgain(context);
}

/** `asked`: bills that a person wants sent now; when one of them waits for a change in the books, it is looked for at once. */
export async function withBooksFreshFor(context: SyncContext, asked: Set<string>): Promise<SyncContext> {
  if (ageOf(context) < FRESH_FOR_A_PERSON_MS || !(await waitForBooks(context, [...asked]))) return context;
  return readAgain(context);
}

const ageOf = (context: SyncContext): number => context.clock.now() - Date.parse(context.books.readAt);

async function readAgain(context: SyncContext): Promise<SyncContext> {
  const books = { ...(await context.xero.books()), brandingThemes: context.books.brandingThemes };
  await keepBooks(context, context.organisationId, books);
  return { ...context, books };
}
