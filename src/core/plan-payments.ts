import { paidByPayment } from './advances.js';
import { carryToClio } from './carry-to-clio.js';
import { carryToXero } from './carry-to-xero.js';
import { oncePerThing } from './hold.js';
import { matchPayments, twins } from './match-payments.js';
import { carriesMarker, isHistory, liveInvoices, livePayments } from './payment-facts.js';
import type { BillTruth, Hold, Step } from './plan.js';
import { askToRemove } from './remove-in-clio.js';
import { settleLinked } from './settle-linked.js';

/**
 * Payments in both directions for a bill that has its invoices: follow what changed on linked ones, pair what both sides already have,
 * then carry the rest over. `invoicesSettled` is false while the invoices themselves are about to change: then nothing new is carried.
 */
export function planPayments(truth: BillTruth, invoicesSettled: boolean): { steps: Step[]; holds: Hold[] } {
  const invoices = liveInvoices(truth);
  const payments = livePayments(invoices);
  const doubled = twins(truth, payments);
  const isDoubled = (allocationId: string | null): boolean => doubled.some((each) => each.about === `payment:${allocationId ?? ''}`);
  const undoubled = payments.filter((payment) => !truth.allocations.some((each) => isDoubled(each.clioId) && carriesMarker(payment, each.clioId)));
  const single: BillTruth = { ...truth, allocations: paidByPayment(truth, invoices).filter((each) => !isDoubled(each.clioId)), paymentLinks: truth.paymentLinks.filter((link) => !isDoubled(link.allocationId)) };

  const linked = settleLinked(single, payments);
  const matched = matchPayments(single, undoubled);
  const toXero = carryToXero(single, invoicesSettled ? [...linked.again, ...matched.onlyInClio.filter((each) => !isHistory(single, each))] : [], invoices);
  const toClio = invoicesSettled ? carryToClio(single, matched.onlyInXero, invoices) : { steps: [], holds: [] };
  const gone = goneBeforeRecorded(truth, payments.map((payment) => payment.xeroId));
  return {
    steps: [...gone.steps, ...linked.steps, ...matched.steps, ...toXero.steps, ...toClio.steps],
    holds: oncePerThing([...doubled, ...gone.holds, ...linked.holds, ...matched.holds, ...toXero.holds, ...toClio.holds]),
  };
}

/** Deleted in Xero before anybody recorded it in Clio: nothing is left to ask for. A bill already marked paid for it must be undone in Clio. */
export function goneBeforeRecorded(truth: BillTruth, livePaymentIds: string[]): { steps: Step[]; holds: Hold[] } {
  const gone = truth.paymentLinks.filter((link) => link.allocationId === null && link.paymentId !== null && !link.ended && !livePaymentIds.includes(link.paymentId));
  const standing = gone.filter((link) => link.rung === 'marked-paid' && truth.bill.state === 'paid');
  const asked = standing.map((link) => askToRemove(truth, `payment:x${link.paymentId ?? ''}`, link, link));
  return {
    steps: [...gone.filter((link) => !standing.includes(link)).map((link): Step => ({ do: 'end-payment', linkId: link.id, closeTaskId: link.removalTaskId ?? link.taskId, note: 'The payment was deleted in Xero before it was recorded in Clio' })), ...asked.flatMap((each) => each.steps)],
    holds: asked.flatMap((each) => each.holds),
  };
}
