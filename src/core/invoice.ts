import type { CalendarDate, Instant } from './calendar.js';
import type { CurrencyCode, Minor } from './money.js';

/** Xero's sales invoice as it stands there. Minor units of `currency`. */
export interface Invoice {
  xeroId: string;
  number: string;
  reference: string | null;
  status: 'draft' | 'submitted' | 'authorised' | 'paid' | 'voided' | 'deleted';
  contactId: string;
  currency: CurrencyCode;
  date: CalendarDate;
  dueOn: CalendarDate | null;
  amountsAre: 'exclusive' | 'inclusive' | 'no-tax';
  lines: InvoiceLine[];
  subTotal: Minor;
  totalTax: Minor;
  total: Minor;
  amountDue: Minor;
  amountPaid: Minor;
  amountCredited: Minor;
  payments: InvoicePayment[];
  credits: InvoiceCredit[];
  /** Link back to the page that made it, where it has one. */
  url: string | null;
  brandingThemeId: string | null;
  /** When it last changed, by Xero's clock; null where Xero did not say. */
  changedAt: Instant | null;
}

export interface InvoiceLine {
  xeroId: string;
  text: string;
  net: Minor;
  tax: Minor;
  accountCode: string | null;
  taxType: string | null;
  tracking: TrackingChoice[];
}

export interface TrackingChoice {
  categoryId: string;
  optionId: string;
}

/** A live or deleted payment on an invoice. */
export interface InvoicePayment {
  xeroId: string;
  date: CalendarDate;
  amount: Minor;
  reference: string | null;
  status: 'authorised' | 'deleted';
  accountId: string | null;
  reconciled: boolean;
  batched: boolean;
}

/** Credit notes, overpayments and prepayments applied to an invoice. */
export interface InvoiceCredit {
  xeroId: string;
  kind: 'credit-note' | 'overpayment' | 'prepayment';
  number: string | null;
  applied: Minor;
  date: CalendarDate | null;
}

/** What we ask Xero to make. `number` is chosen by us, so Xero's uniqueness rule is the last arbiter against doubles. */
export interface NewInvoice {
  number: string;
  reference: string;
  contactXeroId: string;
  currency: CurrencyCode;
  date: CalendarDate;
  dueOn: CalendarDate;
  status: 'draft' | 'submitted' | 'authorised';
  /** Shown in Xero as sent: the client has the bill from Clio already. Counts only when the invoice is made. */
  markSent?: boolean;
  lines: NewInvoiceLine[];
  subTotal: Minor;
  totalTax: Minor;
  total: Minor;
  brandingThemeId: string | null;
  url: string | null;
}

export interface NewInvoiceLine {
  text: string;
  net: Minor;
  /** Sent as the line's tax, so that each tax equals the bill's to the cent. */
  tax: Minor;
  accountCode: string;
  taxType: string;
  tracking: TrackingChoice[];
  /** Clio lines this one stands for. */
  from: string[];
}

export interface NewPayment {
  invoiceXeroId: string;
  accountXeroId: string;
  date: CalendarDate;
  amount: Minor;
  currency: CurrencyCode;
  /** Carries the marker by which the payment is found again. */
  reference: string;
}
