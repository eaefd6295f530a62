import type { CalendarDate } from './calendar.js';
import type { InvoiceLine, NewInvoice, NewInvoiceLine } from './invoice.js';
import type { CurrencyCode, Minor } from './money.js';

/** Money that left a bank account (`spend`) or came back to it (`receive`). Minor units of `currency`, the account's own. */
export interface BankTransaction {
  xeroId: string;
  kind: 'spend' | 'receive';
  status: 'authorised' | 'deleted' | 'voided';
  contactId: string | null;
  bankAccountId: string;
  date: CalendarDate;
  reference: string | null;
  currency: CurrencyCode;
  lines: InvoiceLine[];
  total: Minor;
  reconciled: boolean;
}

/** What we ask Xero to record. Nothing in it is unique there, so `reference` carries the marker it is found by. */
export interface NewBankTransaction {
  kind: 'spend' | 'receive';
  contactXeroId: string;
  bankAccountXeroId: string;
  /** The bank account's currency; Xero takes it from there. */
  currency: CurrencyCode;
  date: CalendarDate;
  reference: string;
  lines: NewInvoiceLine[];
  total: Minor;
  url: string | null;
}

/** A supplier's bill for a cost. `number` is shown as its reference in Xero and is not unique there. */
export type NewSupplierBill = Omit<NewInvoice, 'reference' | 'brandingThemeId'>;
