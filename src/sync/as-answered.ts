import type { Invoice } from '../core/invoice.js';
import { sum } from '../core/money.js';
import type { Step } from '../core/plan.js';
import type { BillWork } from './bill-work.js';

/** Steps that leave the bill's invoices either as they were or as Xero answered. */
const ANSWERED: ReadonlySet<Step['do']> = new Set([
  'ensure-contact', 'adopt-invoice', 'rebase', 'create-invoice', 'update-invoice', 'approve-invoice', 'void-invoice',
  'link-payment', 'end-payment', 'link-credit', 'end-credit', 'mark-bill-paid', 'ask-biller', 'ask-to-remove', 'ask-for-credit',
]);

/**
 * The bill's invoices after its steps, without asking: Xero answers a write with the whole invoice as it is from then on (xero-api 8). Null
 * when they have to be read: other steps touch them without showing them, and whether an answer lists what settles an invoice is open (X21 in docs/vendor-assumptions.md).
 */
export function invoicesAsAnswered({ truth, plan, answered, stopped }: BillWork): Invoice[] | null {
  if (stopped.length > 0 || plan.steps.some((step) => !ANSWERED.has(step.do)) || !answered.every(listsItsSettlements)) return null;
  return [...new Map([...truth.invoices, ...answered].map((invoice) => [invoice.xeroId, invoice])).values()];
}

const listsItsSettlements = ({ amountPaid, amountCredited, payments, credits }: Invoice): boolean => {
  const live = payments.filter((payment) => payment.status === 'authorised');
  return sum(live.map(({ amount }) => amount)) === amountPaid && sum(credits.map(({ applied }) => applied)) === amountCredited;
};
