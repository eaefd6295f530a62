import type { BillLine, LineTax } from './bill.js';
import type { TrackingChoice } from './invoice.js';
import type { Minor } from './money.js';

/** One thing the bill charges or takes off, with where it goes in Xero. What invoice lines are made of. */
export interface Charge {
  /** The Clio line's id, or `discount:…`, `interest`. */
  id: string;
  kind: ChargeKind;
  net: Minor;
  taxes: LineTax[];
  /** Key of the taxes, as in `Settings.taxMap`. */
  combination: string;
  accountCode: string;
  taxType: string;
  /** Percent Xero computes for that tax type. */
  xeroRate: string;
  tracking: TrackingChoice[];
  /** Null for the discount and interest. */
  line: BillLine | null;
}

export type ChargeKind = BillLine['kind'] | 'interest' | 'discount';

export const KIND_LABEL: Record<ChargeKind, string> = {
  fee: 'Professional fees',
  'hard-cost': 'Disbursements',
  'soft-cost': 'Expenses',
  expense: 'Expenses',
  interest: 'Interest',
  discount: 'Discount',
};
