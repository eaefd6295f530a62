import { usable } from './account-for.js';
import { asItStands } from './as-it-stands.js';
import { withTotals } from './bill-to-invoice.js';
import { hold } from './hold.js';
import type { NewInvoiceLine } from './invoice.js';
import { formatAmount, sum } from './money.js';
import type { Known } from './known-invoice.js';
import { isFree } from './plan-update.js';
import type { BillTruth, Plan } from './plan.js';

/**
 * Nobody changed anything, yet the invoices do not come to the bill: Xero replaced our tax by its own rounding. Within the firm's
 * tolerance a rounding line puts it right; else a person looks. Null when the totals agree.
 */
export function planCents(truth: BillTruth, known: Known[]): Plan | null {
  const { bill, settings } = truth;
  const lacking = bill.due - sum(known.map((each) => each.invoice.total));
  if (lacking === 0) return null;
  const main = known.find((each) => each.link.role === 'main') ?? known[0];
  if (!main) return null;
  const { invoice, link } = main;
  const xero = formatAmount(sum(known.map((each) => each.invoice.total)), bill.currency);
  const mismatch: Plan = { steps: [], holds: [hold('invoice:main', 'TOTAL_MISMATCH', { amount: formatAmount(Math.abs(lacking), bill.currency), clio: formatAmount(bill.due, bill.currency), xero })], leftOut: null };
  const standing = asItStands(truth, main);
  const before = standing.lines.filter((line) => line.from.includes('rounding'));
  const needed = lacking + sum(before.map((line) => line.net));
  const account = usable(settings.rounding.account, 'rounding', 'rounding', truth.books);
  if (Math.abs(needed) > settings.rounding.tolerance || !account.ok || !isFree(truth, invoice) || sum(known.map((each) => each.invoice.totalTax)) === bill.totalTax) return mismatch;

  const idOf = (line: NewInvoiceLine): string | null => invoice.lines[standing.lines.indexOf(line)]?.xeroId ?? null;
  const kept = standing.lines.filter((line) => !before.includes(line));
  const rounding: NewInvoiceLine = { text: 'Rounding', net: needed, tax: 0, accountCode: account.account.code ?? '', taxType: settings.taxMap['none'] ?? 'NONE', tracking: [], from: ['rounding'] };
  const all = needed === 0 ? kept : [...kept, rounding];
  const [first] = before;
  return { steps: [{ do: 'update-invoice', role: link.role, invoiceId: invoice.xeroId, invoice: { ...standing, ...withTotals(all) }, lineIds: [...kept.map(idOf), ...(needed === 0 ? [] : [first ? idOf(first) : null])] }], holds: [], leftOut: null };
}
