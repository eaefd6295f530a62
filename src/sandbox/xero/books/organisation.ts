import { Table, Undo } from '../table.js';
import type { LineAmountTypes } from '../money/line-tax.js';

/** Money in every record here is whole cents of the record's currency; dates are calendar dates, `…At` instants in milliseconds. */

export interface Account {
  id: string;
  code: string;
  name: string;
  type: string;
  class: 'ASSET' | 'EQUITY' | 'EXPENSE' | 'LIABILITY' | 'REVENUE';
  status: 'ACTIVE' | 'ARCHIVED' | 'DELETED';
  taxType: string;
  description?: string;
  bankAccountNumber?: string;
  bankAccountType?: string;
  currencyCode?: string;
  enablePayments: boolean;
  systemAccount: string;
  updatedAt: number;
}

export interface TaxRate {
  id: string;
  name: string;
  taxType: string;
  reportTaxType: string;
  status: 'ACTIVE' | 'DELETED' | 'ARCHIVED' | 'PENDING';
  appliesTo: Account['class'][];
  components: { name: string; rate: number; isCompound: boolean }[];
}

export interface TrackingCategory {
  id: string;
  name: string;
  status: 'ACTIVE' | 'ARCHIVED';
  options: { id: string; name: string; status: 'ACTIVE' | 'ARCHIVED' }[];
}

export interface Contact {
  id: string;
  contactNumber?: string;
  accountNumber?: string;
  status: 'ACTIVE' | 'ARCHIVED' | 'GDPRREQUEST';
  mergedTo?: string;
  name: string;
  firstName?: string;
  lastName?: string;
  email?: string;
  taxNumber?: string;
  companyNumber?: string;
  addresses: Partial<Record<AddressType, Record<string, string>>>;
  phones: Partial<Record<PhoneType, Record<string, string>>>;
  persons: { FirstName?: string; LastName?: string; EmailAddress?: string; IncludeInEmails?: boolean }[];
  isCustomer: boolean;
  isSupplier: boolean;
  createdAt: number;
  updatedAt: number;
}
export const addressTypes = ['POBOX', 'STREET'] as const;
export const phoneTypes = ['DDI', 'DEFAULT', 'FAX', 'MOBILE'] as const;
export type AddressType = (typeof addressTypes)[number];
export type PhoneType = (typeof phoneTypes)[number];

export interface Line {
  id: string;
  description: string;
  quantity?: number;
  unitAmount?: number;
  lineAmount: number;
  discountRate?: number;
  discountAmount?: number;
  taxType: string;
  taxAmount: number;
  accountId?: string;
  tracking: { categoryId: string; optionId: string }[];
}

export interface Money {
  currency: string;
  currencyRate: number;
  lineAmountTypes: LineAmountTypes;
  lines: Line[];
  subTotal: number;
  totalTax: number;
  total: number;
}

export type DocumentStatus = 'DRAFT' | 'SUBMITTED' | 'DELETED' | 'AUTHORISED' | 'PAID' | 'VOIDED';

export interface Document extends Money {
  id: string;
  contactId: string;
  number: string;
  reference: string;
  date: string;
  status: DocumentStatus;
  brandingThemeId?: string;
  fullyPaidOn?: string;
  sentToContact: boolean;
  createdByApp?: string;
  createdAt: number;
  updatedAt: number;
}

export interface Invoice extends Document {
  type: 'ACCREC' | 'ACCPAY';
  dueDate?: string;
  expectedPaymentDate?: string;
  plannedPaymentDate?: string;
  url?: string;
  /** Numbers it gave up. */
  formerNumbers?: string[];
}

export interface CreditNote extends Document {
  type: 'ACCRECCREDIT' | 'ACCPAYCREDIT';
}

/** An overpayment or a prepayment: money on a contact's account, made by a bank transaction. */
export interface Advance extends Money {
  id: string;
  kind: 'overpayment' | 'prepayment';
  direction: 'RECEIVE' | 'SPEND';
  contactId: string;
  date: string;
  reference: string;
  status: 'AUTHORISED' | 'PAID' | 'VOIDED';
  bankTransactionId: string;
  createdAt: number;
  updatedAt: number;
}

export type CreditKind = 'credit-note' | 'overpayment' | 'prepayment';

export interface Allocation {
  id: string;
  source: { kind: CreditKind; id: string };
  invoiceId: string;
  amount: number;
  date: string;
  isDeleted: boolean;
}

export interface Payment {
  id: string;
  target: { kind: 'invoice' | CreditKind; id: string };
  paymentType: string;
  accountId: string;
  date: string;
  amount: number;
  bankAmount: number;
  currencyRate: number;
  reference: string;
  isReconciled: boolean;
  status: 'AUTHORISED' | 'DELETED';
  batchId?: string;
  createdAt: number;
  updatedAt: number;
}

