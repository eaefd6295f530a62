import type { ClientRef, MatterRef } from './bill.js';
import type { CalendarDate, Instant } from './calendar.js';
import type { CurrencyCode, Minor } from './money.js';

/** A cost on a matter, as Clio has it. Minor units of `currency`, before tax. */
export interface Expense {
  clioId: string;
  /** Money paid to others for the client; everything else is the firm's own charge, which costs nothing in the ledger. */
  isHardCost: boolean;
  date: CalendarDate;
  amount: Minor;
  currency: CurrencyCode;
  matter: MatterRef | null;
  category: { clioId: string; name: string } | null;
  vendor: ClientRef | null;
  /** The cheque or transfer it was paid by. */
  reference: string | null;
  note: string | null;
  /** On any bill, even a draft one: Clio then refuses to change it. */
  onBill: boolean;
  /** Whether the client is charged for it; missing where nobody asked. `billed`: that bill is approved. */
  charged?: { bill: { clioId: string; number: string } | null; billed: boolean; billable: boolean };
  createdAt: Instant;
}

/** A cost to be entered in Clio for one line of a document in Xero. */
export interface NewExpense {
  date: CalendarDate;
  amount: Minor;
  currency: CurrencyCode;
  matterId: string;
  categoryId: string | null;
  vendorId: string | null;
  note: string;
  /** By which the entry is found again. */
  marker: string;
}

/** The figures of a cost both sides last agreed on; `date` and `amount` are Clio's. */
export interface AgreedCost {
  amount: Minor;
  currency: CurrencyCode;
  date: CalendarDate;
  matterId: string | null;
  vendorId: string | null;
  categoryId: string | null;
  /** The account we booked it on; another one in Xero is the bookkeeper's choice and stays. Null for costs born in Xero. */
  accountCode: string | null;
}

/** "This cost in Clio is that document, or that line of a document, in Xero." */
export interface ExpenseLink {
  id: string;
  /** Where it was entered first. */
  origin: 'clio' | 'xero';
  expenseId: string | null;
  /** Kind of the document the link is about, kept from before it is made: it is looked for among its like. */
  kind: CostKind;
  documentId: string | null;
  /** For costs born in Xero. */
  lineId: string | null;
  /** What the document carries to be found by, as first sent. */
  reference: string | null;
  agreed: AgreedCost | null;
  /** Over on one side, and the other followed. Never carried again. */
  ended: boolean;
}

/** Spend money on a bank account, or a supplier's bill. */
export type CostKind = 'spend' | 'bill';

/** Text in a document's reference by which it is known as this cost's, even if we lost our records. */
export const costMarker = (expenseId: string): string => `CLIO-COST-${expenseId}`;

/** Text on a cost by which it is known as this line's. */
export const lineMarker = (lineId: string): string => `XERO-LINE-${lineId}`;

/** The Clio cost a document was made for; null when it was not made by us. */
export const costMarkedIn = (reference: string | null): string | null => /(?:^|\s)CLIO-COST-(\d+)(?:\s|$)/.exec(reference ?? '')?.[1] ?? null;

/** The Xero line a cost was made for; null when people entered it. */
export const lineMarkedIn = ({ reference, note }: Pick<Expense, 'reference' | 'note'>): string | null => /XERO-LINE-([\w-]+)/.exec(`${reference ?? ''} ${note ?? ''}`)?.[1] ?? null;
