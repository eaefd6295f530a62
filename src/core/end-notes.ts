import { later } from './calendar.js';
import { creditDay } from './compose-credit.js';
import { creditLinks, creditMarker, creditReference, freeCreditNumber } from './credit-facts.js';
import { reductionLines } from './credit-lines.js';
import { withTotals } from './bill-to-invoice.js';
import type { Invoice } from './invoice.js';
import { suffixed } from './invoice-number.js';
import type { CreditLink } from './link.js';
import type { BillTruth, Hold, Step } from './plan.js';

/** A note of ours that ends the invoice of a void bill stands as long as the bill is void; one for a lowered bill as long as it is not. */
export const isEndNote = (link: CreditLink): boolean => link.cut?.role.startsWith('void-') === true;

/** Ours for the invoice of this role, also those that are over. */
export const endNotesOf = (truth: BillTruth, role: string): CreditLink[] => creditLinks(truth).filter((link) => link.cut?.role.startsWith(`void-${role}-`));

/** Where a note may be put: one that ends an invoice on that one alone, another on each of the bill's. */
export function invoicesFor(truth: BillTruth, link: CreditLink, invoices: Invoice[]): Invoice[] {
  if (!isEndNote(link)) return invoices;
  const ended = truth.links.find(({ role }) => link.cut?.role.startsWith(`void-${role}-`))?.invoiceId;
  return invoices.filter((invoice) => invoice.xeroId === ended);
}

/**
 * Xero lets nobody void the invoice: it lies in a closed period, is credited, or holds a final payment. What is open of it is credited on the
 * day the bill was voided, over its accounts and tax codes, so that income and tax are taken back in a period that is open.
 */
export function planEndNote(truth: BillTruth, invoice: Invoice, role: string, again: string[]): { steps: Step[]; holds: Hold[] } {
  const { bill } = truth;
  const before = endNotesOf(truth, role);
  // A person took one back in Xero and was asked about it, or said that it stays so.
  const refused = before.some((link) => link.ended || (isGone(truth, link) && !again.includes(link.id)));
  if (invoice.amountDue <= 0 || refused || invoice.status !== 'authorised') return { steps: [], holds: [] };
  const day = creditDay(truth, later(bill.updatedAt.slice(0, 10), invoice.date), `invoice:${role}`);
  if (!day.ok) return { steps: [], holds: [day.hold] };
  const cut = { role: `void-${role}-${before.filter((link) => link.noteId !== null).length + 1}` };
  const linkId = `credit:b${bill.clioId}:${cut.role}`;
  const tried = creditLinks(truth).find((link) => link.id === linkId);
  const number = freeCreditNumber(truth, tried?.number ?? suffixed(invoice.number, `CR-${cut.role.replace(`-${role}-`, '').toUpperCase()}`));
  const lines = reductionLines([invoice], invoice.amountDue, `Invoice ${invoice.number} voided`, null);
  const marker = creditMarker({ allocationId: null, billId: bill.clioId, cut });
  const note = { number, reference: creditReference(truth, marker), contactXeroId: invoice.contactId, currency: invoice.currency, date: day.date, status: 'authorised' as const, ...withTotals(lines) };
  return { steps: [{ do: 'create-credit-note', linkId, allocationId: null, note, treatment: 'reduction', cut: { ...cut, from: lines.map(() => []) } }], holds: [] };
}

const isGone = (truth: BillTruth, link: CreditLink): boolean => link.noteId !== null && !(truth.creditNotes ?? []).some((note) => note.xeroId === link.noteId && note.status !== 'voided' && note.status !== 'deleted');
