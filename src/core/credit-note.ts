import type { CalendarDate } from './calendar.js';
import type { Invoice, InvoiceLine, NewInvoiceLine } from './invoice.js';
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
