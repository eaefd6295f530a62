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
  bill: {
    number: string;
    total: Minor;
    due: Minor;
    totalTax: Minor;
    currency: CurrencyCode;
    issuedOn: CalendarDate;
    dueOn: CalendarDate | null;
    clientId: string;
    /** Changes with every amount. */
    digest: string;
    /** Changes with what lines and matters are called; empty where it was not kept yet. */
    wording: string;
  };
  invoice: {
    total: Minor;
    totalTax: Minor;
    subTotal: Minor;
    contactId: string;
    date: CalendarDate;
    number: string;
    /** Null where it was not kept yet; empty for none. */
    reference: string | null;
    dueOn: CalendarDate | null;
    /** What a person changed in Xero, and so is Xero's for good. */
    reworded: ('reference' | 'dueOn')[];
    lines: BaseLine[];
  };
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
  /** A person changed the text in Xero. */
  reworded: boolean;
}

/**
 * One payment known on at least one side.
 * `origin` says where a person entered it first; the other side's id arrives when it is carried over or recognised.
 */
export interface PaymentLink {
  id: string;
  billId: string;
  origin: 'clio' | 'xero';
  /** Of a payment that lies on several invoices each part has a link of its own: `7001`, `7001-2` … */
  allocationId: string | null;
  paymentId: string | null;
  /** Further allocations of Clio that are the same one payment in Xero. */
  alsoFor: string[];
  amount: Minor;
  date: CalendarDate;
  /** For money that landed in Xero: the rung of the ladder it took, and the Clio task asking for it. */
  rung: 'marked-paid' | 'task' | 'inbox' | null;
  taskId: string | null;
  /** The Clio task that asks to remove it there, after it was deleted in Xero. */
  removalTaskId: string | null;
  /** We took it off its invoice, so that this revision of the bill could be written; `back` once it stands there again. */
  takenOff: { revision: string; back: boolean } | null;
  /** Voided in Clio or deleted in Xero, and the other side followed. Never carried again. */
  ended: boolean;
}

/** One credit known on at least one side, or our note for a bill that was lowered after its invoice could no longer change. */
export interface CreditLink {
  id: string;
  billId: string;
  /** Where a person entered it first. */
  origin: 'clio' | 'xero';
  /** Null for a lowered bill, of which Clio has no credit. */
  allocationId: string | null;
  /** Xero's credit note, or the overpayment or prepayment somebody used; null until its making is known. */
  noteId: string | null;
  /** The number it carries or was tried with. */
  number: string;
  amount: Minor;
  date: CalendarDate;
  /** A refund is a reduction whose money went back to the client. */
  treatment: 'reduction' | 'bad-debt' | 'refund' | null;
  /** Our payment back to the client out of the note, once it was made. */
  refundId: string | null;
  /** For a credit made in Xero: how a person was asked to enter it in Clio, and the Clio task. */
  rung: 'task' | 'inbox' | null;
  taskId: string | null;
  cut: Cut | null;
  /** Over on both sides, or accepted as it is. Never carried again. */
  ended: boolean;
}

/** What a note for a lowered bill agreed on: Clio's figures after it, and the Clio lines each of its lines stands for. */
export interface Cut {
  /** `cut-1`, `cut-2` … */
  role: string;
  bill: BillBase['bill'];
  from: string[][];
  agreedAt: Instant;
}
