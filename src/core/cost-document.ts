import type { CalendarDate } from './calendar.js';
import type { BankTransaction } from './cost.js';
import type { CostKind } from './expense.js';
import type { Invoice, InvoiceLine } from './invoice.js';
import type { CurrencyCode, Minor } from './money.js';

/** A cost as Xero's books have it: spend money or a supplier's bill, as far as costs are concerned. Minor units of `currency`. */
export interface CostDocument {
  kind: CostKind;
  xeroId: string;
  /** A bank transaction's reference, a bill's number: what people see, and where our marker stands. */
  reference: string | null;
  contactId: string | null;
  date: CalendarDate;
  currency: CurrencyCode;
  lines: InvoiceLine[];
  total: Minor;
  /** Neither voided nor deleted. */
  live: boolean;
  /** In nobody's books yet. */
  draft: boolean;
  /** Reconciled, paid or credited: no longer ours to change. */
  final: boolean;
}

export const costOfTransaction = ({ xeroId, reference, contactId, date, currency, lines, total, status, reconciled }: BankTransaction): CostDocument => ({
  kind: 'spend', xeroId, reference, contactId, date, currency, lines, total, live: status === 'authorised', draft: false, final: reconciled,
});

export const costOfBill = ({ xeroId, number, contactId, date, currency, lines, total, status, amountPaid, amountCredited }: Invoice): CostDocument => ({
  kind: 'bill', xeroId, reference: number, contactId, date, currency, lines, total,
  live: status !== 'voided' && status !== 'deleted',
  draft: status === 'draft' || status === 'submitted',
  final: status === 'paid' || amountPaid !== 0 || amountCredited !== 0,
});
