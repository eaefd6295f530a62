import { formatDate } from './calendar.js';
import { hold } from './hold.js';
import type { Invoice } from './invoice.js';
import type { BillBase } from './link.js';
import { formatAmount } from './money.js';
import type { BillTruth, Hold } from './plan.js';
import { sameWords } from './reworded.js';

const CHOICES = [
  { id: 'restore', label: "Restore Clio's" },
  { id: 'keep', label: "Keep Xero's" },
];

/** What of Clio's was changed in Xero since both last agreed; null when nothing was. All three values are shown. */
export function drift(truth: BillTruth, role: string, base: BillBase, invoice: Invoice): Hold | null {
  const { bill, contact } = truth;
  const was = base.invoice;
  const about = `invoice:${role}`;
  const facts = (field: string, clio: string, xero: string, last: string): Record<string, string> => ({ field, clio, xero, base: last, number: invoice.number });
  const money = (minor: number): string => formatAmount(minor, bill.currency);
  if (invoice.contactId !== was.contactId && invoice.contactId !== contact?.xeroId) return hold(about, 'DRIFT_CONTACT', { number: invoice.number, contact: invoice.contactId }, CHOICES);
  if (invoice.currency !== bill.currency && bill.currency === base.bill.currency) return hold(about, 'DRIFT_AMOUNT', facts('Currency', bill.currency, invoice.currency, bill.currency), CHOICES);
  if (invoice.subTotal !== was.subTotal) return hold(about, 'DRIFT_AMOUNT', facts('Net', money(bill.due - bill.totalTax), money(invoice.subTotal), money(was.subTotal)), CHOICES);
  if (invoice.totalTax !== was.totalTax || invoice.total !== was.total) return hold(about, 'DRIFT_TAX', facts('Tax', money(bill.totalTax), money(invoice.totalTax), money(was.totalTax)), CHOICES);
  if (invoice.date !== was.date) return hold(about, 'DRIFT_AMOUNT', facts('Date', formatDate(bill.issuedOn), formatDate(invoice.date), formatDate(was.date)), CHOICES);
  if (invoice.number !== was.number) return hold(about, 'DRIFT_AMOUNT', facts('Number', was.number, invoice.number, was.number), CHOICES);
  return null;
}

/** Account, tax code or wording changed, or lines split and merged, with every sum as it was: all that is Xero's to decide. */
export function recoded(base: BillBase, invoice: Invoice): boolean {
  const was = base.invoice;
  const reworded = invoice.lines.some((line) => was.lines.some((each) => each.xeroId === line.xeroId && !sameWords(each.text, line.text)));
  const reheaded = (was.reference !== null && !sameWords(was.reference, invoice.reference ?? '')) || (was.dueOn !== null && was.dueOn !== invoice.dueOn);
  if (reworded || reheaded) return true;
  const coding = (lines: { xeroId: string; accountCode: string | null; taxType: string | null }[]): string => JSON.stringify(lines.map((line) => [line.xeroId, line.accountCode, line.taxType]).sort());
  return coding(base.invoice.lines) !== coding(invoice.lines);
}
