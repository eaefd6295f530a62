import { addsUp, doesNotAddUp } from './adds-up.js';
import { addDays, formatDate, isClosed, later } from './calendar.js';
import { chargesOf } from './charges-of.js';
import { hold, oncePerThing } from './hold.js';
import type { NewInvoice, NewInvoiceLine } from './invoice.js';
import { invoiceLines } from './invoice-lines.js';
import { invoiceNumberFor } from './invoice-number.js';
import { referenceFor } from './invoice-reference.js';
import { sum } from './money.js';
import type { BillTruth, Hold } from './plan.js';
import { taxBasis, taxPerCombination } from './share-taxes.js';

export type Composed = { ok: true; invoice: NewInvoice } | { ok: false; holds: Hold[] };

/**
 * The invoice that equals the bill in net, each tax and total to the cent, or everything that keeps it from being made.
 * `contactXeroId` is who owes it.
 */
export function billToInvoice(truth: BillTruth, contactXeroId: string): Composed {
  const { bill, settings, books, pageUrl } = truth;
  const lines = linesOf(truth);
  if (!lines.ok) return lines;
  const closed = isClosed(bill.issuedOn, books.lockedThrough);
  const date = closed ? addDays(later(bill.issuedOn, books.lockedThrough ?? ''), 1) : bill.issuedOn;
  return {
    ok: true,
    invoice: {
      number: invoiceNumberFor(bill, settings),
      reference: referenceFor(bill, closed),
      contactXeroId,
      currency: bill.currency,
      date,
      dueOn: later(bill.dueOn ?? date, date),
      status: closed && settings.lockPolicy === 'draft' ? 'draft' : settings.invoice.status,
      markSent: settings.invoice.markSent,
      ...withTotals(lines.lines),
      brandingThemeId: books.brandingThemes.some((each) => each.xeroId === settings.invoice.brandingThemeId) ? settings.invoice.brandingThemeId : null,
      url: pageUrl,
    },
  };
}

/** The bill as invoice lines; they add up to what is due, or there are holds instead. */
export function linesOf({ bill, settings, books }: BillTruth): { ok: true; lines: NewInvoiceLine[] } | { ok: false; holds: Hold[] } {
  const wrong = addsUp(bill);
  if (wrong) return { ok: false, holds: [wrong] };
  const found = taxBasis(bill);
  if (found.basis === null) return { ok: false, holds: [doesNotAddUp(bill, found.failing, sum(bill.lines.flatMap((line) => line.taxes.map((tax) => tax.amount))), bill.totalTax)] };
  const { charges, holds } = chargesOf(bill, settings, books, found.basis);
  if (holds.length > 0) return { ok: false, holds: oncePerThing(holds) };
  const lines = invoiceLines(charges, taxPerCombination(bill, charges), settings);
  const { total, totalTax } = withTotals(lines);
  if (total !== bill.due || totalTax !== bill.totalTax) return { ok: false, holds: [doesNotAddUp(bill, 'Invoice', total, bill.due)] };
  return { ok: true, lines };
}

/** Whether the bill's day is closed and the firm wants that answered by a person. */
export function closedPeriod({ bill, settings, books }: BillTruth, date = bill.issuedOn): Hold | null {
  if (settings.lockPolicy !== 'hold' || !isClosed(date, books.lockedThrough)) return null;
  return hold('bill', 'PERIOD_CLOSED', { date: formatDate(date), lockedThrough: formatDate(books.lockedThrough ?? date) });
}

export function withTotals(lines: NewInvoiceLine[]): Pick<NewInvoice, 'lines' | 'subTotal' | 'totalTax' | 'total'> {
  const subTotal = sum(lines.map((line) => line.net));
  const totalTax = sum(lines.map((line) => line.tax));
  return { lines, subTotal, totalTax, total: subTotal + totalTax };
}
