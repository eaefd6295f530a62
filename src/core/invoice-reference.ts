import type { Bill } from './bill.js';
import { formatDate } from './calendar.js';

/** Xero's limit for Reference. */
const LONGEST_REFERENCE = 255;

/** The matters' numbers; the bill's own day where the books made it a later one. */
export function referenceFor(bill: Pick<Bill, 'matters' | 'issuedOn'>, moved: boolean): string {
  const numbers = bill.matters.map((matter) => matter.number);
  const note = moved ? ` (bill of ${formatDate(bill.issuedOn)})` : '';
  const fits = (count: number): string => `${numbers.slice(0, count).join(', ')}${count < numbers.length ? ` +${numbers.length - count} more` : ''}${note}`;
  let count = numbers.length;
  while (count > 1 && fits(count).length > LONGEST_REFERENCE) count -= 1;
  return fits(count).slice(0, LONGEST_REFERENCE);
}
