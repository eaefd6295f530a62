import type { Books } from '../core/books.js';
import { mark } from '../jobs/mark-kinds.js';
import { parseBooks } from '../store/books-schema.js';
import { PRIORITY } from '../store/store.js';
import { noticeResetOfBooks } from './notice-reset.js';
import { nowOf, type FirmContext } from './firm-context.js';

/** Keeps the organisation's books as just read. When anything in them changed, bills that wait may wait for just that: they are looked at again. */
export async function keepBooks(context: FirmContext, organisationId: string, books: Books): Promise<void> {
  const { store, firm, held } = context;
  const kept = await store.books.get(firm.id, organisationId);
  if (kept) await store.books.replace({ ...kept, body: books, at: nowOf(context) }, held.epoch);
  else await store.books.insert({ firm: firm.id, id: organisationId, body: books, at: nowOf(context) }, held.epoch);
  if (kept) await noticeResetOfBooks(context, organisationId, { body: parseBooks(kept.body), at: kept.at }, books);
  if (!kept || facts(parseBooks(kept.body)) === facts(parseBooks(books))) return;
  const waiting = await store.links.list(firm.id, { index: 'status', value: 'bill:needs-you' });
  await store.marks.want(waiting.flatMap((link) => (link.clioId === null ? [] : [mark(firm.id, 'bill', link.clioId, PRIORITY.sweep)])), nowOf(context));
}

const facts = (books: Books): string => JSON.stringify({ ...books, readAt: '', lockReadAt: '' });
