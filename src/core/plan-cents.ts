import { usable } from './account-for.js';
import { withTotals } from './bill-to-invoice.js';
import { hold } from './hold.js';
import type { NewInvoice, NewInvoiceLine } from './invoice.js';
import { formatAmount, sum } from './money.js';
import type { Known } from './plan-life.js';
import { isFree, keptStatus } from './plan-update.js';
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
  const { invoice, base, link } = main;
  const xero = formatAmount(sum(known.map((each) => each.invoice.total)), bill.currency);
  const mismatch: Plan = { steps: [], holds: [hold('invoice:main', 'TOTAL_MISMATCH', { amount: formatAmount(Math.abs(lacking), bill.currency), clio: formatAmount(bill.due, bill.currency), xero })], leftOut: null };
  const fromOf = (xeroId: string): string[] => base.invoice.lines.find((line) => line.xeroId === xeroId)?.from ?? [];
  const before = invoice.lines.filter((line) => fromOf(line.xeroId).includes('rounding'));
  const needed = lacking + sum(before.map((line) => line.net));
  const account = usable(settings.rounding.account, 'rounding', 'rounding', truth.books);
  if (Math.abs(needed) > settings.rounding.tolerance || !account.ok || !isFree(truth, invoice) || sum(known.map((each) => each.invoice.totalTax)) === bill.totalTax) return mismatch;

  const kept = invoice.lines.filter((line) => !before.includes(line));
  const lines: NewInvoiceLine[] = kept.map((line) => ({ text: line.text, net: line.net, tax: line.tax, accountCode: line.accountCode ?? '', taxType: line.taxType ?? 'NONE', tracking: line.tracking, from: fromOf(line.xeroId) }));
  const rounding: NewInvoiceLine = { text: 'Rounding', net: needed, tax: 0, accountCode: account.account.code ?? '', taxType: settings.taxMap['none'] ?? 'NONE', tracking: [], from: ['rounding'] };
  const all = needed === 0 ? lines : [...lines, rounding];
  const next: NewInvoice = { number: invoice.number, reference: invoice.reference ?? '', contactXeroId: invoice.contactId, currency: invoice.currency, date: invoice.date, dueOn: invoice.dueOn ?? invoice.date, status: keptStatus(invoice), brandingThemeId: invoice.brandingThemeId, url: truth.pageUrl, ...withTotals(all) };
  return { steps: [{ do: 'update-invoice', role: link.role, invoiceId: invoice.xeroId, invoice: next, lineIds: [...kept.map((line) => line.xeroId), ...(needed === 0 ? [] : [before[0]?.xeroId ?? null])] }], holds: [], leftOut: null };
}