export interface BatchPayment {
  id: string;
  type: 'RECBATCH' | 'PAYBATCH';
  accountId: string;
  date: string;
  reference: string;
  details: string;
  narrative: string;
  total: number;
  isReconciled: boolean;
  status: 'AUTHORISED' | 'DELETED';
  updatedAt: number;
}

export interface BankTransaction extends Money {
  id: string;
  type: string;
  contactId?: string;
  bankAccountId: string;
  date: string;
  reference: string;
  status: 'AUTHORISED' | 'DELETED' | 'VOIDED';
  isReconciled: boolean;
  url?: string;
  advanceId?: string;
  createdAt: number;
  updatedAt: number;
}

export interface BankTransfer {
  id: string;
  from: string;
  to: string;
  fromTransactionId: string;
  toTransactionId: string;
  amount: number;
  date: string;
  reference: string;
  status: 'AUTHORISED' | 'DELETED';
  createdAt: number;
}

export interface ManualJournal {
  id: string;
  narration: string;
  date: string;
  status: string;
  lineAmountTypes: LineAmountTypes;
  showOnCashBasis: boolean;
  lines: { amount: number; accountId: string; description: string; taxType: string; taxAmount: number; tracking: Line['tracking'] }[];
  createdAt: number;
  updatedAt: number;
}

export interface Note {
  id: string;
  subject: string;
  changes: string;
  details: string;
  user: string;
  at: number;
}

/** What a write made known; becomes webhook events once the write stands. */
export interface Change {
  category: 'CONTACT' | 'INVOICE' | 'CREDITNOTE' | 'PREPAYMENT' | 'OVERPAYMENT' | 'PAYMENT';
  type: 'CREATE' | 'UPDATE';
  id: string;
  at: number;
  data?: Record<string, string>;
}

export interface OrganisationFacts {
  id: string;
  shortCode: string;
  name: string;
  legalName: string;
  version: 'US' | 'UK' | 'GLOBAL';
  countryCode: 'US' | 'GB';
  baseCurrency: 'USD' | 'GBP';
  timezone: 'EASTERNSTANDARDTIME' | 'CENTRALSTANDARDTIME' | 'PACIFICSTANDARDTIME' | 'GMTSTANDARDTIME';
  isDemoCompany: boolean;
  taxNumber?: string;
  createdAt: number;
  /** Code and name; the base currency is the first. */
  currencies: { code: string; description: string; rate: number }[];
  brandingThemes: { id: string; name: string; createdAt: number }[];
  periodLockDate?: string;
  endOfYearLockDate?: string;
}

/** One company's books. */
export class Organisation {
  readonly undo = new Undo();
  readonly accounts = new Table<Account, 'code'>(this.undo, { code: (each) => each.code.toLowerCase() });
  readonly taxRates = new Table<TaxRate, 'taxType'>(this.undo, { taxType: (each) => each.taxType });
  readonly trackingCategories = new Table<TrackingCategory>(this.undo, {});
  readonly contacts = new Table<Contact, 'name' | 'contactNumber'>(this.undo, {
    name: (each) => each.name.toLowerCase(),
    contactNumber: (each) => each.contactNumber?.toLowerCase(),
  });
  readonly invoices = new Table<Invoice, 'number' | 'contact'>(this.undo, { number: (each) => each.number.toLowerCase(), contact: (each) => each.contactId });
  readonly creditNotes = new Table<CreditNote, 'number'>(this.undo, { number: (each) => each.number.toLowerCase() });
  readonly advances = new Table<Advance>(this.undo, {});
  readonly allocations = new Table<Allocation, 'invoice' | 'source'>(this.undo, { invoice: (each) => each.invoiceId, source: (each) => each.source.id });
  readonly payments = new Table<Payment, 'target' | 'batch'>(this.undo, { target: (each) => each.target.id, batch: (each) => each.batchId });
  readonly batchPayments = new Table<BatchPayment>(this.undo, {});
  readonly bankTransactions = new Table<BankTransaction>(this.undo, {});
  readonly bankTransfers = new Table<BankTransfer>(this.undo, {});
  readonly manualJournals = new Table<ManualJournal>(this.undo, {});
  readonly notes = new Table<Note, 'subject'>(this.undo, { subject: (each) => each.subject });

  private changes: Change[] = [];

  constructor(public facts: OrganisationFacts) {}

  get id(): string {
    return this.facts.id;
  }

  tell(change: Change): void {
    this.changes.push(change);
    this.undo.note(() => void this.changes.pop());
  }

  /** What happened since the last call; the writes stand from now on. */
  settle(): Change[] {
    const changes = this.changes;
    this.changes = [];
    this.undo.forget();
    return changes;
  }
}
