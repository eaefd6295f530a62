import { knownCuts } from './cuts.js';
import { type Minor, sum } from './money.js';
import { liveInvoices } from './payment-facts.js';
import type { BillTruth } from './plan.js';

/** What all of the bill's invoices come to, less our notes for what it was lowered by; null when none of them counts. Minor units. */
export function sumsInXero(truth: BillTruth): { xeroTotal: Minor; xeroTax: Minor; xeroDue: Minor } | null {
  const invoices = liveInvoices(truth);
  if (invoices.length === 0) return null;
  const documents = [...invoices, ...knownCuts(truth).map(({ invoice }) => invoice)];
  return { xeroTotal: sum(documents.map((each) => each.total)), xeroTax: sum(documents.map((each) => each.totalTax)), xeroDue: sum(invoices.map((each) => each.amountDue)) };
}
