import { formatDate, isClosed } from './calendar.js';
import { hold } from './hold.js';
import { suffixed } from './invoice-number.js';
import { liveInvoices, livePayments } from './payment-facts.js';
import { goneBeforeRecorded } from './plan-payments.js';
import type { BillTruth, Hold, Plan, Step } from './plan.js';
import { settleCredits } from './settle-credits.js';
import { settleLinked } from './settle-linked.js';

/**
 * The bill is void or deleted in Clio. Our payments and credit notes go first, then the invoice: an approved one gives up its number, so that the bill
 * can be issued again under it (a voided invoice keeps its number in Xero), a draft is deleted.
 */
export function planEnd(truth: BillTruth): Plan {
  if (!truth.links.some((link) => link.invoiceId !== null)) return { steps: [], holds: [], leftOut: { reason: 'VOIDED_IN_CLIO', facts: {} } };
  const invoices = liveInvoices(truth);
  const payments = livePayments(invoices);
  const noneInClio: BillTruth = { ...truth, allocations: truth.allocations.map((each) => ({ ...each, voided: true })) };
  const settled = settleLinked(noneInClio, payments);
  const gone = goneBeforeRecorded(truth, payments.map((payment) => payment.xeroId));
  const deleting = new Set(settled.steps.flatMap((step) => (step.do === 'delete-payment' ? [step.paymentId] : [])));
  const credits = settleCredits(noneInClio, invoices, [], false);
  const freeing = new Set(credits.steps.flatMap((step) => (step.do === 'remove-credit' ? [step.noteId] : [])));
  const steps: Step[] = [...gone.steps, ...settled.steps, ...credits.steps];
  const holds: Hold[] = [...settled.holds, ...credits.holds];
  for (const invoice of invoices) {
    const role = truth.links.find((link) => link.invoiceId === invoice.xeroId)?.role ?? 'main';
    const paid = invoice.payments.filter((payment) => payment.status === 'authorised' && !deleting.has(payment.xeroId));
    const about = `invoice:${role}`;
    const credited = invoice.credits.filter((credit) => !freeing.has(credit.xeroId));
    if (paid.length > 0 || credited.length > 0) holds.push(hold(about, 'VOID_BLOCKED', { number: invoice.number, blocker: paid.length > 0 ? 'a payment' : 'a credit' }));
    else if (isClosed(invoice.date, truth.books.lockedThrough) && invoice.status !== 'draft' && invoice.status !== 'submitted') holds.push(hold(about, 'PERIOD_CLOSED', { date: formatDate(invoice.date), lockedThrough: formatDate(truth.books.lockedThrough ?? invoice.date) }));
    else if (credited.length === invoice.credits.length && !invoice.payments.some((payment) => deleting.has(payment.xeroId))) steps.push(removal(truth, role, invoice.xeroId, invoice.number, invoice.status === 'draft' || invoice.status === 'submitted'));
  }
  return { steps, holds, leftOut: null };
}

/** The bill's id makes the freed number unique, however often a number is issued and voided. */
function removal(truth: BillTruth, role: string, invoiceId: string, number: string, asDraft: boolean): Step {
  return { do: 'void-invoice', role, invoiceId, renameTo: asDraft ? null : suffixed(number, `VOID-${truth.bill.clioId}`), asDraft };
}
