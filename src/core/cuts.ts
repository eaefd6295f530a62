import { invoiceFigures } from './base.js';
import { creditLinks, creditMarker, creditReference, freeCreditNumber, lostNote } from './credit-facts.js';
import type { CreditNote } from './credit-note.js';
import type { Invoice, NewInvoiceLine } from './invoice.js';
import { suffixed } from './invoice-number.js';
import type { CreditLink, Cut } from './link.js';
import { sum } from './money.js';
import type { Known } from './known-invoice.js';
import type { BillTruth, Step } from './plan.js';

/** A note of ours for a lowered bill. */
export type CutLink = CreditLink & { cut: Cut };

export const cutLinks = (truth: BillTruth): CutLink[] => creditLinks(truth).flatMap((link) => (link.cut === null || link.ended ? [] : [{ ...link, cut: link.cut }]));

/**
 * The bill's notes beside its invoices, each as an invoice below zero: together they are the bill again, whatever it was raised and
 * lowered by. A note already settled cannot be edited in Xero, so its figures now are what was agreed.
 */
export function knownCuts(truth: BillTruth): Known[] {
  return cutLinks(truth).flatMap((link): Known[] => {
    const note = cutNote(truth, link);
    if (!note) return [];
    const invoice = belowZero(note);
    return [{ link: { billId: link.billId, role: link.cut.role, invoiceId: note.xeroId, invoiceNumber: note.number, base: null }, base: { bill: link.cut.bill, invoice: invoiceFigures(invoice, link.cut.from), agreedAt: link.cut.agreedAt }, invoice }];
  });
}

/** Notes voided in Xero while the bill stays lowered. */
export const goneCuts = (truth: BillTruth): CutLink[] => cutLinks(truth).filter((link) => link.noteId !== null && !cutNote(truth, link));

/** Also the one whose making we never heard the answer of, so that it is not made twice. */
function cutNote(truth: BillTruth, link: CutLink): CreditNote | undefined {
  if (link.noteId === null) return lostNote(truth, link.number, creditMarker(link));
  return truth.creditNotes?.find((note) => note.xeroId === link.noteId && note.status !== 'voided' && note.status !== 'deleted');
}

/** Null where a line of it goes up: Xero takes a note for what goes down only. `lines` are the differences, `date` is open. */
export function cutStep(truth: BillTruth, main: Known, lines: NewInvoiceLine[], date: string): Step | null {
  if (lines.some((line) => line.net > 0 || line.tax > 0)) return null;
  const role = `cut-${knownCuts(truth).length + 1}`;
  const linkId = `credit:b${truth.bill.clioId}:${role}`;
  const tried = creditLinks(truth).find((link) => link.id === linkId);
  const taken = lines.map((line) => ({ ...line, net: 0 - line.net, tax: 0 - line.tax }));
  const [subTotal, totalTax] = [sum(taken.map((line) => line.net)), sum(taken.map((line) => line.tax))];
  const marker = creditMarker({ allocationId: null, billId: truth.bill.clioId, cut: { role } });
  const number = freeCreditNumber(truth, tried?.number ?? suffixed(main.invoice.number, `CR${role.slice('cut-'.length)}`));
  const note = { number, reference: creditReference(truth, marker), contactXeroId: main.invoice.contactId, currency: main.invoice.currency, date, status: 'authorised' as const, lines: taken, subTotal, totalTax, total: subTotal + totalTax };
  return { do: 'create-credit-note', linkId, allocationId: null, note, treatment: 'reduction', cut: { role, from: taken.map((line) => line.from) } };
}

function belowZero(note: CreditNote): Invoice {
  const { xeroId, number, reference, status, contactId, currency, date } = note;
  const lines = note.lines.map((line) => ({ ...line, net: 0 - line.net, tax: 0 - line.tax }));
  return { xeroId, number, reference, status, contactId, currency, date, dueOn: null, amountsAre: 'exclusive', lines, subTotal: 0 - note.subTotal, totalTax: 0 - note.totalTax, total: 0 - note.total, amountDue: 0, amountPaid: 0, amountCredited: 0, payments: [], credits: [], url: null, brandingThemeId: null, changedAt: null };
}
