import type { Books } from '../core/books.js';
import type { CalendarDate, Instant } from '../core/calendar.js';
import type { Details } from '../core/contact-details.js';
import type { Contact, NewContact } from '../core/contact.js';
import type { BankTransaction, NewBankTransaction, NewSupplierBill } from '../core/cost.js';
import type { CreditNote, NewCreditAllocation, NewCreditNote, NewRefund } from '../core/credit-note.js';
import type { Invoice, InvoicePayment, NewInvoice, NewPayment } from '../core/invoice.js';

/**
 * One organisation in Xero, spoken to with one firm's token, in Tieout's own words. Made by `xero/client`.
 * Every method throws `ServiceError`; a write whose outcome is unknown throws kind `ambiguous`.
 * `key` is the Idempotency-Key; the same key must always come with the same arguments, which then make the same bytes.
 */
export interface Xero extends XeroCreditNotes, XeroCosts {
  /** The same organisation, but no write leaves after this moment (milliseconds UTC): one that had to wait until then fails as never sent. */
  writingUntil(moment: number): Xero;

  /** Of the day's calls for work nobody waits for, the share that is left (0 to 1), as far as Xero told lately. No call. */
  dayShareLeft(): number | null;

  /** Five calls. */
  books(): Promise<Omit<Books, 'brandingThemes'>>;
  /** The part of the books that closes periods: one call. */
  lockDates(): Promise<LockDates>;
  /** Apart from the books, as they need not be fresh: an invoice takes the default theme where the chosen one is gone. */
  brandingThemes(): Promise<Books['brandingThemes']>;

  /** Full invoices with lines, payments and credits; deleted and voided ones included; missing ids are missing. */
  invoices(ids: string[]): Promise<Invoice[]>;
  invoicesByNumber(numbers: string[]): Promise<Invoice[]>;
  /** Sales invoices of these contacts dated from the one calendar day to the other, both included. */
  invoicesOfContacts(contactIds: string[], from: CalendarDate, to: CalendarDate): Promise<Invoice[]>;
  /** Sales invoices changed since, in short; `asOf` is Xero's clock (DateTimeUTC) of the first page. */
  invoicesChangedSince(since: Instant): Promise<{ invoices: ChangedInvoice[]; asOf: Instant }>;
  /** All sales invoices that are neither void nor deleted, in short: one call per thousand. */
  standingInvoices(): Promise<StandingInvoice[]>;
  /** `PUT /Invoices?summarizeErrors=false&unitdp=4`: creates only; a taken number is refused, never overwritten. */
  createInvoices(invoices: NewInvoice[], key: string): Promise<WriteResult<Invoice>[]>;
  /** `lineIds[i]` is the LineItemID that `invoice.lines[i]` keeps, null for a new line; lines not listed disappear. */
  /** One call for all, one result each, in the order given. `lineIds`: the line of the invoice that each new line takes the place of. */
  updateInvoices(changes: { id: string; invoice: NewInvoice; lineIds: (string | null)[] }[], key: string): Promise<WriteResult<Invoice>[]>;
  approveInvoice(id: string, key: string): Promise<WriteResult<Invoice>>;
  /** Renames first when asked (a voided number stays taken), then VOIDED, or DELETED for drafts. */
  renameInvoice(id: string, number: string, key: string): Promise<WriteResult<Invoice>>;
  voidInvoice(id: string, as: 'voided' | 'deleted', key: string): Promise<WriteResult<Invoice>>;

  createPayments(payments: NewPayment[], key: string): Promise<WriteResult<WrittenPayment>[]>;
  deletePayment(id: string, key: string): Promise<WriteResult<WrittenPayment>>;
  payment(id: string): Promise<WrittenPayment | null>;
  /** Payments changed since (deleted ones included) with the invoice they belong to. */
  paymentsChangedSince(since: Instant): Promise<{ payments: WrittenPayment[]; asOf: Instant }>;

  contact(id: string): Promise<Contact | null>;
  /** Up to 50 at a time; archived and merged ones included, missing ids are missing. */
  contacts(ids: string[]): Promise<Contact[]>;
  contactByNumber(contactNumber: string): Promise<Contact | null>;
  /** Everything that could be this client: equal name, equal e-mail or, where it is given, our number; archived ones included. */
  contactsLike(name: string, email: string | null, contactNumber?: string): Promise<Contact[]>;
  /** Every contact of the organisation, archived ones included: one call per thousand. */
  allContacts(): Promise<Contact[]>;
  createContacts(contacts: NewContact[], key: string): Promise<WriteResult<Contact>[]>;
  /** Only what is given changes. */
  updateContact(id: string, details: Partial<Details>, key: string): Promise<WriteResult<Contact>>;

