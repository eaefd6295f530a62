import type { Allocation } from './allocation.js';
import { bankFor } from './bank-for.js';
import { billRevision } from './base.js';
import type { PaymentLink } from './link.js';
import { sum } from './money.js';
import { carriesMarker, countingPayments, isClosedDay, isFinal, livePayments, type XeroPayment } from './payment-facts.js';
import type { Known } from './known-invoice.js';
import { planUpdate } from './plan-update.js';
import type { BillTruth, Plan } from './plan.js';

/**
 * Takes all payments off the invoice, so that it can change; later rounds change it and put them back, each known by its link. Only where every
 * payment is ours, not final, would come back exactly as it was, and fits under the new amount; null otherwise, and where it was tried in vain.
 */
export function planReapply(truth: BillTruth, known: Known[]): Plan | null {
  const [main, ...others] = known;
  if (!main || others.length > 0 || main.invoice.amountCredited !== 0) return null;
  const payments = livePayments([main.invoice]);
  const links = payments.flatMap((payment) => linkOf(truth, payment) ?? []);
  if (payments.length === 0 || links.length < payments.length || sum(countingPayments(truth).map((each) => each.amount)) > truth.bill.due) return null;
  const revision = billRevision(truth.bill);
  if (links.some((link) => link.takenOff?.back === true && link.takenOff.revision === revision)) return null;
  const update = planUpdate(truth, { ...main, invoice: unpaid(main) });
  if (update.holds.length > 0) return null;
  if (!update.steps.some((step) => step.do === 'update-invoice')) return update;
  return { steps: links.map((link) => ({ do: 'take-off-payment', linkId: link.id, paymentId: link.paymentId ?? '', revision })), holds: [], leftOut: null };
}

/** The link of a payment that could be put back as it stands. */
function linkOf(truth: BillTruth, payment: XeroPayment): PaymentLink | null {
  const link = truth.paymentLinks.find((each) => each.paymentId === payment.xeroId && each.origin === 'clio' && !each.ended);
  const allocation = countingPayments(truth).find((each) => each.clioId === link?.allocationId);
  return link && allocation && !isFinal(payment) && comesBackAsItIs(truth, allocation, payment) ? link : null;
}

function comesBackAsItIs(truth: BillTruth, allocation: Allocation, payment: XeroPayment): boolean {
  const same = carriesMarker(payment, allocation.clioId) && allocation.amount === payment.amount && allocation.date === payment.date && !isClosedDay(payment.date, truth);
  const bank = bankFor(truth, allocation, `payment:${allocation.clioId}`);
  // The bank account a person chose in Xero would be lost; inside an invoice Xero does not name it.
  return same && bank.ok && (payment.accountId === null || payment.accountId === bank.account.xeroId);
}

const unpaid = ({ invoice }: Known): Known['invoice'] => ({ ...invoice, status: 'authorised', amountPaid: 0, amountDue: invoice.total, payments: [] });
