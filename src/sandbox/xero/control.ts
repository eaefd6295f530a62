import { byHand, personCall } from './by-hand.js';
import type { AnyInvoice } from './snapshots.js';
import { snapshots, type Snapshots } from './snapshots.js';
import { createBatch } from './banking/batch-payments.js';
import { createTransaction, updateTransaction } from './banking/bank-transactions.js';
import { Organisation, type Advance, type BankTransaction, type Contact, type CreditNote, type Invoice, type Payment } from './books/organisation.js';
import { amountDue } from './books/settlement.js';
import { updateContact } from './books/contacts.js';
import { allocateCredit, takeOff } from './documents/allocations.js';
import { createCreditNote, updateCreditNote } from './documents/credit-note-create.js';
import { createInvoice } from './documents/invoice-create.js';
import { updateInvoice } from './documents/invoice-update.js';
import { createPayment } from './documents/payment-create.js';
import { deletePayment } from './documents/payment-delete.js';
import type { FaultSpec } from './gate/faults.js';
import { allow, deny, readAsked } from './identity/authorize.js';
import { Incoming, type Json } from './incoming.js';
import { fromCents } from './money/decimal.js';
import { fillChart } from './seed/charts.js';
import { connectEarlierCustomer } from './seed/seed.js';
import type { Delivery } from './webhooks/deliveries.js';
import type { Outcome } from './webhooks/send.js';
import type { CallRecord, World } from './world.js';

/** What a person in Xero, or a test, does; nothing of it is on Xero's paths. Amounts are cents, dates calendar dates. */
export interface XeroControl extends Snapshots {
  registerApp(app: { clientId: string; clientSecret: string; name: string; redirectUris: string[]; webhookUrl?: string; webhookKey?: string; categories?: string[] }): void;
  setWebhook(clientId: string, webhook: { url: string; key: string; categories: string[] }): void;
  /** For the named app, or the only one. */
  runIntentToReceive(clientId?: string): ReturnType<World['deliveries']['intentToReceive']>;
  /** Clicks through the consent page: gives the address the browser would be sent to. */
  consent(facts: { authorizeUrl: string; userEmail?: string; organisation?: string; deny?: boolean }): string;
  recordPayment(facts: { invoiceId: string; amount?: number; date?: string; accountId?: string; reference?: string }): Payment;
  /** One deposit over several invoices, each in full. */
  recordBatch(facts: { invoiceIds: string[]; date: string }): void;
  deletePayment(paymentId: string): Payment;
  reconcilePayment(paymentId: string): void;
  /** `changes` is JSON as the API takes it. */
  createInvoice(organisation: string, invoice: Json): Invoice;
  editInvoice(invoiceId: string, changes: Json): Invoice;
  /** Spend or receive money; `transaction` is JSON as the API takes it. */
  createBankTransaction(organisation: string, transaction: Json): BankTransaction;
  editBankTransaction(id: string, changes: Json): void;
  reconcileBankTransaction(id: string): void;
  voidInvoice(invoiceId: string): Invoice;
  /** A credit note of one line on the invoice's first account, without tax, allocated to the invoice. */
  creditInvoice(facts: { invoiceId: string; amount: number; date?: string; reference?: string }): CreditNote;
  /** Taken off its invoices, then voided. */
  withdrawCredit(noteId: string): void;
  /** Such a note put on nothing, paid out of the first bank account unless told otherwise. */
  refundByHand(facts: { invoiceId: string; amount: number; date: string; reference?: string; paidOut?: boolean; draft?: boolean }): CreditNote;
  /** Money of a client without an invoice, on the first bank account; gives the over- or prepayment. */
  receiveAdvance(facts: { contactId: string; kind: 'overpayment' | 'prepayment'; amount: number; date: string }): Advance;
  putAdvanceOn(facts: { advanceId: string; invoiceId: string; amount: number; date: string }): void;
  takeAdvanceOff(facts: { advanceId: string; invoiceId: string }): void;
  archiveContact(contactId: string): void;
  restoreContact(contactId: string): void;
  mergeContacts(facts: { from: string; into: string }): void;
  editContact(contactId: string, changes: Json): Contact;
  archiveAccount(accountId: string): void;
  setLockDates(organisation: string, dates: { period?: string | undefined; endOfYear?: string | undefined }): void;
  archiveTaxRate(organisation: string, taxType: string): void;
  setTrackingOption(organisation: string, option: { category: string; name: string; status: 'ACTIVE' | 'ARCHIVED' }): void;
  addTrackingOption(organisation: string, option: { category: string; name: string }): { categoryId: string; optionId: string };
  addCurrency(organisation: string, currency: { code: string; description: string; rate: number }): void;
  /** Makes the first person a user of the organisation, so that they may connect it. */
  invite(organisation: string): void;
  /** The company starts afresh under its id, as Xero does with a demo company every few weeks: same chart, nothing that was entered. */
  reset(organisation: string): void;
  /** Ends the connections of every app to the organisation, from inside Xero: no event is sent. */
  disconnect(organisation: string): void;
  /** Grants handed out for an app end, as if the person had revoked them. */
  endGrants(clientId: string): void;
  /** Calls that need this scope are refused from now on, until a person consents again. No document says how that comes about: a role lowered, or a scope retired. */
  takeScope(clientId: string, scope: string): void;
  setDayLimit(calls: number): void;
  injectFault(spec: FaultSpec): void;
  clearFaults(): void;
  calls(filter?: { method?: string; path?: RegExp }): CallRecord[];
  deliveries(): Delivery[];
  redeliver(deliveryId: string): Promise<Outcome | undefined>;
  /** Resolves when no delivery is under way. */
  settled(): Promise<void>;
}

