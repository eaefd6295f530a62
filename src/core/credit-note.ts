import type { CalendarDate } from './calendar.js';
import type { Invoice, InvoiceLine, InvoicePayment, NewInvoiceLine } from './invoice.js';
import type { CurrencyCode, Minor } from './money.js';

/** Xero's sales credit note as it stands there. Minor units of `currency`; all amounts positive. */
export interface CreditNote {
  xeroId: string;
  number: string;
  reference: string | null;
  status: Invoice['status'];
  contactId: string;
  currency: CurrencyCode;
  date: CalendarDate;
  lines: InvoiceLine[];
  subTotal: Minor;
  totalTax: Minor;
  total: Minor;
  /** What is neither allocated nor refunded yet. */
  remaining: Minor;
  allocations: CreditAllocation[];
  /** Money paid back to the client out of it. */
  refunds: InvoicePayment[];
}

/** Credit put on an invoice. */
export interface CreditAllocation {
  xeroId: string;
  invoiceId: string;
  amount: Minor;
  date: CalendarDate;
}

/** What we ask Xero to make. `number` is ours, and unique among sales credit notes. Lines are positive. */
export interface NewCreditNote {
  number: string;
  reference: string;
  contactXeroId: string;
  currency: CurrencyCode;
  date: CalendarDate;
  status: 'draft' | 'submitted' | 'authorised';
  lines: NewInvoiceLine[];
  subTotal: Minor;
  totalTax: Minor;
  total: Minor;
}

/** At most what both the note and the invoice have open. The note must be authorised. */
export interface NewCreditAllocation {
  creditNoteXeroId: string;
  invoiceXeroId: string;
  amount: Minor;
  currency: CurrencyCode;
  date: CalendarDate;
}

/** Money paid back out of a note, at most what it has left. The note must be authorised. */
export interface NewRefund {
  creditNoteXeroId: string;
  accountXeroId: string;
  amount: Minor;
  currency: CurrencyCode;
  date: CalendarDate;
  /** Carries the marker by which the refund is found again. */
  reference: string;
}
