import { formatDate } from './calendar.js';
import { hold } from './hold.js';
import type { Invoice } from './invoice.js';
import type { Matched } from './match-payments.js';
import { formatAmount, sum } from './money.js';
import type { BillTruth, Hold, Step } from './plan.js';

/**
 * Money that landed in Xero. Clio's API records no payments, so this climbs a ladder: mark the bill paid where Clio offers it and
 * that is the whole truth; else ask the biller, once per payment, and wait until the recording appears.
 */
export function carryToClio(truth: BillTruth, onlyInXero: Matched['onlyInXero'], invoices: Invoice[]): { steps: Step[]; holds: Hold[] } {
  const { bill, settings } = truth;
  const waiting = onlyInXero.filter(({ link }) => link?.rung === 'task' || link?.rung === 'inbox');
  const holds = waiting.map(({ payment }) => hold(`payment:x${payment.xeroId}`, 'PAY_RECORD_IN_CLIO', { amount: formatAmount(payment.amount, bill.currency), date: formatDate(payment.date) }));
  const fresh = onlyInXero.filter((each) => !waiting.includes(each));
  // A bill with nothing open in Clio needs no recording, whoever settled it there.
  if (fresh.length === 0 || settings.payments.fromXero === 'off' || bill.balance <= 0) return { steps: [], holds };
  if (waiting.length === 0 && mayMarkPaid(truth, fresh, invoices)) {
    const paymentIds = fresh.map(({ payment }) => ({ xeroId: payment.xeroId, amount: payment.amount, date: payment.date }));
    return { steps: [{ do: 'mark-bill-paid', paymentIds, billVersion: bill.version }], holds };
  }
  return { steps: fresh.map((each) => ask(truth, each)), holds };
}

/** Only when what Clio shows as open is exactly this money: marking paid must not settle anything else. */
function mayMarkPaid({ bill, settings, markPaidRefused }: BillTruth, fresh: Matched['onlyInXero'], invoices: Invoice[]): boolean {
  return (
    settings.payments.fromXero === 'mark-paid-or-task' &&
    markPaidRefused !== true &&
    bill.state === 'awaiting_payment' &&
    bill.canBecomePaid &&
    bill.pending === 0 &&
    invoices.every((invoice) => invoice.status === 'paid' && invoice.amountDue === 0) &&
    bill.balance === sum(fresh.map(({ payment }) => payment.amount))
  );
}

function ask(truth: BillTruth, { payment }: Matched['onlyInXero'][number]): Step {
  const { bill, settings } = truth;
  const amount = formatAmount(payment.amount, bill.currency);
  const day = formatDate(payment.date);
  const description = [
    `${amount} was received on ${day} for bill ${bill.number} (${bill.client?.name ?? 'client unknown'}) and is recorded in Xero on invoice ${payment.invoice.number}${payment.reference === null ? '' : `, reference ${payment.reference}`}.`,
    `Please record it in Clio on bill ${bill.number}, dated ${day}, as a direct payment to operating, not from trust.`,
    `This task closes by itself once the payment is found in Clio. ${truth.pageUrl}`,
  ].join('\n\n');
  return { do: 'ask-biller', paymentId: payment.xeroId, amount: payment.amount, date: payment.date, reference: payment.reference, asTask: settings.payments.fromXero !== 'inbox', taskText: { name: `Record payment of ${amount} on bill ${bill.number}`, description } };
}