/** Organisations are named by id, short code or name. */
export function makeControl(world: World): XeroControl {
  const books = (key: string): Organisation => {
    const found = [...world.organisations.values()].find((each) => [each.id, each.facts.shortCode, each.facts.name].includes(key));
    if (!found) throw new Error(`No organisation ${key}`);
    return found;
  };
  const onlyApp = (): string => [...world.apps.keys()][0] ?? '';
  const at = <T>(pick: (organisation: Organisation) => T | undefined): [Organisation, T] => {
    for (const organisation of world.organisations.values()) {
      const found = pick(organisation);
      if (found !== undefined) return [organisation, found];
    }
    throw new Error('No such record in any organisation');
  };
  const invoiceAt = (id: string): [Organisation, Invoice] => at((organisation) => organisation.invoices.get(id));
  const contactAt = (id: string): [Organisation, Contact] => at((organisation) => organisation.contacts.get(id));
  const editInvoice = (id: string, changes: Json): Invoice => {
    const [organisation, invoice] = invoiceAt(id);
    return byHand(world, organisation, (call) => updateInvoice(call, invoice, new Incoming(changes)).record);
  };
  const editContact = (id: string, changes: Json): Contact => {
    const [organisation, contact] = contactAt(id);
    return byHand(world, organisation, (call) => updateContact(call, contact, new Incoming(changes)));
  };
  return {
    ...snapshots(world),
    registerApp(app) {
      world.apps.set(app.clientId, { id: world.newId(), clientId: app.clientId, clientSecret: app.clientSecret, name: app.name, redirectUris: app.redirectUris });
      world.deliveries.subscribe(app.clientId, { url: app.webhookUrl ?? '', key: app.webhookKey ?? '', categories: app.categories ?? [] });
      connectEarlierCustomer(world, app.clientId);
    },
    setWebhook: (clientId, webhook) => world.deliveries.subscribe(clientId, webhook),
    runIntentToReceive: (clientId) => world.deliveries.intentToReceive(clientId ?? onlyApp()),
    invite(organisation) {
      world.users[0]?.organisationIds.push(books(organisation).id);
    },
    consent(facts) {
      const asked = readAsked(world, new URL(facts.authorizeUrl).searchParams);
      if ('error' in asked) throw new Error(asked.error);
      const user = world.users.find((each) => facts.userEmail === undefined || each.email === facts.userEmail);
      if (facts.deny === true || !user) return deny(asked);
      const chosen = facts.organisation === undefined ? user.organisationIds.slice(0, 1) : [books(facts.organisation).id];
      return allow(world, asked, user, chosen);
    },
    recordPayment(facts) {
      const [organisation, invoice] = invoiceAt(facts.invoiceId);
      const bank = organisation.accounts.all().find((each) => each.type === 'BANK');
      const element = { Invoice: { InvoiceID: invoice.id }, Account: { AccountID: facts.accountId ?? bank?.id }, Amount: fromCents(facts.amount ?? amountDue(organisation, invoice)), Date: facts.date, Reference: facts.reference ?? '' };
      return byHand(world, organisation, (call) => createPayment(call, new Incoming(element)).record);
    },
    recordBatch({ invoiceIds, date }) {
      const invoices = invoiceIds.map((id) => invoiceAt(id));
      const organisation = invoices[0]?.[0];
      if (!organisation) throw new Error('A batch needs an invoice');
      const bank = organisation.accounts.all().find((each) => each.type === 'BANK');
      const payments = invoices.map(([, invoice]) => ({ Invoice: { InvoiceID: invoice.id }, Amount: fromCents(amountDue(organisation, invoice)) }));
      byHand(world, organisation, (call) => createBatch(call, new Incoming({ Account: { AccountID: bank?.id }, Date: date, Payments: payments })));
    },
    deletePayment(id) {
      const [organisation, payment] = at((each) => each.payments.get(id));
      return byHand(world, organisation, (call) => deletePayment(call, payment));
    },
    reconcilePayment(id) {
      const [organisation, payment] = at((each) => each.payments.get(id));
      byHand(world, organisation, (call) => organisation.payments.put({ ...payment, isReconciled: true, updatedAt: call.now }));
    },
    createInvoice: (key, invoice) => byHand(world, books(key), (call) => createInvoice(call, new Incoming(invoice), undefined).record),
    editInvoice,
    createBankTransaction: (key, transaction) => byHand(world, books(key), (call) => createTransaction(call, new Incoming(transaction))),
    editBankTransaction(id, changes) {
      const [organisation, transaction] = at((each) => each.bankTransactions.get(id));
      byHand(world, organisation, (call) => updateTransaction(call, transaction, new Incoming(changes)));
    },
    reconcileBankTransaction(id) {
      const [organisation, transaction] = at((each) => each.bankTransactions.get(id));
      byHand(world, organisation, (call) => organisation.bankTransactions.put({ ...transaction, isReconciled: true, updatedAt: call.now }));
    },
    voidInvoice: (id) => editInvoice(id, { Status: ['DRAFT', 'SUBMITTED'].includes(invoiceAt(id)[1].status) ? 'DELETED' : 'VOIDED' }),
    creditInvoice(facts) {
      const [organisation, invoice] = invoiceAt(facts.invoiceId);
      return byHand(world, organisation, (call) => creditInvoice(call, invoice, facts));
    },
    withdrawCredit(noteId) {
      const organisation = [...world.organisations.values()].find((each) => each.creditNotes.get(noteId));
      const note = organisation?.creditNotes.get(noteId);
      if (!organisation || !note) throw new Error(`no credit note ${noteId}`);
      byHand(world, organisation, (call) => {
        for (const allocation of organisation.allocations.by('source', noteId).filter((each) => !each.isDeleted)) takeOff(call, allocation);
        updateCreditNote(call, organisation.creditNotes.get(noteId) ?? note, new Incoming({ Status: 'VOIDED' }));
      });
    },
    refundByHand({ paidOut = true, draft = false, ...facts }) {
      const [organisation, invoice] = invoiceAt(facts.invoiceId);
      const bank = organisation.accounts.all().find((each) => each.type === 'BANK');
      return byHand(world, organisation, (call) => {
        const note = noteLike(call, invoice, facts, draft ? 'DRAFT' : 'AUTHORISED');
        if (paidOut && !draft) createPayment(call, new Incoming({ CreditNote: { CreditNoteID: note.id }, Account: { AccountID: bank?.id }, Date: facts.date, Amount: fromCents(facts.amount) }));
        return organisation.creditNotes.get(note.id) ?? note;
      });
    },
    receiveAdvance({ contactId, kind, amount, date }) {
      const [organisation] = contactAt(contactId);
      const bank = organisation.accounts.all().find((each) => each.type === 'BANK');
      const line = { Description: 'Money on account', Quantity: 1, UnitAmount: fromCents(amount), ...(kind === 'prepayment' ? { AccountCode: '200', TaxType: 'NONE' } : {}) };
      const element = { Type: `RECEIVE-${kind.toUpperCase()}`, Contact: { ContactID: contactId }, BankAccount: { AccountID: bank?.id }, Date: date, LineAmountTypes: 'NoTax', LineItems: [line] };
      return byHand(world, organisation, (call) => {
        const advance = organisation.advances.get(createTransaction(call, new Incoming(element)).advanceId ?? '');
        if (!advance) throw new Error('The transaction made no advance');
        return advance;
      });
    },
    putAdvanceOn({ advanceId, invoiceId, amount, date }) {
      const [organisation, advance] = at((each) => each.advances.get(advanceId));
      byHand(world, organisation, (call) => allocateCredit(call, { kind: advance.kind, id: advance.id }, new Incoming({ Invoice: { InvoiceID: invoiceId }, Amount: fromCents(amount), Date: date })));
    },
    takeAdvanceOff({ advanceId, invoiceId }) {
      const [organisation] = at((each) => each.advances.get(advanceId));
      byHand(world, organisation, (call) => organisation.allocations.by('source', advanceId).filter((each) => each.invoiceId === invoiceId && !each.isDeleted).forEach((each) => takeOff(call, each)));
    },
    archiveContact: (id) => void editContact(id, { ContactStatus: 'ARCHIVED' }),
    restoreContact: (id) => void editContact(id, { ContactStatus: 'ACTIVE' }),
    mergeContacts({ from, into }) {
      const [organisation, contact] = contactAt(from);
      byHand(world, organisation, (call) => {
        organisation.contacts.put({ ...contact, status: 'ARCHIVED', mergedTo: into, updatedAt: call.now });
        for (const invoice of organisation.invoices.by('contact', from)) organisation.invoices.put({ ...invoice, contactId: into });
        organisation.tell({ category: 'CONTACT', type: 'UPDATE', id: from, at: call.now });
      });
    },
    editContact,
    archiveAccount(id) {
      const [organisation, account] = at((each) => each.accounts.get(id));
      byHand(world, organisation, (call) => organisation.accounts.put({ ...account, status: 'ARCHIVED', updatedAt: call.now }));
    },
    setLockDates(key, { period, endOfYear }) {
      const organisation = books(key);
      const { periodLockDate: _period, endOfYearLockDate: _year, ...rest } = organisation.facts;
      organisation.facts = { ...rest, ...(period === undefined ? {} : { periodLockDate: period }), ...(endOfYear === undefined ? {} : { endOfYearLockDate: endOfYear }) };
    },
    archiveTaxRate(key, taxType) {
      const organisation = books(key);
      const rate = organisation.taxRates.all().find((each) => each.taxType === taxType);
      if (!rate) throw new Error(`No tax rate ${taxType}`);
      organisation.taxRates.put({ ...rate, status: 'ARCHIVED' });
    },
    setTrackingOption(key, { category, name, status }) {
      const organisation = books(key);
      const known = organisation.trackingCategories.all().find((each) => each.name === category);
      if (!known?.options.some((each) => each.name === name)) throw new Error(`No tracking option ${name} in ${category}`);
      organisation.trackingCategories.put({ ...known, options: known.options.map((each) => (each.name === name ? { ...each, status } : each)) });
    },
    addTrackingOption(key, { category, name }) {
      const organisation = books(key);
      const known = organisation.trackingCategories.all().find((each) => each.name === category);
      if (!known) throw new Error(`No tracking category ${category}`);
      const id = world.newId();
      organisation.trackingCategories.put({ ...known, options: [...known.options, { id, name, status: 'ACTIVE' }] });
      return { categoryId: known.id, optionId: id };
    },
    addCurrency(key, currency) {
      const organisation = books(key);
      organisation.facts = { ...organisation.facts, currencies: [...organisation.facts.currencies, currency] };
    },
    reset(key) {
      const { facts } = books(key);
      const afresh = new Organisation({ ...facts, id: world.newId(), shortCode: `!${world.newId().slice(0, 5)}`, isDemoCompany: true });
      fillChart(afresh);
      afresh.facts = { ...afresh.facts, id: facts.id };
      world.organisations.set(facts.id, afresh);
    },
    disconnect(key) {
      const { id } = books(key);
      world.grants.disconnect((each) => each.tenantId === id);
    },
    endGrants: (clientId) => world.grants.endTokenSets((set) => set.clientId === clientId),
    takeScope: (clientId, scope) => world.grants.takeScope(clientId, scope),
    setDayLimit(calls) {
      world.switches.dayLimit = calls;
    },
    injectFault: (spec) => world.faults.add(spec),
    clearFaults: () => world.faults.clear(),
    calls: (filter) => world.calls.filter((each) => (filter?.method ?? each.method) === each.method && (filter?.path?.test(each.path) ?? true)),
    deliveries: () => [...world.deliveries.log],
    redeliver: (id) => world.deliveries.redeliver(id),
    settled: () => world.deliveries.settled(),
  };
}

