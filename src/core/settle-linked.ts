import type { Allocation } from './allocation.js';
import { formatDate } from './calendar.js';
import { answerTo, hold } from './hold.js';
import type { PaymentLink } from './link.js';
import { formatAmount, type Minor } from './money.js';
import { carriesMarker, countingPayments, farApart, isClosedDay, isFinal, isOurs, type XeroPayment } from './payment-facts.js';
import { isPartOf, paymentOf } from './payment-parts.js';
import type { BillTruth, Hold, Step } from './plan.js';
import { loweredPayments, type Lowered } from './refunds.js';
import { askToRemove } from './remove-in-clio.js';

export interface Settled {
  steps: Step[];
  holds: Hold[];
  /** Allocations that are to be carried to Xero again although a link knows them. */
  again: Allocation[];
}

/** Payments that both sides had: what was voided, deleted or changed on one side since. */
export function settleLinked(truth: BillTruth, payments: XeroPayment[]): Settled {
  const result: Settled = { steps: [], holds: [], again: [] };
  const lowered = loweredPayments(truth, payments);
  for (const link of truth.paymentLinks) {
    if (link.allocationId === null || link.paymentId === null) continue;
    const allocation = countingPayments(truth).find((each) => each.clioId === link.allocationId) ?? null;
    const payment = payments.find((each) => each.xeroId === link.paymentId) ?? null;
    if (allocation && payment) compareBoth(truth, { link, allocation, payment, lowered: lowered.find((each) => each.payment === allocation) }, result);
    else if (payment) removedInClio(truth, link, payment, result);
    else if (allocation) removedInXero(truth, link, { allocation, payments }, result);
    else if (!link.ended) result.steps.push({ do: 'end-payment', linkId: link.id, closeTaskId: link.removalTaskId ?? link.taskId, note: 'The payment is gone on both sides' });
  }
  return { ...result, again: result.again.filter((allocation) => !anotherPartIsTooMuch(truth, allocation, payments)) };
}

/** Of a payment that lies in several parts in Xero, one that is more there than Clio leaves it is settled first: sent beside it, the others would come to more than the payment. */
const anotherPartIsTooMuch = (truth: BillTruth, { clioId }: Allocation, payments: XeroPayment[]): boolean =>
  truth.paymentLinks.some(({ allocationId, paymentId }) => {
    if (allocationId === null || allocationId === clioId || !isPartOf(allocationId, paymentOf(clioId))) return false;
    const left = countingPayments(truth).find((each) => each.clioId === allocationId)?.amount ?? 0;
    return (payments.find((each) => each.xeroId === paymentId)?.amount ?? 0) > left;
  });

interface OnBothSides {
  link: PaymentLink;
  allocation: Allocation;
  payment: XeroPayment;
  lowered: Lowered | undefined;
}

function compareBoth(truth: BillTruth, { link, allocation, payment, lowered }: OnBothSides, result: Settled): void {
  const ours = carriesMarker(payment, allocation.clioId);
  // A date we moved out of a closed period stays moved; a date the bank statement settled stays as reconciled.
  const dayHolds = isClosedDay(allocation.date, truth) || payment.reconciled || (ours ? allocation.date === payment.date : !farApart(allocation.date, payment.date, truth) || link.date === payment.date);
  if ((lowered ? lowered.missing === 0 : allocation.amount === payment.amount) && dayHolds) return;
  const { currency } = truth.bill;
  const about = `payment:${allocation.clioId}`;
  const answer = lowered && lowered.missing > 0 ? answerTo(truth, lowered.question) : 'typing-error';
  if (lowered && answer !== 'typing-error') {
    result.holds.push(answer === null ? lowered.question : hold(about, 'REFUND_NEEDS_CREDIT', { amount: formatAmount(lowered.missing, currency) }));
    return;
  }
  // Money that went back out of it would be lost with it.
  if (!ours || isFinal(payment) || (lowered && lowered.refunds.length > 0)) {
    const facts = { clio: `${formatAmount(allocation.amount, currency)} of ${formatDate(allocation.date)}`, xero: `${formatAmount(payment.amount, currency)} of ${formatDate(payment.date)}` };
    result.holds.push(hold(about, 'PAY_CHANGED_IN_XERO', facts));
    return;
  }
  result.steps.push(...deletion(truth, link, payment, about, result.holds));
}

