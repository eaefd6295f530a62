import type { World } from '../world.js';
import type { Advance, CreditNote, Invoice, Organisation, Payment } from './organisation.js';

/** All sums are cents. */

export function livePayments(organisation: Organisation, targetId: string): Payment[] {
  return organisation.payments.by('target', targetId).filter((each) => each.status === 'AUTHORISED');
}

export function amountPaid(organisation: Organisation, invoice: Invoice): number {
  return livePayments(organisation, invoice.id).reduce((sum, each) => sum + each.amount, 0);
}

export function amountCredited(organisation: Organisation, invoice: Invoice): number {
  return organisation.allocations.by('invoice', invoice.id).filter((each) => !each.isDeleted).reduce((sum, each) => sum + each.amount, 0);
}

export function amountDue(organisation: Organisation, invoice: Invoice): number {
  if (invoice.status === 'VOIDED' || invoice.status === 'DELETED') return 0;
  return invoice.total - amountPaid(organisation, invoice) - amountCredited(organisation, invoice);
}

export function isSettledInPart(organisation: Organisation, invoice: Invoice): boolean {
  return livePayments(organisation, invoice.id).length > 0 || organisation.allocations.by('invoice', invoice.id).some((each) => !each.isDeleted);
}

export function remainingCredit(organisation: Organisation, credit: CreditNote | Advance): number {
  if (credit.status === 'VOIDED' || credit.status === 'DELETED') return 0;
  const allocated = organisation.allocations.by('source', credit.id).filter((each) => !each.isDeleted).reduce((sum, each) => sum + each.amount, 0);
  const refunded = livePayments(organisation, credit.id).reduce((sum, each) => sum + each.amount, 0);
  return credit.total - allocated - refunded;
}

type At = { world: World; organisation: Organisation; now: number };

/** After a settlement came or went: PAID when nothing is due, AUTHORISED again when something is. */
export function settleInvoice(at: At, invoiceId: string, date: string, how: 'added' | 'removed'): void {
  const { organisation, world, now } = at;
  const invoice = organisation.invoices.get(invoiceId);
  if (!invoice || (invoice.status !== 'AUTHORISED' && invoice.status !== 'PAID')) return;
  const paid = amountDue(organisation, invoice) === 0;
  const { fullyPaidOn: wasPaidOn, ...open } = invoice;
  const stay = how === 'removed' && world.switches.unpaidInvoiceStamps === 'stay';
  const paidOn = paid ? (wasPaidOn ?? date) : stay ? wasPaidOn : undefined;
  organisation.invoices.put({ ...open, status: paid ? 'PAID' : 'AUTHORISED', updatedAt: stay ? invoice.updatedAt : now, ...(paidOn === undefined ? {} : { fullyPaidOn: paidOn }) });
  if (world.switches.settlementEvents !== 'none') organisation.tell({ category: 'INVOICE', type: 'UPDATE', id: invoiceId, at: now });
}

export function settleCreditNote(at: At, id: string, date: string): void {
  const { organisation, now } = at;
  const note = organisation.creditNotes.get(id);
  if (!note || (note.status !== 'AUTHORISED' && note.status !== 'PAID')) return;
  const paid = remainingCredit(organisation, note) === 0;
  const { fullyPaidOn: wasPaidOn, ...open } = note;
  const status = paid ? 'PAID' : 'AUTHORISED';
  organisation.creditNotes.put({ ...open, status, updatedAt: now, ...(paid ? { fullyPaidOn: wasPaidOn ?? date } : {}) });
  organisation.tell({ category: 'CREDITNOTE', type: 'UPDATE', id, at: now, data: { Type: note.type, Status: status } });
}

export function settleAdvance(at: At, id: string): void {
  const { organisation, now } = at;
  const advance = organisation.advances.get(id);
  if (!advance || advance.status === 'VOIDED') return;
  const status = remainingCredit(organisation, advance) === 0 ? 'PAID' : 'AUTHORISED';
  organisation.advances.put({ ...advance, status, updatedAt: now });
  tellAdvance(organisation, { ...advance, status, updatedAt: now }, 'UPDATE');
}

export function tellAdvance(organisation: Organisation, advance: Advance, type: 'CREATE' | 'UPDATE'): void {
  const category = advance.kind === 'overpayment' ? 'OVERPAYMENT' : 'PREPAYMENT';
  organisation.tell({ category, type, id: advance.id, at: advance.updatedAt, data: { Type: advanceType(advance), Status: advance.status, UpdatedDateUTCString: `${new Date(advance.updatedAt).toISOString().slice(0, 19)}Z` } });
}

export function advanceType(advance: Advance): string {
  return `${advance.direction}-${advance.kind.toUpperCase()}`;
}