function creditInvoice(call: ReturnType<typeof personCall>, invoice: AnyInvoice, facts: { amount: number; date?: string; reference?: string }): CreditNote {
  const note = noteLike(call, invoice, facts, 'AUTHORISED');
  allocateCredit(call, { kind: 'credit-note', id: note.id }, new Incoming({ Invoice: { InvoiceID: invoice.id }, Amount: fromCents(facts.amount), Date: note.date }));
  return call.organisation.creditNotes.get(note.id) ?? note;
}

function noteLike(call: ReturnType<typeof personCall>, invoice: AnyInvoice, facts: { amount: number; date?: string; reference?: string }, status: 'DRAFT' | 'AUTHORISED'): CreditNote {
  const element = {
    Type: invoice.type === 'ACCREC' ? 'ACCRECCREDIT' : 'ACCPAYCREDIT',
    Status: status,
    Contact: { ContactID: invoice.contactId },
    Date: facts.date,
    Reference: facts.reference ?? invoice.number,
    LineAmountTypes: 'NoTax',
    CurrencyCode: invoice.currency,
    LineItems: [{ Description: `Credit for ${invoice.number}`, Quantity: 1, UnitAmount: fromCents(facts.amount), AccountID: invoice.lines.find((each) => each.accountId !== undefined)?.accountId }],
  };
  return createCreditNote(call, new Incoming(element)).record;
}
