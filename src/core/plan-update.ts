import { billToInvoice, closedPeriod } from './bill-to-invoice.js';
import { isClosed, later } from './calendar.js';
import { answerTo, held, hold } from './hold.js';
import type { Invoice, NewInvoice } from './invoice.js';
import type { BillBase } from './link.js';
import { linesAreOurs, mergeLines } from './merge-lines.js';
import { formatAmount } from './money.js';
import type { Known } from './known-invoice.js';
import type { BillTruth, Plan } from './plan.js';
import { rewordedIn } from './reworded.js';

/** Nothing settles it and its period is open: then Xero lets an invoice change. */
export function isFree(truth: BillTruth, invoice: Invoice): boolean {
  const settled = invoice.status === 'paid' || invoice.amountPaid !== 0 || invoice.amountCredited !== 0 || invoice.payments.some((payment) => payment.status === 'authorised');
  return !settled && !isClosed(invoice.date, truth.books.lockedThrough);
}

/** The same invoice with the bill's new figures; Xero keeps its coding, and the number it got when the plain one was taken. */
export function planUpdate(truth: BillTruth, { link, base, invoice }: Known): Plan {
  if (!isFree(truth, invoice)) return held(frozen(truth, invoice));
  if (!truth.contact) return truth.client ? { steps: [{ do: 'ensure-contact', client: truth.client }], holds: [], leftOut: null } : held(hold('bill', 'BILL_NO_CLIENT', { number: truth.bill.number }));
  const closed = closedPeriod(truth);
  if (closed) return held(closed);
  const composed = billToInvoice(truth, truth.contact.xeroId);
  if (!composed.ok) return { steps: [], holds: composed.holds, leftOut: null };
  const question = hold(`invoice:${link.role}`, 'DRIFT_LINES', { number: invoice.number, total: formatAmount(truth.bill.due, truth.bill.currency) }, [{ id: 'replace', label: 'Replace the lines by those of the bill' }]);
  const ours = linesAreOurs(base, invoice);
  if (!ours && answerTo(truth, question) !== 'replace') return held(question);
  const merged = ours ? mergeLines(composed.invoice.lines, base, invoice) : composed.invoice.lines.map((line) => ({ line, lineId: null }));
  const number = truth.bill.number === base.bill.number ? base.invoice.number : composed.invoice.number;
  const next: NewInvoice = { ...composed.invoice, number, ...headingKept(base, invoice, composed.invoice), status: keptStatus(invoice), lines: merged.map(({ line }) => line), brandingThemeId: invoice.brandingThemeId };
  return { steps: [{ do: 'update-invoice', role: link.role, invoiceId: invoice.xeroId, invoice: next, lineIds: merged.map(({ lineId }) => lineId) }], holds: [], leftOut: null };
}

/** Reference and due day as a person put them in Xero, else as the bill says. No invoice falls due before its day. */
export function headingKept(base: BillBase, invoice: Invoice, wanted: Pick<NewInvoice, 'reference' | 'dueOn' | 'date'>): Pick<NewInvoice, 'reference' | 'dueOn'> {
  const { heading } = rewordedIn(base, invoice);
  return {
    reference: heading.includes('reference') ? (invoice.reference ?? '') : wanted.reference,
    dueOn: heading.includes('dueOn') && invoice.dueOn !== null ? later(invoice.dueOn, wanted.date) : wanted.dueOn,
  };
}

/** An edit moves no invoice between draft and approved; that is the firm's act in Xero. */
export const keptStatus = (invoice: Invoice): NewInvoice['status'] => (invoice.status === 'draft' || invoice.status === 'submitted' ? invoice.status : 'authorised');

export function frozen(truth: BillTruth, invoice: Invoice): Plan['holds'][number] {
  const { due, currency } = truth.bill;
  return hold('invoice:main', 'INVOICE_FROZEN', { clio: formatAmount(due, currency), xero: formatAmount(invoice.total, invoice.currency), number: invoice.number });
}
