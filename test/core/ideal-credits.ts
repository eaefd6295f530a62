import { billFigures } from '../../src/core/base.js';
import type { CreditNote } from '../../src/core/credit-note.js';
import type { Invoice, InvoiceCredit, InvoicePayment } from '../../src/core/invoice.js';
import type { CreditLink } from '../../src/core/link.js';
import type { Step } from '../../src/core/plan.js';
import type { World } from './ideal-xero.js';

/** Credit notes as Xero at its best would keep them, and their links as sync would. */
export function carryOutCredit(at: World, step: Step): void {
  const links = (at.truth.creditLinks ??= []);
  const notes = (at.truth.creditNotes ??= []);
  switch (step.do) {
    case 'create-credit-note': {
      const { number, reference, contactXeroId, currency, date, status, lines, subTotal, totalTax, total } = step.note;
      if (notes.some((each) => each.number === number && each.status !== 'deleted')) throw new Error(`Number ${number} is taken`);
      if (lines.some((line) => line.net < 0) || total <= 0) throw new Error('A credit note below zero');
      const note: CreditNote = { xeroId: `note-${at.next++}`, number, reference, status, contactId: contactXeroId, currency, date, lines: lines.map((line) => ({ xeroId: `line-${at.next++}`, text: line.text, net: line.net, tax: line.tax, accountCode: line.accountCode, taxType: line.taxType, tracking: line.tracking })), subTotal, totalTax, total, remaining: total, allocations: [], refunds: [] };
      notes.push(note);
      const cut = step.cut && { ...step.cut, bill: billFigures(at.truth.bill), agreedAt: `2026-10-12T10:${String(Math.floor(at.next / 60) % 60).padStart(2, '0')}:${String(at.next++ % 60).padStart(2, '0')}Z` };
      keep(links, { id: step.linkId, billId: at.truth.bill.clioId, origin: 'clio', allocationId: step.allocationId, noteId: note.xeroId, number, amount: total, date, treatment: step.treatment, refundId: null, rung: null, taskId: null, cut, ended: false });
      return;
    }
    case 'allocate-credit': {
      const { creditNoteXeroId, invoiceXeroId, amount, date } = step.allocation;
      putOn(noteOf(at, creditNoteXeroId), invoiceOf(at, invoiceXeroId), amount, date, `alloc-${at.next++}`);
      return;
    }
    case 'refund-credit': {
      const { creditNoteXeroId, accountXeroId, amount, date, reference } = step.refund;
      const refund = payBack(noteOf(at, creditNoteXeroId), { xeroId: `refund-${at.next++}`, accountId: accountXeroId, amount, date, reference });
      linkOf(links, step.linkId).refundId = refund.xeroId;
      return;
    }
    case 'link-credit': {
      const known = links.find((each) => each.id === step.linkId);
      const { allocationId, noteId, origin, number, amount, date, refund } = step;
      keep(links, { id: step.linkId, billId: at.truth.bill.clioId, treatment: refund ? 'refund' : null, refundId: refund?.paymentId ?? null, rung: null, taskId: null, cut: null, ended: false, ...known, allocationId, noteId, origin, number, amount, date });
      return;
    }
    case 'remove-credit': {
      const note = noteOf(at, step.noteId);
      if (note.allocations.some((each) => !step.allocationIds.includes(each.xeroId))) throw new Error('Xero refuses to void a note that is in use');
      takeOff(at, note);
      note.status = 'voided';
      linkOf(links, step.linkId).ended = true;
      return;
    }
    case 'ask-for-credit': {
      const { noteId, number, amount, date } = step;
      keep(links, { id: step.linkId, billId: at.truth.bill.clioId, origin: 'xero', allocationId: null, noteId, number, amount, date, treatment: null, refundId: null, rung: 'task', taskId: `task-${at.next++}`, cut: null, ended: false });
      return;
    }
    case 'end-credit':
      linkOf(links, step.linkId).ended = true;
      return;
    default:
      throw new Error(`${step.do} is no step of credits`);
  }
}

/** A person's or our own credit on an invoice. Xero refuses more than either has open. */
export function putOn(note: CreditNote, invoice: Invoice, amount: number, date: string, id: string): CreditNote {
  if (note.status !== 'authorised' || invoice.status !== 'authorised') throw new Error('Xero refuses the allocation');
  if (amount <= 0 || amount > note.remaining || amount > invoice.amountDue) throw new Error('Xero refuses the amount');
  note.allocations.push({ xeroId: id, invoiceId: invoice.xeroId, amount, date });
  note.remaining -= amount;
  if (note.remaining === 0) note.status = 'paid';
  invoice.credits.push({ xeroId: note.xeroId, kind: 'credit-note', number: note.number, applied: amount, date });
  invoice.amountCredited += amount;
  invoice.amountDue -= amount;
  if (invoice.amountDue === 0) invoice.status = 'paid';
  return note;
}

/** Money that came in earlier, used for an invoice. */
export function putAdvanceOn(invoice: Invoice, advance: Pick<InvoiceCredit, 'xeroId' | 'kind' | 'applied'>): Invoice {
  if (invoice.status !== 'authorised' || advance.applied > invoice.amountDue) throw new Error('Xero refuses the allocation');
  invoice.credits.push({ ...advance, number: null, date: '2026-10-20' });
  invoice.amountCredited += advance.applied;
  invoice.amountDue -= advance.applied;
  if (invoice.amountDue === 0) invoice.status = 'paid';
  return invoice;
}

/** Money back to the client out of a note. */
export function payBack(note: CreditNote, how: Pick<InvoicePayment, 'xeroId' | 'accountId' | 'amount' | 'date' | 'reference'>): InvoicePayment {
  if (note.status !== 'authorised' || how.amount <= 0 || how.amount > note.remaining) throw new Error('Xero refuses the refund');
  const refund: InvoicePayment = { ...how, status: 'authorised', reconciled: false, batched: false };
  note.refunds.push(refund);
  note.remaining -= how.amount;
  if (note.remaining === 0) note.status = 'paid';
  return refund;
}

/** Takes a note off all its invoices. */
export function takeOff(at: World, note: CreditNote): CreditNote {
  for (const { invoiceId, amount } of note.allocations.splice(0)) {
    note.remaining += amount;
    const invoice = invoiceOf(at, invoiceId);
    invoice.credits.splice(invoice.credits.findIndex((credit) => credit.xeroId === note.xeroId), 1);
    invoice.amountCredited -= amount;
    invoice.amountDue += amount;
    if (invoice.status === 'paid') invoice.status = 'authorised';
  }
  if (note.status === 'paid') note.status = 'authorised';
  return note;
}

function keep(links: CreditLink[], link: CreditLink): void {
  const at = links.findIndex((each) => each.id === link.id);
  links.splice(at < 0 ? links.length : at, 1, link);
}

function linkOf(links: CreditLink[], id: string): CreditLink {
  const link = links.find((each) => each.id === id);
  if (!link) throw new Error(`No credit link ${id}`);
  return link;
}

function noteOf(at: World, id: string): CreditNote {
  const note = at.truth.creditNotes?.find((each) => each.xeroId === id);
  if (!note) throw new Error(`No credit note ${id}`);
  return note;
}

function invoiceOf(at: World, id: string): Invoice {
  const invoice = at.truth.invoices.find((each) => each.xeroId === id);
  if (!invoice) throw new Error(`No invoice ${id}`);
  return invoice;
}
