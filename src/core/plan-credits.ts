import { hold } from './hold.js';
import { formatAmount, sum } from './money.js';
import { liveInvoices } from './payment-facts.js';
import type { BillTruth, Hold } from './plan.js';

/**
 * Credits and write-offs have tax consequences that Clio does not state, so they are shown until both sides carry the same, never
 * written by guess.
 */
export function planCredits(truth: BillTruth): Hold[] {
  const { bill } = truth;
  const clio = sum(truth.allocations.filter((each) => each.kind === 'credit' && !each.voided).map((each) => each.amount));
  const invoices = liveInvoices(truth);
  const xero = sum(invoices.flatMap((invoice) => invoice.credits.map((credit) => credit.applied)));
  const number = invoices[0]?.number ?? bill.number;
  if (clio > xero) return [hold('credits', 'CREDIT_TREATMENT_NEEDED', { amount: formatAmount(clio - xero, bill.currency), number: bill.number })];
  if (xero > clio) return [hold('credits', 'CREDIT_IN_XERO', { amount: formatAmount(xero - clio, bill.currency), number })];
  return [];
}
