import type { Reason } from '../core/reasons.js';
import { parseBooks } from '../store/books-schema.js';
import type { FirmContext } from './firm-context.js';
import { keepBooks } from './keep-books.js';
import { billLinkId } from './link-records.js';
import type { Xero } from '../xero/xero.js';

/** What somebody may put right in the organisation's own settings; Xero sends no notice of such changes. */
const BOOKS_CAN_HEAL: ReadonlySet<string> = new Set<Reason>([
  'PERIOD_CLOSED', 'CURRENCY_NOT_ENABLED', 'ACCOUNT_GONE', 'ACCOUNT_WRONG_KIND', 'TAX_GONE', 'TAX_NOT_ALLOWED', 'TAX_RATE_DIFFERS', 'TRACKING_OPTION', 'BANK_NOT_PAYABLE', 'PAY_CURRENCY',
]);

export const canHealWithBooks = (reason: string | null): boolean => reason !== null && BOOKS_CAN_HEAL.has(reason);

/** Five calls; so only while something waits for them, and not more than once in this time. */
const OFTEN_ENOUGH_MS = 30 * 60_000;

/** Whether one of these bills waits for a change in the books. */
export async function waitForBooks({ store, firm }: FirmContext, billIds: string[]): Promise<boolean> {
  const links = await store.links.getMany(firm.id, billIds.map((id) => billLinkId(id, 'main')));
  return links.some((link) => canHealWithBooks(link.reason));
}

/** Reads the books again while a bill waits for a change in them. */
export async function readAwaitedBooks(context: FirmContext & { xero: Xero; organisationId: string }): Promise<void> {
  const { store, firm, clock, xero, organisationId } = context;
  const waiting = await store.links.list(firm.id, { index: 'status', value: 'bill:needs-you' });
  if (!waiting.some((link) => canHealWithBooks(link.reason))) return;
  const kept = await store.books.get(firm.id, organisationId);
  const before = kept ? parseBooks(kept.body) : null;
  if (before && clock.now() - Date.parse(before.readAt) < OFTEN_ENOUGH_MS) return;
  await keepBooks(context, organisationId, { ...(await xero.books()), brandingThemes: before?.brandingThemes ?? [] });
}