  /** A line in the invoice's history; at most 2,500 characters. */
  noteOnInvoice(id: string, text: string, key: string): Promise<void>;
}

export type LockDates = Pick<Books, 'organisation' | 'lockedThrough' | 'lockReadAt'>;

/** What Xero's short list tells of an invoice. */
export type ChangedInvoice = Pick<Invoice, 'xeroId' | 'number' | 'status' | 'url'>;

export type StandingInvoice = ChangedInvoice & Pick<Invoice, 'amountDue'>;

export interface XeroCreditNotes {
  creditNotes(ids: string[]): Promise<CreditNote[]>;
  creditNotesByNumber(numbers: string[]): Promise<CreditNote[]>;
  /** Sales credit notes of this contact dated from the one calendar day to the other, both included. */
  creditNotesOfContact(contactId: string, from: CalendarDate, to: CalendarDate): Promise<CreditNote[]>;
  /** Creates only; a taken number is refused. */
  createCreditNotes(notes: NewCreditNote[], key: string): Promise<WriteResult<CreditNote>[]>;
  /** The note as it stands afterwards, its allocations with their ids. */
  allocateCredit(allocation: NewCreditAllocation, key: string): Promise<WriteResult<CreditNote>>;
  /** Payments back to the client, each out of its note. */
  payRefunds(refunds: NewRefund[], key: string): Promise<WriteResult<{ xeroId: string }>[]>;
  /** Xero takes no key here; one that is gone already is fine. */
  removeCreditAllocation(creditNoteId: string, allocationId: string): Promise<void>;
  voidCreditNote(id: string, as: 'voided' | 'deleted', key: string): Promise<WriteResult<CreditNote>>;
}

/** Needs the scope for bank transactions, which is asked for only when a firm turns costs on. */
export interface XeroCosts {
  /** References are not unique in Xero: all that carry one are given, deleted ones included. */
  bankTransactionsByReference(references: string[]): Promise<BankTransaction[]>;
  createBankTransactions(transactions: NewBankTransaction[], key: string): Promise<WriteResult<BankTransaction>[]>;
  /** Spent or received; removed ones included, missing ids are missing. */
  bankTransactions(ids: string[]): Promise<BankTransaction[]>;
  /** Money spent alone. */
  spendIdsChangedSince(since: Instant): Promise<{ ids: string[]; asOf: Instant }>;
  /** `lineIds[i]` is the LineItemID that line i keeps; lines not listed disappear. Refused once reconciled. */
  updateBankTransaction(id: string, transaction: NewBankTransaction, lineIds: (string | null)[], key: string): Promise<WriteResult<BankTransaction>>;
  deleteBankTransaction(id: string, key: string): Promise<WriteResult<BankTransaction>>;
  /** Supplier bills are read as invoices. Their numbers are not unique: look before making one. */
  createSupplierBills(bills: NewSupplierBill[], key: string): Promise<WriteResult<Invoice>[]>;
  supplierBillsByNumber(numbers: string[]): Promise<Invoice[]>;
  supplierBills(ids: string[]): Promise<Invoice[]>;
  supplierBillIdsChangedSince(since: Instant): Promise<{ ids: string[]; asOf: Instant }>;
  /** The status stays as it is; `voidInvoice` takes bills as well. */
  updateSupplierBill(id: string, bill: NewSupplierBill, lineIds: (string | null)[], key: string): Promise<WriteResult<Invoice>>;
}

export type WriteResult<T> = { ok: true; value: T; warnings: string[] } | { ok: false; refused: Refusal; messages: string[] };

/** What Xero's refusal means, recognised in `xero/refusals` (the one place that knows Xero's wording). */
export type Refusal =
  | 'number-taken'
  | 'name-taken'
  | 'period-closed'
  | 'account-invalid'
  | 'tax-invalid'
  | 'tracking-invalid'
  | 'contact-archived'
  | 'contact-invalid'
  | 'currency-not-enabled'
  | 'payment-too-much'
  | 'not-payable'
  | 'frozen'
  | 'reconciled'
  | 'plan-limit'
  | 'other';

export interface WrittenPayment extends InvoicePayment {
  invoiceId: string;
}

