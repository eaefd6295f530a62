import type { Invoice } from './invoice.js';
import { sameNumber, suffixed } from './invoice-number.js';
import type { BillTruth } from './plan.js';

/** The number itself, or the next free one where an invoice we know of holds it, or Xero refused it and a person said to go on. */
export function freeNumber(truth: BillTruth, number: string): string {
  const refused = refusedNumbers(truth);
  // A voided invoice keeps its number, a deleted one does not.
  const taken = truth.invoices.some((invoice) => invoice.status !== 'deleted' && sameNumber(invoice.number, number));
  return taken || refused.some((each) => sameNumber(each.number, number) || each.number.startsWith(`${number}-R`)) ? nextFree(number, [...truth.invoices, ...refused]) : number;
}

/** First of `-R1`, `-R2` … that no known document carries. */
export function nextFree(number: string, known: readonly Pick<Invoice, 'number'>[]): string {
  let attempt = 1;
  while (known.some((each) => sameNumber(each.number, suffixed(number, `R${attempt}`)))) attempt += 1;
  return suffixed(number, `R${attempt}`);
}

/** Held by documents we do not see, as a number that Xero keeps for good. */
export const refusedNumbers = ({ answers }: Pick<BillTruth, 'answers'>): { number: string }[] =>
  (answers ?? []).flatMap((each) => (each.reason === 'NUMBER_TAKEN' && each.choice === 'next-number' ? [{ number: each.facts['number'] ?? '' }] : []));
