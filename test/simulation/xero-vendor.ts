import type { Contact, NewContact } from '../../src/core/contact.js';
import type { BankTransaction, NewBankTransaction } from '../../src/core/cost.js';
import type { CreditNote, NewCreditNote, NewRefund } from '../../src/core/credit-note.js';
import type { Invoice, InvoiceLine, NewInvoice, NewPayment } from '../../src/core/invoice.js';
import { KeptBackError } from '../../src/http/failure.js';
import { ServiceError } from '../../src/http/service-error.js';
import { SAME_KEY_MS } from '../../src/xero/same-key.js';
import type { Refusal, WriteResult, WrittenPayment, Xero } from '../../src/xero/xero.js';
import { books } from './books.js';
import { CallLimits, type Turns } from './call-limits.js';
import { frozen } from './frozen.js';
import { callOver, type Call, type Outcome } from './network.js';
import type { Life } from './scheduler.js';
import type { SignIns } from './sign-ins.js';
import { withToken, type Tokens } from './tokens.js';
import type { World } from './world.js';
import { asPayment, XeroBooks, type KnownInvoice, type KnownPayment } from './xero-books.js';

const KEY_LIVES = 6 * 60_000;

/** What whoever judges the run is told, before and after a write. */
export interface XeroWatch {
  sending: (life: Life, name: string, key: string | null, body: string) => void;
  creatingInvoice: (request: NewInvoice) => void;
  /** By somebody who, when it was sent, had been shown this version of the invoice. */
  updatingInvoice: (known: KnownInvoice, seen: number, request: NewInvoice, lineIds: (string | null)[]) => void;
  /** The receipts a payment of ours stands for. */
  receiptsOf: (request: NewPayment) => string[];
  paymentCreated: (payment: KnownPayment) => void;
  noteCreated: (note: CreditNote) => void;
  refunded: (request: NewRefund) => void;
  spendCreated: (spend: BankTransaction) => void;
  /** A write of ours that changed this record. */
  wrote: (id: string) => void;
}

/** Whose call it is, and where its tokens come from. */
interface Caller {
  life: Life;
  tokens: Tokens | null;
  mayWrite: () => boolean;
  turns: Turns | null;
}

export interface Kept {
  body: string;
  at: number;
  outcome: Outcome<unknown> | null;
  waiting: ((outcome: Outcome<unknown>) => void)[];
}

const refused = (refusal: Refusal, message: string): { ok: false; refused: Refusal; messages: string[] } => ({ ok: false, refused: refusal, messages: [message] });
const done = <T>(value: T): WriteResult<T> => ({ ok: true, value, warnings: [] });

/** An organisation in Xero with the rules that decide about doubles: unique numbers, amounts due, keys of six minutes that keep errors too. */
export class XeroVendor {
  readonly books: XeroBooks;
  connected = true;
  readonly limits: CallLimits | null;
  /** Requests that made an invoice. */
  private readonly taken: NewInvoice[] = [];

  /** `keys` belong to the app, not to the organisation. */
  constructor(private readonly world: World, private readonly watch: XeroWatch, private readonly keys: Map<string, Kept>, private readonly organisationId: string, private readonly signIns: SignIns | null) {
    this.books = new XeroBooks(world);
    this.limits = world.profile.limits && new CallLimits(world, world.profile.limits);
  }

