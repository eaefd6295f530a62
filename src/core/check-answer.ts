import type { Invoice, NewInvoice } from './invoice.js';
import type { Minor } from './money.js';

/** `amount` is what the invoice lacks (negative: has too much), in minor units. */
export type Checked = { verdict: 'ok' } | { verdict: 'needs-rounding-line'; amount: Minor } | { verdict: 'TOTAL_MISMATCH'; amount: Minor };

/** What Xero answered against what was planned: it may have replaced our tax per line by its own. */
export function checkAnswer(planned: Pick<NewInvoice, 'subTotal' | 'totalTax' | 'total'>, answered: Pick<Invoice, 'subTotal' | 'totalTax' | 'total'>, rounding: { tolerance: Minor; account: string | null }): Checked {
  const amount = planned.total - answered.total;
  if (amount === 0) return planned.totalTax === answered.totalTax ? { verdict: 'ok' } : { verdict: 'TOTAL_MISMATCH', amount: planned.totalTax - answered.totalTax };
  const onlyTax = planned.subTotal === answered.subTotal;
  return onlyTax && Math.abs(amount) <= rounding.tolerance && rounding.account !== null ? { verdict: 'needs-rounding-line', amount } : { verdict: 'TOTAL_MISMATCH', amount };
}
