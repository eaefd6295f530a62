import type { CalendarDate, Instant } from './calendar.js';
import type { CurrencyCode, Minor } from './money.js';

/** Clio's bill as Tieout reasons about it. All amounts are minor units of `currency`. */
export interface Bill {
  clioId: string;
  /** Text the firm chooses; editable and not promised unique, so never a key. */
  number: string;
  kind: 'revenue' | 'trust' | 'unknown';
  state: 'draft' | 'awaiting_approval' | 'awaiting_payment' | 'paid' | 'void' | 'deleted';
  /** Clio offers to move this bill to `paid`. */
  canBecomePaid: boolean;
  currency: CurrencyCode;
  issuedOn: CalendarDate;
  dueOn: CalendarDate | null;
  client: ClientRef | null;
  matters: MatterRef[];
  lines: BillLine[];
  /** A discount on the whole bill, as the amount it takes off (positive); null when there is none. */
  discount: { amount: Minor; appliesTo: 'all' | 'services'; note: string | null } | null;
  interest: Minor;
  /** The interest bill's parent, when Clio made interest a bill of its own. */
  originalBillId: string | null;
  /** Each tax of the bill with its amount; the sum is `totalTax`. */
  taxes: BillTax[];
  subTotal: Minor;
  totalTax: Minor;
  total: Minor;
  /** What the client owes over the life of the bill: with interest, less discounts. */
  due: Minor;
  paid: Minor;
  credited: Minor;
  /** What is still open. */
  balance: Minor;
  /** Card payments under way. */
  pending: Minor;
  /** Set where this bill is one payer's part of a split bill, or the bill that was split. */
  split: Split | null;
  /** Somebody other than the client pays, by rules of its own. */
  legalAid: boolean;
  subject: string | null;
  /** Clio's etag, to be sent back unchanged. */
  version: string;
  updatedAt: Instant;
}

export interface Split {
  /** The bill that was split; this very bill where Clio names no other. */
  ofBillId: string;
  /** Percent of the whole as decimal text. */
  portion: string | null;
  /** The bills split together with this one. */
  withBillIds: string[];
}

/** Another bill of the same split, without its lines. */
export interface SplitPart extends Pick<Bill, 'clioId' | 'number' | 'state' | 'due' | 'split'> {
  hasInvoice: boolean;
}

export interface ClientRef {
  clioId: string;
  name: string;
}

export interface MatterRef {
  clioId: string;
  number: string;
  description: string | null;
  practiceArea: string | null;
  responsibleAttorney: string | null;
  office: string | null;
}

export interface BillLine {
  clioId: string;
  kind: 'fee' | 'hard-cost' | 'soft-cost' | 'expense';
  matterId: string | null;
  /** The person who did the work. */
  timekeeper: { clioId: string; name: string } | null;
  /** Activity description for fees, expense category for costs. */
  category: { clioId: string; name: string; xeroCode: string | null } | null;
  /** Ids of the UTBMS codes it carries: of activity, task or expense. */
  utbms: string[];
  date: CalendarDate | null;
  text: string;
  narrative: string | null;
  /** Hours for fees, pieces for costs; decimal text, for the line's wording only, never for its amount. */
  quantity: string;
  /** Net after the line's own discount, before tax. May be negative. */
  net: Minor;
  lineDiscount: Minor;
  taxes: LineTax[];
}

/**
 * One tax on one line. `key` names the tax across bills: `primary:5`, `secondary:9.975:post`, `cfg:3101:pre`.
 * `rate` is percent as decimal text ("9.975").
 */
export interface LineTax {
  key: string;
  name: string;
  rate: string;
  compounds: boolean;
  amount: Minor;
}

export interface BillTax {
  key: string;
  name: string;
  rate: string;
  compounds: boolean;
  amount: Minor;
}
