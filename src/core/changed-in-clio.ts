import { billFigures } from './base.js';
import { billToInvoice } from './bill-to-invoice.js';
import type { Known } from './known-invoice.js';
import type { BillBase } from './link.js';
import { sum } from './money.js';
import { isFree } from './plan-update.js';
import type { BillTruth } from './plan.js';

/** Compared with the newest of the bases: an adjustment agreed on newer figures than the invoice it adjusts. */
export function hasChanged({ bill }: BillTruth, known: Known[]): boolean {
  const now = billFigures(bill);
  const newest = newestOf(known);
  return now.digest !== newest.digest || now.due !== newest.due || now.totalTax !== newest.totalTax || now.number !== newest.number || now.issuedOn !== newest.issuedOn || now.clientId !== newest.clientId || now.currency !== newest.currency;
}

/** Words and the due day, which are Clio's to suggest only. */
export function hasNewWords({ bill }: BillTruth, known: Known[]): boolean {
  const newest = newestOf(known);
  return bill.dueOn !== newest.dueOn || (newest.wording !== '' && newest.wording !== billFigures(bill).wording);
}

const newestOf = (known: Known[]): BillBase['bill'] => known.map((each) => each.base).reduce((a, b) => (b.agreedAt > a.agreedAt ? b : a)).bill;

/** Both sides moved to the same figures, as when somebody made the same correction twice. */
export function agrees(truth: BillTruth, known: Known[]): boolean {
  const main = known.find((each) => each.link.role === 'main');
  const composed = billToInvoice(truth, truth.contact?.xeroId ?? '');
  if (!main || !composed.ok) return false;
  const { invoice: wanted } = composed;
  const { invoice } = main;
  const total = sum(known.map((each) => each.invoice.total));
  const tax = sum(known.map((each) => each.invoice.totalTax));
  const heading = wanted.number === invoice.number && wanted.date === invoice.date && wanted.contactXeroId === invoice.contactId && wanted.currency === invoice.currency;
  const wordsFollow = isFree(truth, invoice) && hasNewWords(truth, known);
  return total === truth.bill.due && tax === truth.bill.totalTax && heading && !wordsFollow && sameNets(wanted.lines, known);
}

function sameNets(lines: { net: number }[], known: Known[]): boolean {
  const nets = (list: { net: number }[]): string => JSON.stringify(list.map((line) => line.net).sort((a, b) => a - b));
  return known.length > 1 || nets(lines) === nets(known.flatMap((each) => each.invoice.lines)) || known.some(({ base }) => base.invoice.lines.some((line) => line.from.length === 0));
}
