import type { CreditAllocation, CreditNote, NewCreditAllocation, NewCreditNote, NewRefund } from '../../src/core/credit-note.js';
import type { InvoiceLine } from '../../src/core/invoice.js';
import { sum } from '../../src/core/money.js';
import type { Refusal, WriteResult } from '../../src/xero/xero.js';
import { frozen } from './frozen.js';
import type { XeroBooks } from './xero-books.js';

/** A credit note as the oracle sees it, voided ones included. */
export interface KnownNote {
  now: CreditNote;
  by: 'Tieout' | 'people';
  voidedBy: 'Tieout' | 'people' | null;
  was: { at: number; note: CreditNote }[];
}

type By = KnownNote['by'];

const refused = (refusal: Refusal, message: string): { ok: false; refused: Refusal; messages: string[] } => ({ ok: false, refused: refusal, messages: [message] });
const done = (note: CreditNote): WriteResult<CreditNote> => ({ ok: true, value: note, warnings: [] });

/** Credit notes of an organisation: single numbers, and never more put on an invoice than both have open. */
export class XeroCredits {
  readonly notes = new Map<string, KnownNote>();

  constructor(private readonly books: XeroBooks, private readonly numberIsFree: (status: CreditNote['status']) => boolean) {}

  create(request: NewCreditNote, by: By): WriteResult<CreditNote> {
    const { number, reference, contactXeroId, currency, date, status, subTotal, totalTax, total } = request;
    const taken = [...this.notes.values()].some(({ now }) => now.number.toLowerCase() === number.toLowerCase() && !this.numberIsFree(now.status));
    if (taken) return refused('number-taken', 'Credit note # must be unique');
    const lines = request.lines.map(({ text, net, tax, accountCode, taxType, tracking }): InvoiceLine => ({ xeroId: this.books.id('line'), text, net, tax, accountCode, taxType, tracking }));
    const xeroId = this.books.id('note');
    return done(this.keep({ xeroId, number, reference, status, contactId: contactXeroId, currency, date, lines, subTotal, totalTax, total, remaining: total, allocations: [], refunds: [] }, by));
  }

  allocate({ creditNoteXeroId, invoiceXeroId, amount, date }: NewCreditAllocation, by: By): WriteResult<CreditNote> {
    const note = this.notes.get(creditNoteXeroId)?.now;
    const invoice = this.books.invoices.get(invoiceXeroId)?.now;
    if (note?.status !== 'authorised' || invoice?.status !== 'authorised') return refused('not-payable', 'The document is not open for allocation');
    if (amount > note.remaining || amount > invoice.amountDue) return refused('payment-too-much', 'The amount exceeds what is outstanding');
    const kept = this.keep({ ...note, allocations: [...note.allocations, { xeroId: this.books.id('allocation'), invoiceId: invoiceXeroId, amount, date }] }, by);
    this.books.keep(invoice, by);
    return done(kept);
  }

  /** Money paid back to the client out of the note. */
  refund({ creditNoteXeroId, accountXeroId, amount, date, reference }: NewRefund, by: By): WriteResult<{ xeroId: string }> {
    const note = this.notes.get(creditNoteXeroId)?.now;
    if (note?.status !== 'authorised') return refused('not-payable', 'The document is not open for payment');
    if (amount > note.remaining) return refused('payment-too-much', 'Payment amount exceeds the amount outstanding on this document');
    const xeroId = this.books.id('refund');
    this.keep({ ...note, refunds: [...note.refunds, { xeroId, date, amount, reference, status: 'authorised', accountId: accountXeroId, reconciled: false, batched: false }] }, by);
    return { ok: true, value: { xeroId }, warnings: [] };
  }

  /** False when it was gone already. */
  deallocate(noteId: string, allocationId: string, by: By): boolean {
    const note = this.notes.get(noteId)?.now;
    const gone = note?.allocations.find((each) => each.xeroId === allocationId);
    if (!note || !gone) return false;
    this.keep({ ...note, status: 'authorised', allocations: note.allocations.filter((each) => each !== gone) }, by);
    const invoice = this.books.invoices.get(gone.invoiceId);
    if (invoice) this.books.keep(invoice.now, by);
    return true;
  }

  end(id: string, as: 'voided' | 'deleted', by: By): WriteResult<CreditNote> {
    const known = this.notes.get(id);
    if (!known) return refused('other', 'The document could not be found');
    if (known.now.allocations.length + known.now.refunds.length > 0) return refused('frozen', 'Not of valid status');
    if (known.now.status === 'voided' || known.now.status === 'deleted') return done(known.now);
    known.voidedBy = by;
    return done(this.keep({ ...known.now, status: as }, by));
  }

  /** As a read shows it, which may lag. */
  read(id: string): CreditNote | null {
    const seenAt = this.books.seenAt();
    return this.notes.get(id)?.was.findLast(({ at }) => at <= seenAt)?.note ?? null;
  }

  readAll(): CreditNote[] {
    return [...this.notes.keys()].flatMap((id) => this.read(id) ?? []);
  }

  on(invoiceId: string): { note: CreditNote; allocation: CreditAllocation }[] {
    return [...this.notes.values()].flatMap(({ now }) => now.allocations.filter((each) => each.invoiceId === invoiceId).map((allocation) => ({ note: now, allocation })));
  }

  live(): KnownNote[] {
    return [...this.notes.values()].filter(({ now }) => now.status !== 'voided' && now.status !== 'deleted');
  }

  private keep(note: CreditNote, by: By): CreditNote {
    const known = this.notes.get(note.xeroId) ?? { now: note, by, voidedBy: null, was: [] };
    const over = note.status === 'voided' || note.status === 'deleted';
    const remaining = over ? 0 : note.total - sum([...note.allocations, ...note.refunds].map((each) => each.amount));
    known.now = frozen({ ...note, remaining, status: over || note.status === 'draft' || note.status === 'submitted' ? note.status : remaining === 0 ? 'paid' : 'authorised' });
    known.was.push({ at: this.books.now(), note: known.now });
    this.notes.set(note.xeroId, known);
    return known.now;
  }
}
