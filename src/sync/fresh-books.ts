import type { Books } from '../core/books.js';
import { canHealWithBooks, waitForBooks } from './awaited-books.js';
import type { BillWork } from './bill-work.js';
import type { SyncContext } from './firm-context.js';
import { keepBooks } from './keep-books.js';

/** Lock dates are read at most ten minutes before a write. */
const LOCK_FRESH_MS = 10 * 60_000;
/** Accounts, taxes and tracking are read with each round (`schedule.ts`); what Xero refuses because they changed since has them read at once. */
const FRESH_MS = 7 * 60 * 60_000;
/** A person who has just mended the books and tries again should not be told that they are broken; nobody mends them faster than this. */
const FRESH_FOR_A_PERSON_MS = 1_000;

/** Before anything is written: one call every ten minutes, five where the last round failed. The same context when the books were fresh. */
export async function withBooksFreshToWrite(context: SyncContext): Promise<SyncContext> {
  if (ageOf(context) >= FRESH_MS) return readAgain(context);
  return context.clock.now() - Date.parse(context.books.lockReadAt) < LOCK_FRESH_MS ? context : keeping(context, await context.xero.lockDates());
}

/** `asked`: bills that a person wants sent now; when one of them waits for a change in the books, it is looked for at once. */
export async function withBooksFreshFor(context: SyncContext, asked: Set<string>): Promise<SyncContext> {
  if (ageOf(context) < FRESH_FOR_A_PERSON_MS || !(await waitForBooks(context, [...asked]))) return context;
  return readAgain(context);
}

/**
 * Xero refused what our copy of the books allows, so the copy is old. Read anew, the plan itself names the day or the account that stands in the
 * way; where it does not, the step is tried once more and the refusal then stands as it came: books read since `began` (milliseconds since 1970,
 * when this look at the bills began) would say nothing new.
 */
export async function withBooksFreshAfterRefusals(context: SyncContext, works: BillWork[], began: number): Promise<{ context: SyncContext; works: BillWork[] }> {
  const refused = works.some((work) => work.stopped.some(({ reason }) => canHealWithBooks(reason)));
  if (!refused || Date.parse(context.books.readAt) >= began) return { context, works };
  const fresh = await readAgain(context);
  return { context: fresh, works: works.map((work) => ({ ...work, truth: { ...work.truth, books: fresh.books }, stopped: work.stopped.filter(({ reason }) => !canHealWithBooks(reason)) })) };
}

const ageOf = (context: SyncContext): number => context.clock.now() - Date.parse(context.books.readAt);

const readAgain = async (context: SyncContext): Promise<SyncContext> => keeping(context, await context.xero.books());

async function keeping(context: SyncContext, read: Partial<Books>): Promise<SyncContext> {
  const books = { ...context.books, ...read };
  await keepBooks(context, context.organisationId, books);
  return { ...context, books };
}