  /** The port, as one process sees it; without `tokens` Xero asks for none. */
  portFor(life: Life, tokens: Tokens | null, mayWrite: () => boolean, turns: Turns | null): Xero {
    const { books: ledger, world } = this;
    const caller = { life, tokens, mayWrite, turns };
    const read = <T>(name: string, about: string, look: () => T): Promise<T> => this.read(caller, name, about, look);
    const write = <T>(name: string, key: string, body: unknown, commit: () => T): Promise<T> => this.write(caller, name, key, body, commit);
    const each = <R, T>(name: string, key: string, requests: R[], make: (request: R) => T): Promise<T[]> => this.write(caller, name, key, requests, (most) => requests.slice(0, most).map(make));
    const seen = new Map<string, number>();
    const saw = (invoices: Invoice[]): Invoice[] => {
      for (const invoice of invoices) seen.set(invoice.xeroId, ledger.invoices.get(invoice.xeroId)?.was.findLastIndex((each) => each.invoice === invoice) ?? 0);
      return invoices;
    };
    return {
      writingUntil: (moment) => this.portFor(life, tokens, () => mayWrite() && world.now <= moment, turns),
      dayShareLeft: () => null,
      books: () => read('books', '', () => ({ ...books, lockedThrough: ledger.lockedThrough, readAt: world.iso(), lockReadAt: world.iso() })),
      lockDates: () => read('lockDates', '', () => ({ organisation: books.organisation, lockedThrough: ledger.lockedThrough, lockReadAt: world.iso() })),
      brandingThemes: () => Promise.resolve([]),
      invoices: (ids) => read('invoices', ids.join(' '), () => ids.flatMap((id) => ledger.read(id) ?? [])).then(saw),
      invoicesByNumber: (numbers) => read('invoicesByNumber', numbers.join(' '), () => ledger.readAll().filter((invoice) => numbers.some((number) => same(number, invoice.number)))).then(saw),
      invoicesOfContacts: (contactIds, from, to) => read('invoicesOfContacts', contactIds.join(' '), () => ledger.readAll().filter(({ contactId, date }) => contactIds.includes(contactId) && from <= date && date <= to)).then(saw),
      invoicesChangedSince: (since) => read('invoicesChangedSince', since, () => ({ invoices: [...ledger.invoices.values()].filter(({ changedAt }) => ledger.changedSince(changedAt, since)).map(({ now }) => now), asOf: world.iso() })),
      standingInvoices: () => read('standingInvoices', '', () => ledger.readAll().filter(({ status }) => status !== 'voided' && status !== 'deleted')),
      createInvoices: (invoices, key) => each('createInvoices', key, invoices, (invoice) => this.createInvoice(invoice)),
      updateInvoices: (changes, key) => {
        const seenThen = new Map(seen);
        return each('updateInvoices', key, changes, ({ id, invoice, lineIds }) => this.updateInvoice(id, seenThen.get(id) ?? 0, invoice, lineIds));
      },
      approveInvoice: (id, key) => write('approveInvoice', key, id, () => this.change(id, (now) => (now.status === 'draft' || now.status === 'submitted' ? { ...now, status: 'authorised' } : refused('frozen', 'Not of valid status')))),
      renameInvoice: (id, number, key) => write('renameInvoice', key, [id, number], () => this.change(id, (now) => (isSettled(now) ? refused('frozen', 'Has payments or credit notes allocated') : this.numberTaken(number, id) ? refused('number-taken', 'Invoice # must be unique') : { ...now, number }))),
      voidInvoice: (id, as, key) => write('voidInvoice', key, [id, as], () => this.change(id, (now) => (isSettled(now) || now.status === 'voided' || now.status === 'deleted' ? refused('frozen', 'Not of valid status') : this.isClosed(now.date) ? closed : { ...now, status: as }))),
      createPayments: (payments, key) => each('createPayments', key, payments, (payment) => this.createPayment(payment)),
      deletePayment: (id, key) => write('deletePayment', key, id, () => this.deletePayment(id, 'Tieout')),
      payment: (id) => read('payment', id, () => ledger.readPayment(id)),
      paymentsChangedSince: (since) => read('paymentsChangedSince', since, () => ({ payments: [...ledger.payments.values()].filter(({ changedAt }) => ledger.changedSince(changedAt, since)).flatMap(({ xeroId }) => ledger.readPayment(xeroId) ?? []), asOf: world.iso() })),
      contact: (id) => read('contact', id, () => ledger.readContacts().find((contact) => contact.xeroId === id) ?? null),
      contacts: (ids) => read('contacts', ids.join(' '), () => ledger.readContacts().filter((contact) => ids.includes(contact.xeroId))),
      contactByNumber: (number) => read('contactByNumber', number, () => ledger.readContacts().find((contact) => contact.contactNumber === number) ?? null),
      contactsLike: (name, email, number) => read('contactsLike', name, () => ledger.readContacts().filter((contact) => same(contact.name, name) || (email !== null && contact.email === email) || contact.contactNumber === number)),
      allContacts: () => read('allContacts', '', () => ledger.readContacts()),
      createContacts: (contacts, key) => each('createContacts', key, contacts, (contact) => this.createContact(contact)),
      updateContact: () => Promise.reject(new Error('contacts are left alone in these settings')),
      noteOnInvoice: () => Promise.resolve(),
      creditNotes: (ids) => read('creditNotes', ids.join(' '), () => ids.flatMap((id) => ledger.credits.read(id) ?? [])),
      creditNotesByNumber: (numbers) => read('creditNotesByNumber', numbers.join(' '), () => ledger.credits.readAll().filter((note) => numbers.some((number) => same(number, note.number)))),
      creditNotesOfContact: (contactId, from, to) => read('creditNotesOfContact', contactId, () => ledger.credits.readAll().filter((note) => note.contactId === contactId && from <= note.date && note.date <= to)),
      createCreditNotes: (notes, key) => each('createCreditNotes', key, notes, (note) => this.createCreditNote(note)),
      allocateCredit: (allocation, key) => write('allocateCredit', key, allocation, () => this.wrote(allocation.invoiceXeroId, this.isClosed(allocation.date) ? closed : ledger.credits.allocate(allocation, 'Tieout'))),
      payRefunds: (refunds, key) => each('payRefunds', key, refunds, (refund) => this.payRefund(refund)),
      removeCreditAllocation: (noteId, allocationId) => this.writeWithoutKey(caller, 'removeCreditAllocation', `${noteId} ${allocationId}`, () => ledger.credits.deallocate(noteId, allocationId, 'Tieout')),
      voidCreditNote: (id, as, key) => write('voidCreditNote', key, [id, as], () => this.wrote(id, ledger.credits.end(id, as, 'Tieout'))),
      bankTransactions: (ids) => read('bankTransactions', ids.join(' '), () => ledger.costs.readAll().filter(({ xeroId }) => ids.includes(xeroId))),
      bankTransactionsByReference: (references) => read('bankTransactionsByReference', references.join(' '), () => ledger.costs.readAll().filter(({ reference }) => reference !== null && references.includes(reference))),
      spendIdsChangedSince: (since) => read('spendIdsChangedSince', since, () => ({ ids: [...ledger.costs.spends.values()].filter(({ changedAt }) => ledger.changedSince(changedAt, since)).map(({ now }) => now.xeroId), asOf: world.iso() })),
      createBankTransactions: (transactions, key) => each('createBankTransactions', key, transactions, (each) => this.createSpend(each)),
      updateBankTransaction: (id, transaction, lineIds, key) => write('updateBankTransaction', key, [id, transaction, lineIds], () => this.wrote(id, ledger.costs.update(id, transaction, lineIds, 'Tieout'))),
      deleteBankTransaction: (id, key) => write('deleteBankTransaction', key, id, () => this.wrote(id, ledger.costs.remove(id, 'Tieout'))),
      ...unused,
    };
  }

