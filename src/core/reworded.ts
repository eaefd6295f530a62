import type { Bill } from './bill.js';
import { later } from './calendar.js';
import type { Invoice } from './invoice.js';
import { referenceFor } from './invoice-reference.js';
import type { BaseLine, BillBase } from './link.js';

/** What a person changed in Xero of the words that Clio only suggests: from then on they are Xero's. */
export interface Reworded {
  heading: BillBase['invoice']['reworded'];
  /** Ids of lines. */
  lines: string[];
}

export const NOTHING_REWORDED: Reworded = { heading: [], lines: [] };

/** Of an invoice that a person typed: where it says other than we would. Its lines are nobody's of ours anyway. */
export function typedInXero(bill: Pick<Bill, 'matters' | 'issuedOn' | 'dueOn'>, invoice: Invoice): Reworded {
  const heading: Reworded['heading'] = [];
  if (!sameWords(referenceFor(bill, false), invoice.reference ?? '')) heading.push('reference');
  if (bill.dueOn !== invoice.dueOn) heading.push('dueOn');
  return { heading, lines: [] };
}

/** Compared with what Xero answered last, as it may keep less than was sent; once reworded stays so, whatever it says by now. */
export function rewordedIn({ bill, invoice: was }: BillBase, invoice: Invoice): Reworded {
  const heading: Reworded['heading'] = [];
  if (was.reworded.includes('reference') || (was.reference !== null && !sameWords(was.reference, invoice.reference ?? ''))) heading.push('reference');
  if (was.reworded.includes('dueOn') || (was.dueOn ?? later(bill.dueOn ?? was.date, was.date)) !== invoice.dueOn) heading.push('dueOn');
  const lines = invoice.lines.filter((line) => was.lines.some((each) => each.xeroId === line.xeroId && isReworded(each, line))).map((line) => line.xeroId);
  return { heading, lines };
}

export const isReworded = (was: BaseLine, line: { text: string }): boolean => was.reworded || !sameWords(was.text, line.text);

/** White space does not count. */
export const sameWords = (a: string, b: string): boolean => tidy(a) === tidy(b);

const tidy = (text: string): string => text.replace(/\s+/g, ' ').trim();
