import { daysApart } from './calendar.js';
import { answerTo, hold } from './hold.js';
import type { Invoice } from './invoice.js';
import { freeNumber } from './free-number.js';
import { invoiceNumberFor, sameNumber } from './invoice-number.js';
import { formatAmount } from './money.js';
import type { BillTruth, Hold } from './plan.js';

export type Adoption = { found: 'invoice'; invoiceId: string } | { found: 'nothing'; number: string } | { found: 'doubt'; hold: Hold };

/** Days by which an invoice's date may differ from the bill's and still be the same. */
export const SAME_WITHIN_DAYS = 3;

/**
 * Whether Xero already has this bill's invoice. Our own link on it, or equal number, client, currency, total and day (±3) adopt it by
 * itself; anything less is asked, and so are several. Else the number a new invoice may carry.
 */
export function adoptInvoice(truth: BillTruth): Adoption {
  const number = invoiceNumberFor(truth.bill, truth.settings);
  const linked = new Set(truth.links.map((link) => link.invoiceId));
  const free = truth.invoices.filter((invoice) => !linked.has(invoice.xeroId));
  const live = free.filter((invoice) => invoice.status !== 'voided' && invoice.status !== 'deleted');
  const ours = live.filter((invoice) => invoice.url === truth.pageUrl);
  const numbered = live.filter((invoice) => sameNumber(invoice.number, number));
  const certain = ours.length > 0 ? ours : numbered.filter((invoice) => differences(truth, invoice).length === 0);
  const open = freeNumber(truth, number);
  const [first, ...others] = certain;
  if (first && others.length === 0 && (ours.length > 0 || numbered.length === 1)) return { found: 'invoice', invoiceId: first.xeroId };
  const suspects = ours.length > 0 ? ours : numbered.length > 0 ? numbered : live.filter((invoice) => differences(truth, invoice).length === 0);
  return suspects.length > 0 ? asked(truth, suspects, open) : { found: 'nothing', number: open };
}

function asked(truth: BillTruth, suspects: Invoice[], number: string): Adoption {
  const [first] = suspects;
  const facts = { number: suspects.map((invoice) => invoice.number).join(', '), difference: suspects.length > 1 || !first ? 'more than one could be meant' : differences(truth, first).join(', ') || `it carries another number` };
  const choices = [...suspects.map((invoice) => ({ id: `link:${invoice.xeroId}`, label: `Link invoice ${invoice.number} over ${formatAmount(invoice.total, invoice.currency)}` })), { id: 'next-number', label: `Create invoice ${number}` }];
  const question = hold('bill', 'ADOPT_CONFLICT', facts, choices);
  const answer = answerTo(truth, question);
  if (answer === 'next-number') return { found: 'nothing', number };
  return answer === null ? { found: 'doubt', hold: question } : { found: 'invoice', invoiceId: answer.slice('link:'.length) };
}

function differences({ bill, contact }: BillTruth, invoice: Invoice): string[] {
  const facts: [boolean, string][] = [
    [contact?.xeroId === invoice.contactId, 'for another contact'],
    [bill.currency === invoice.currency, `in ${invoice.currency}`],
    [bill.due === invoice.total, `over ${formatAmount(invoice.total, invoice.currency)}`],
    [daysApart(bill.issuedOn, invoice.date) <= SAME_WITHIN_DAYS, `of ${invoice.date}`],
  ];
  return facts.flatMap(([equal, difference]) => (equal ? [] : [difference]));
}