  /** By hand, in Xero's own pages. */
  deletePayment(id: string, by: 'Tieout' | 'people'): WriteResult<WrittenPayment> {
    const payment = this.books.payments.get(id);
    if (payment?.status !== 'authorised') return refused('not-payable', 'The payment is deleted already');
    if (payment.reconciled) return refused('reconciled', 'The payment has been reconciled');
    Object.assign(payment, { status: 'deleted', deletedBy: by, deletedAt: this.world.now, changedAt: this.world.now });
    const invoice = this.books.invoices.get(payment.invoiceId);
    if (invoice) this.books.keep(invoice.now, by, this.world.profile.unknowns.deletionIsStamped);
    if (by === 'Tieout') this.watch.wrote(id);
    return done({ ...asPayment(payment), invoiceId: payment.invoiceId });
  }

  pay(invoiceId: string, payment: { amount: number; date: string; reference: string; accountId: string; by: 'Tieout' | 'people'; receipts: string[] }): WriteResult<WrittenPayment> {
    const invoice = this.books.invoices.get(invoiceId)?.now;
    if (!invoice || (invoice.status !== 'authorised' && invoice.status !== 'paid')) return refused('not-payable', 'Payments can only be made against authorised documents');
    if (payment.amount > invoice.amountDue && payment.by === 'Tieout') this.world.count('payment above what is due');
    if (payment.amount > invoice.amountDue) return refused('payment-too-much', 'Payment amount exceeds the amount outstanding on this document');
    const xeroId = this.books.id('payment');
    const { amount, date, reference, accountId, by, receipts } = payment;
    this.books.payments.set(xeroId, { xeroId, amount, date, reference, accountId, status: 'authorised', reconciled: false, batched: false, invoiceId, changedAt: this.world.now, by, receipts, deletedBy: null, deletedAt: 0 });
    this.books.keep(invoice, by);
    return done({ xeroId, amount, date, reference, accountId, status: 'authorised', reconciled: false, batched: false, invoiceId });
  }

