import type { CalendarDate, Instant } from './calendar.js';
import type { CurrencyCode, Minor } from './money.js';

/**
 * "This Clio record is that Xero record, and this is where both last agreed."
 * The planner reads links; only the sync layer writes them.
 */
export interface BillLink {
  billId: string;
  /** `main`, `adj-1`, `int-1`: one bill can own several invoices. */
  role: string;
  invoiceId: string | null;
  /** The number the invoice carries or will carry; kept even before the invoice exists. */
  invoiceNumber: string | null;
  base: BillBase | null;
}

/** The last agreed state: Clio's figures the invoice was made from, and what Xero answered. */
export interface BillBase {
  bill: { number: string; total: Minor; due: Minor; totalTax: Minor; currency: CurrencyCode; issuedOn: CalendarDate; dueOn: CalendarDate | null; clientId: string; digest: string };
  invoice: { total: Minor; totalTax: Minor; subTotal: Minor; contactId: string; date: CalendarDate; number: string; lines: BaseLine[] };
  agreedAt: Instant;
}

/** One invoice line as Xero answered it, and the Clio lines it stands for. */
export interface BaseLine {
  xeroId: string;
  from: string[];
  net: Minor;
  tax: Minor;
  accountCode: string | null;
  taxType: string | null;
  text: string;
}

/**
 * One payment known on at least one side.
 * `origin` says where a person entered it first; the other side's id arrives when it is carried over or recognised.
 */
export interface PaymentLink {
  id: string;
  billId: string;
  origin: 'clio' | 'xero';
  allocationId: string | null;
  paymentId: string | null;
  amount: Minor;
  date: CalendarDate;
  /** For money that landed in Xero: the rung of the ladder it took, and the Clio task asking for it. */
  rung: 'marked-paid' | 'task' | 'inbox' | null;
  taskId: string | null;
  /** Voided in Clio or deleted in Xero, and the other side followed. Never carried again. */
  ended: boolean;
}
