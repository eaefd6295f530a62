import { addDays } from './calendar.js';
import { answerTo, hold } from './hold.js';
import { invoiceNumberFor, sameNumber } from './invoice-number.js';
import type { BillTruth, Hold } from './plan.js';

/** So long after going live Clio's own sync is still suspected. */
const WATCHED_DAYS = 14;

/**
 * A bill issued since the firm went live whose number Xero already has, on an invoice we did not make: somebody typed it, or Clio's own sync is
 * still on. Null when nothing is suspicious, or a person said that it was typed.
 */
export function nativeSyncAtWork(truth: BillTruth): Hold | null {
  const { bill, settings } = truth;
  if (settings.liveSince === null || bill.issuedOn <= settings.liveSince || bill.issuedOn > addDays(settings.liveSince, WATCHED_DAYS)) return null;
  const number = invoiceNumberFor(bill, settings);
  const foreign = truth.invoices.find((invoice) => sameNumber(invoice.number, number) && invoice.url !== truth.pageUrl && invoice.status !== 'voided' && invoice.status !== 'deleted');
  if (!foreign) return null;
  const question = hold('bill', 'NATIVE_SYNC_ACTIVE', { number: foreign.number }, [{ id: 'by-hand', label: 'Somebody typed it into Xero: go on' }]);
  return answerTo(truth, question) === 'by-hand' ? null : question;
}