  /** A request that made an invoice comes out of the network once more, long after its key has died; the number may be free again by then. */
  comesAgain(): void {
    const late = this.taken.find(({ number }) => !this.numberTaken(number, null));
    if (!late || !this.connected || !this.createInvoice(late).ok) return;
    this.world.count('a request comes again after hours');
    this.world.tell('xero', `createInvoices ${late.number} arrives once more`);
  }

  numberTaken(number: string, butFor: string | null): boolean {
    return [...this.books.invoices.values()].some(({ now }) => now.xeroId !== butFor && same(now.number, number) && !this.books.numberIsFree(now.status));
  }

  private read<T>(caller: Caller, name: string, about: string, look: () => T): Promise<T> {
    return this.call<T>(caller, { service: 'xero', name, about, writes: false, arrive: ({ fails }, answer) => answer(fails ? broken(false) : { value: look() }) });
  }

  /** With a token, where Xero asks for one; from an organisation that is connected. */
  private call<T>({ life, tokens, mayWrite, turns }: Caller, call: Omit<Call<T>, 'life'>): Promise<T> {
    const sameKeyUntil = this.world.now + SAME_KEY_MS;
    const leave = (token: string | null, leaves: () => void, again: boolean): Promise<T> => {
      if (call.writes && (!mayWrite() || (again && this.world.now > sameKeyUntil))) return Promise.reject(new KeptBackError('xero', call.name));
      leaves();
      return callOver<T>(this.world, { ...call, life, arrive: (how, answer) => {
        const refused = this.limits?.arrives() ?? this.refusal(token, call.name);
        if (refused) answer({ error: refused });
        else call.arrive(how, answer);
      } });
    };
    const send = (token: string | null, again: boolean): Promise<T> => (turns ? turns(life, (leaves) => leave(token, leaves, again)) : leave(token, () => undefined, again));
    return tokens ? withToken(tokens, send) : send(null, false);
  }

  private refusal(token: string | null, name: string): ServiceError | null {
    if (!this.connected) return disconnected;
    if (token === null || !this.signIns) return null;
    const carries = this.signIns.check(token, this.organisationId);
    if (carries === 'foreign') this.world.violated(12, `${name} of ${this.organisationId} carries the token of another firm`);
    return carries === 'good' ? null : new ServiceError({ service: 'xero', kind: 'unauthorized', message: 'TokenExpired', status: 401 });
  }

  private write<T>(caller: Caller, name: string, key: string, content: unknown, commit: (most: number) => T): Promise<T> {
    const body = JSON.stringify([name, inOrder(content)]);
    return this.call<T>(caller, {
      service: 'xero', name, about: `${key.split(':').at(-1)?.slice(0, 8) ?? ''} ${body.slice(name.length + 4, name.length + 60)}`, writes: true,
      atSend: () => this.watch.sending(caller.life, name, key, body),
      arrive: ({ pause, fails }, answer) => {
        this.world.tell('xero', `${name} ${key.split(':').at(-1)?.slice(0, 8) ?? ''} arrives`);
        const known = this.keys.get(key);
        if (known && this.world.now - known.at < KEY_LIVES) { this.replay(known, body, (outcome) => answer(outcome as Outcome<T>)); return; }
        if (known) this.world.count('a key comes back after its life');
        const kept: Kept = { body, at: this.world.now, outcome: null, waiting: [] };
        this.keys.set(key, kept);
        const settle = (): void => {
          const half = Array.isArray(content) && fails === 'halfway' ? Math.ceil(content.length / 2) : Infinity;
          const made: Outcome<T> = fails === 'before' ? broken(true) : { value: commit(half) };
          if ('value' in made && changedSomething(made.value)) this.world.writes += 1;
          const outcome = fails === null ? made : broken(true);
          kept.outcome = outcome;
          answer(outcome);
          for (const waiting of kept.waiting) waiting(outcome);
        };
        if (pause > 0) this.world.scheduler.after(pause, null, settle);
        else settle();
      },
    });
  }

