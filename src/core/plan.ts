import type { Allocation } from './allocation.js';
import type { Bill, SplitPart } from './bill.js';
import type { Books } from './books.js';
import type { Instant } from './calendar.js';
import type { Client, Contact } from './contact.js';
import type { CreditNote, NewCreditAllocation, NewCreditNote, NewRefund } from './credit-note.js';
import type { Invoice, NewInvoice, NewPayment } from './invoice.js';
import type { BillLink, CreditLink, PaymentLink } from './link.js';
import type { Minor } from './money.js';
import type { Reason } from './reasons.js';
import type { Settings } from './settings.js';

/** All that is known about one bill, read fresh on both sides. The only input of `planBill`. */
export interface BillTruth {
  bill: Bill;
  allocations: Allocation[];
  client: Client | null;
  /** The other bills that Clio names as split together with this one, as far as it shows them; absent means none. */
  splitParts?: SplitPart[];
  /** The Xero contact the client is linked to. */
  contact: Contact | null;
  links: BillLink[];
  /** Invoices of those links, and any invoice found by the bill's number. */
  invoices: Invoice[];
  paymentLinks: PaymentLink[];
  /** Credits of either side known for this bill; absent means none. */
  creditLinks?: CreditLink[];
  /** Notes of those links, voided ones included, and any found by the number we would give one. */
  creditNotes?: CreditNote[];
  /** Notes of the contact that nothing of ours is linked to; read only when a note is about to be made. */
  notesByHand?: CreditNote[];
  /** Invoices that carry this bill's page as their link back and were linked to nothing when they were seen; absent means none. */
  strays?: Stray[];
  settings: Settings;
  books: Books;
  /** This bill's page, for the invoice's link back. */
  pageUrl: string;
  /** What people answered to holds of this bill; an answer counts only while the hold's facts are the same. */
  answers?: Answer[];
  /** A person asked, then, for the open invoice to follow the settings; `earlier` are those it may have been made with. */
  remake?: { earlier: Settings[]; at: Instant } | null;
  /** Clio would not take, or did not keep, our marking this bill as paid. */
  markPaidRefused?: boolean;
}

export interface Stray {
  invoiceId: string;
  number: string;
}

/** A person's choice on a hold: `choice` is the chosen `Choice.id`. */
export interface Answer {
  about: string;
  reason: Reason;
  facts: Facts;
  choice: string;
}

/**
 * What to do about one bill now. Steps need nothing but what the truth already shows: a payment for an invoice that does
 * not exist yet is planned in the next round, after the invoice was made. Planning again after carrying out a plan yields
 * no steps.
 */
export interface Plan {
  steps: Step[];
  holds: Hold[];
  /** Left out on purpose; no steps then. */
  leftOut: { reason: Reason; facts: Facts } | null;
}

/** Facts for the sentences of `core/reasons`, by placeholder name. */
export type Facts = Record<string, string>;

export interface Hold {
  reason: Reason;
  facts: Facts;
  /** What the hold is about when not the bill as a whole, e.g. `payment:88812`. */
  about: string;
  /** Answers a person can choose from. */
  choices: Choice[];
}

export interface Choice {
  id: string;
  label: string;
}

export type Step =
  | { do: 'ensure-contact'; client: Client }
  | { do: 'create-invoice'; role: string; invoice: NewInvoice }
  | { do: 'adopt-invoice'; role: string; invoiceId: string }
  | { do: 'update-invoice'; role: string; invoiceId: string; invoice: NewInvoice; lineIds: (string | null)[] }
  | { do: 'approve-invoice'; role: string; invoiceId: string }
  | { do: 'void-invoice'; role: string; invoiceId: string; renameTo: string | null; asDraft: boolean }
  /** Both sides agree although the link's base is older: record the newer base, write nothing remote. */
  | { do: 'rebase'; role: string; invoiceId: string }
  | { do: 'create-payment'; allocationId: string; payment: NewPayment }
  /** Deletes the payment in Xero and ends the link. */
  | { do: 'delete-payment'; linkId: string; paymentId: string }
  /** Deletes the payment in Xero for as long as the invoice changes; its link says that it is owed. */
  | { do: 'take-off-payment'; linkId: string; paymentId: string; revision: string }
  /** A payment both sides already have: link, write nothing remote. `alsoFor`: Clio has it in several parts. */
  | { do: 'link-payment'; allocationId: string; alsoFor: string[]; paymentId: string; linkId: string | null; amount: Minor; date: string; closeTaskId: string | null }
  | { do: 'mark-bill-paid'; paymentIds: { xeroId: string; amount: Minor; date: string }[]; billVersion: string }
  | { do: 'ask-biller'; paymentId: string; amount: Minor; date: string; reference: string | null; asTask: boolean; taskText: { name: string; description: string } }
  /** Clio still has a payment that was deleted in Xero, where it came from. */
  | { do: 'ask-to-remove'; linkId: string; amount: Minor; taskText: { name: string; description: string } }
  /** `accepted`: Clio's figures a person ended it on; when they change after that, it may go on. */
  | { do: 'end-payment'; linkId: string; closeTaskId: string | null; note: string; accepted?: { amount: Minor; date: string } }
  /** Made for its whole amount and put on the invoices afterwards. `cut` names the Clio lines of a lowered bill that the note's lines stand for. */
  | { do: 'create-credit-note'; linkId: string; allocationId: string | null; note: NewCreditNote; treatment: 'reduction' | 'bad-debt' | 'refund'; cut: { role: string; from: string[][] } | null }
  | { do: 'allocate-credit'; linkId: string; allocation: NewCreditAllocation }
  | { do: 'refund-credit'; linkId: string; refund: NewRefund }
  /** A credit both sides already have: link, write nothing remote. `refund`: it is money that went back, by that payment if there is one. */
  | { do: 'link-credit'; linkId: string; allocationId: string | null; noteId: string; origin: 'clio' | 'xero'; number: string; amount: Minor; date: string; closeTaskId: string | null; refund?: { paymentId: string | null } }
  /** Takes the note off the invoices, voids it and ends the link. */
  | { do: 'remove-credit'; linkId: string; noteId: string; allocationIds: string[]; asDraft: boolean }
  | { do: 'end-credit'; linkId: string; closeTaskId: string | null; note: string }
  /** A credit made in Xero, which a person is to enter in Clio. */
  | { do: 'ask-for-credit'; linkId: string; noteId: string; number: string; amount: Minor; date: string; taskText: { name: string; description: string } };
