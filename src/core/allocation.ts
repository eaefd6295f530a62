import type { CalendarDate } from './calendar.js';
import type { Minor } from './money.js';

/** Clio's record that a payment or credit memo settles part of a bill. Amount in the bill's currency. */
export interface Allocation {
  clioId: string;
  billId: string | null;
  kind: 'payment' | 'credit';
  /** One payment over several bills makes several allocations with the same parent. */
  parentId: string;
  date: CalendarDate;
  /** The day Clio last changed it. */
  changedOn: CalendarDate;
  amount: Minor;
  settlesInterest: boolean;
  voided: boolean;
  description: string | null;
  /** How an online payment was made; null for payments recorded by hand. */
  method: 'card' | 'echeck' | 'other' | null;
  /** Where the money came from when it was already with the firm. */
  source: { clioId: string; type: 'operating' | 'trust' } | null;
  destinationAccountId: string | null;
  /** For credits: Clio's own word, where it gives one. */
  creditKind: 'credit_note' | 'write_off' | null;
  /** A credit given as a discount, e.g. for early payment. */
  asDiscount: boolean;
}