  /** Xero takes no key where an allocation is deleted; one that is gone already is not found, which is fine. */
  private writeWithoutKey(caller: Caller, name: string, about: string, commit: () => boolean): Promise<undefined> {
    return this.call<undefined>(caller, {
      service: 'xero', name, about, writes: true,
      atSend: () => this.watch.sending(caller.life, name, null, about),
      arrive: ({ fails }, answer) => {
        if (fails !== 'before' && commit()) this.world.writes += 1;
        answer(fails ? broken(true) : { value: undefined });
      },
    });
  }

  private wrote<T>(id: string, result: WriteResult<T>): WriteResult<T> {
    if (result.ok) this.watch.wrote(id);
    return result;
  }

  private isClosed(date: string): boolean {
    return date <= this.books.lockedThrough;
  }

  private createCreditNote(request: NewCreditNote): WriteResult<CreditNote> {
    if (this.isClosed(request.date)) return closed;
    const result = this.books.credits.create(request, 'Tieout');
    if (result.ok) this.watch.noteCreated(result.value);
    return result;
  }

  private payRefund(request: NewRefund): WriteResult<{ xeroId: string }> {
    if (this.isClosed(request.date)) return closed;
    const result = this.books.credits.refund(request, 'Tieout');
    if (result.ok) this.watch.refunded(request);
    return result;
  }

  private createSpend(request: NewBankTransaction): WriteResult<BankTransaction> {
    if (this.isClosed(request.date)) return closed;
    const result = this.books.costs.create(request, 'Tieout');
    if (result.ok) this.watch.spendCreated(result.value);
    return result;
  }

  private replay(known: Kept, body: string, answer: (outcome: Outcome<unknown>) => void): void {
    if (known.body !== body) { answer({ error: new ServiceError({ service: 'xero', kind: 'rejected', message: 'this key came with another body', status: 400 }) }); return; }
    if (known.outcome && 'error' in known.outcome) this.world.count('kept error replayed');
    if (known.outcome) { answer(known.outcome); return; }
    const { pendingKey } = this.world.profile.unknowns;
    if (pendingKey === 'waits') known.waiting.push(answer);
    else answer({ error: new ServiceError({ service: 'xero', kind: pendingKey === 'refused as conflict' ? 'conflict' : 'rejected', message: 'a request with this key is under way' }) });
  }

  private createInvoice(request: NewInvoice): WriteResult<Invoice> {
    const contact = this.books.contacts.get(request.contactXeroId)?.contact;
    if (contact?.status !== 'active') return refused('contact-archived', 'The contact is archived');
    if (this.numberTaken(request.number, null)) { this.world.count('number taken'); return refused('number-taken', 'Invoice # must be unique'); }
    if (this.isClosed(request.date)) return closed;
    this.watch.creatingInvoice(request);
    this.taken.push(request);
    return done(this.books.keep(this.written(request, this.books.id('invoice'), []), 'Tieout'));
  }

  private updateInvoice(id: string, seen: number, request: NewInvoice, lineIds: (string | null)[]): WriteResult<Invoice> {
    return this.change(id, (now) => {
      if (isSettled(now) || now.status === 'voided' || now.status === 'deleted') return refused('frozen', 'Not of valid status');
      if (this.isClosed(now.date) || this.isClosed(request.date)) return closed;
      if (this.numberTaken(request.number, id)) return refused('number-taken', 'Invoice # must be unique');
      const known = this.books.invoices.get(id);
      if (known) this.watch.updatingInvoice(known, seen, request, lineIds);
      return this.written(request, id, lineIds);
    });
  }

  private change(id: string, how: (now: Invoice) => Invoice | { ok: false; refused: Refusal; messages: string[] }): WriteResult<Invoice> {
    const known = this.books.invoices.get(id);
    if (!known) return refused('other', 'The document could not be found');
    const next = how(known.now);
    return 'ok' in next ? next : this.wrote(id, done(this.books.keep(next, 'Tieout')));
  }