/** Voided or gone in Clio. Only what we wrote ourselves is deleted, and only while Xero lets it go. */
function removedInClio(truth: BillTruth, link: PaymentLink, payment: XeroPayment, result: Settled): void {
  const about = `payment:${link.allocationId ?? ''}`;
  if (link.origin === 'xero' || !carriesMarker(payment, link.allocationId ?? '')) {
    result.holds.push(hold(about, 'PAY_REMOVED_IN_CLIO', factsOf(truth, payment.amount, payment.date)));
    return;
  }
  result.steps.push(...deletion(truth, link, payment, about, result.holds));
}

function deletion(truth: BillTruth, link: PaymentLink, payment: XeroPayment, about: string, holds: Hold[]): Step[] {
  if (isFinal(payment)) holds.push(hold(about, 'PAY_RECONCILED', factsOf(truth, payment.amount, payment.date)));
  else if (isClosedDay(payment.date, truth)) holds.push(hold(about, 'PERIOD_CLOSED', { date: formatDate(payment.date), lockedThrough: formatDate(truth.books.lockedThrough ?? payment.date) }));
  else return [{ do: 'delete-payment', linkId: link.id, paymentId: payment.xeroId }];
  return [];
}

/** Deleted in Xero while Clio still counts it. An ended link stays ended unless Clio's payment changed after it ended. */
function removedInXero(truth: BillTruth, link: PaymentLink, { allocation, payments }: { allocation: Allocation; payments: XeroPayment[] }, result: Settled): void {
  if (link.ended) {
    if (allocation.amount === 0 && link.amount !== 0) result.steps.push({ do: 'end-payment', linkId: link.id, closeTaskId: null, note: 'Nothing is left of the payment in Clio', accepted: { amount: 0, date: allocation.date } });
    else if (allocation.amount !== link.amount || allocation.date !== link.date) result.again.push(allocation);
    return;
  }
  if (isOwed(truth, link, allocation, payments)) {
    result.again.push(allocation);
    return;
  }
  const about = `payment:${allocation.clioId}`;
  const facts = factsOf(truth, allocation.amount, allocation.date);
  if (link.origin === 'xero') {
    const asked = askToRemove(truth, about, link, allocation);
    result.steps.push(...asked.steps);
    result.holds.push(...asked.holds);
    return;
  }
  // Named, so that an answer about this payment says nothing about the next one, which a read that lags may not show yet.
  const question = hold(about, 'PAY_DELETED_IN_XERO', { ...facts, payment: link.paymentId ?? '' }, [{ id: 'send-again', label: 'Send the payment to Xero again' }, { id: 'accept', label: 'Leave Xero without it' }]);
  const answer = answerTo(truth, question);
  if (answer === 'send-again') result.again.push(allocation);
  else if (answer === 'accept') result.steps.push({ do: 'end-payment', linkId: link.id, closeTaskId: link.taskId, note: 'A person accepted that Xero does not have this payment', accepted: { amount: allocation.amount, date: allocation.date } });
  else result.holds.push(question);
}

/** We took it off ourselves and have yet to put it back, unless somebody else did so meanwhile. */
const isOwed = (truth: BillTruth, link: PaymentLink, allocation: Allocation, payments: XeroPayment[]): boolean =>
  link.takenOff?.back === false && !payments.some((payment) => payment.amount === allocation.amount && !isOurs(payment, truth.allocations));

const factsOf = (truth: BillTruth, amount: Minor, date: string): Record<string, string> => ({ amount: formatAmount(amount, truth.bill.currency), date: formatDate(date) });
