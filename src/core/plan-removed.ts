import { billToInvoice, closedPeriod } from './bill-to-invoice.js';
import { nextFree, refusedNumbers } from './free-number.js';
import { answerTo, held, hold } from './hold.js';
import type { BillLink } from './link.js';
import { formatAmount, sum } from './money.js';
import type { BillTruth, Plan } from './plan.js';

export function isThere(truth: BillTruth, link: BillLink): boolean {
  const invoice = truth.invoices.find((each) => each.xeroId === link.invoiceId);
  return invoice !== undefined && invoice.status !== 'voided' && invoice.status !== 'deleted';
}

/** Voided, deleted or not found in Xero while the bill stands. What is open on each side belongs to the question: when that changes, it is asked anew. */
export function planRemoved(truth: BillTruth, link: Pick<BillLink, 'role' | 'invoiceNumber'>): Plan {
  const number = link.invoiceNumber ?? truth.bill.number;
  const choices = [...(link.role === 'main' ? [{ id: 'recreate', label: 'Create the invoice again' }] : []), { id: 'accept', label: 'Accept that it is gone' }];
  const open = { clio: formatAmount(truth.bill.balance, truth.bill.currency), xero: formatAmount(sum(truth.invoices.map((each) => each.amountDue)), truth.bill.currency) };
  const question = hold(`invoice:${link.role}`, 'REMOVED_IN_XERO', { number, ...open }, choices);
  const answer = answerTo(truth, question);
  if (answer === 'accept') return { steps: [], holds: [], leftOut: { reason: 'ACCEPTED_DIFFERENCE', facts: { number } } };
  if (answer === null || !truth.contact) return held(question);
  const closed = closedPeriod(truth);
  const composed = billToInvoice(truth, truth.contact.xeroId);
  if (!composed.ok) return held(...composed.holds);
  if (closed) return held(closed);
  return { steps: [{ do: 'create-invoice', role: 'main', invoice: { ...composed.invoice, number: nextFree(composed.invoice.number, [...truth.invoices, ...refusedNumbers(truth)]) } }], holds: [], leftOut: null };
}