  private createPayment(request: NewPayment): WriteResult<WrittenPayment> {
    const { invoiceXeroId, amount, date, reference, accountXeroId } = request;
    if (this.isClosed(date)) return closed;
    const result = this.pay(invoiceXeroId, { amount, date, reference, accountId: accountXeroId, by: 'Tieout', receipts: this.watch.receiptsOf(request) });
    const made = result.ok ? this.books.payments.get(result.value.xeroId) : undefined;
    if (made) this.watch.paymentCreated(made);
    return result;
  }

  private createContact({ name, contactNumber, email, taxNumber }: NewContact): WriteResult<Contact> {
    const contacts = [...this.books.contacts.values()].map(({ contact }) => contact);
    if (contacts.some((contact) => same(contact.name, name))) return refused('name-taken', 'The contact name is already assigned to another contact');
    if (contacts.some((contact) => contact.contactNumber === contactNumber)) return refused('contact-invalid', 'Account number already exists');
    const contact: Contact = frozen({ xeroId: this.books.id('contact'), name, email, phone: null, address: null, taxNumber, contactNumber, status: 'active', isCustomer: false, isSupplier: false, mergedToId: null, changedAt: null });
    this.books.contacts.set(contact.xeroId, { contact, at: this.world.now });
    return done(contact);
  }

  private written(request: NewInvoice, xeroId: string, lineIds: (string | null)[]): Invoice {
    const { number, reference, contactXeroId, currency, date, dueOn, status, brandingThemeId, url } = request;
    const lines = request.lines.map(({ text, net, tax, accountCode, taxType, tracking }, index): InvoiceLine => {
      const own = Math.sign(net) * Math.round((Math.abs(net) * Number(books.taxRates.find((rate) => rate.taxType === taxType)?.rate ?? '0')) / 100);
      return { xeroId: lineIds[index] ?? this.books.id('line'), text, net, tax: this.world.profile.unknowns.ownTax ? own : tax, accountCode, taxType, tracking };
    });
    const subTotal = lines.reduce((sum, line) => sum + line.net, 0);
    const totalTax = lines.reduce((sum, line) => sum + line.tax, 0);
    return { xeroId, number, reference, status, contactId: contactXeroId, currency, date, dueOn, amountsAre: 'exclusive', lines, subTotal, totalTax, total: subTotal + totalTax, amountDue: 0, amountPaid: 0, amountCredited: 0, payments: [], credits: [], url, brandingThemeId, changedAt: null };
  }
}

const closed = refused('period-closed', 'The document date cannot be before the period lock date');

const isSettled = ({ payments, credits }: Invoice): boolean => payments.length > 0 || credits.length > 0;

/** The clients write every field in its place, whatever the order they were kept in. */
const inOrder = (content: unknown): unknown => {
  if (Array.isArray(content)) return content.map(inOrder);
  return typeof content === 'object' && content !== null ? Object.fromEntries(Object.entries(content).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => [key, inOrder(value)])) : content;
};

const same = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

/** Some element was taken. */
const changedSomething = (value: unknown): boolean => (Array.isArray(value) ? value : [value]).some((each: unknown) => typeof each === 'object' && each !== null && 'ok' in each && each.ok === true);

const broken = (writes: boolean): { error: ServiceError } => ({ error: new ServiceError({ service: 'xero', kind: writes ? 'ambiguous' : 'unavailable', message: 'server error', status: 500 }) });

const disconnected = new ServiceError({ service: 'xero', kind: 'forbidden', message: 'AuthenticationUnsuccessful', status: 403 });

const never = (): Promise<never> => Promise.reject(new Error('no simulated firm uses this'));

/** Supplier's bills have no part in these stories. */
const unused = {
  createSupplierBills: never,
  supplierBillsByNumber: () => Promise.resolve([]),
  supplierBills: () => Promise.resolve([]),
  supplierBillIdsChangedSince: (since: string) => Promise.resolve({ ids: [], asOf: since }),
  updateSupplierBill: never,
} satisfies Partial<Xero>;
