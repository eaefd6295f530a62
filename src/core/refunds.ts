import type { Allocation } from './allocation.js';
import { bankFor } from './bank-for.js';
import { daysApart } from './calendar.js';
import { countingCredits, creditLinks } from './credit-facts.js';
import { answerTo, hold } from './hold.js';
import type { PaymentLink } from './link.js';
import { formatAmount, sum, type Minor } from './money.js';
import { countingPayments, type XeroPayment } from './payment-facts.js';
import type { BillTruth, Hold } from './plan.js';

/** Clio has no refunds: a biller lowers the payment and gives a credit of the same amount on the bill, on one of the next days. */
const SAME_WITHIN_DAYS = 7;

/** A payment that Clio shows lower than Xero, and the credits that tell why. */
export interface Lowered {
  payment: Allocation;
  /** What Xero has above what Clio and the refunds account for. Minor units. */
  missing: Minor;
  /** Credits of Clio that stand for money paid back out of this payment. */
  refunds: Allocation[];
  /** Credits that may do so: nothing is made of them while it is asked. */
  doubtful: Allocation[];
  question: Hold;
}

/**
 * Payments that were lowered in Clio after both sides had them. The money really came in, so the payment in Xero stays; what went back is a
 * credit note that is paid out. Without such a credit it is asked whether money went back or an entry was corrected.
 */
export function loweredPayments(truth: BillTruth, payments: XeroPayment[]): Lowered[] {
  // Those known to be refunds first, so that a new one explains only what they leave.
  const free = new Set(countingCredits(truth).sort((a, b) => Number(wasRefunded(truth, b)) - Number(wasRefunded(truth, a))));
  return truth.paymentLinks.flatMap((link): Lowered[] => {
    const both = bothSides(truth, link, payments);
    if (!both || both.allocation.amount >= both.payment.amount) return [];
    const { allocation, payment } = both;
    const question = whatHappened(truth, allocation, payment);
    const answer = answerTo(truth, question);
    const refunds: Allocation[] = [];
    for (const credit of free) {
      const missing = payment.amount - allocation.amount - sum(refunds.map((each) => each.amount));
      const isRefund = wasRefunded(truth, credit) ? credit.amount <= missing : credit.amount === missing && answer !== 'typing-error' && mayBeRefund(truth, allocation, credit, answer === 'money-returned');
      if (!isRefund) continue;
      refunds.push(credit);
      free.delete(credit);
    }
    const missing = payment.amount - allocation.amount - sum(refunds.map((each) => each.amount));
    const doubtful = answer === null ? [...free].filter((credit) => credit.amount === missing && isNew(truth, credit)) : [];
    return [{ payment: allocation, missing, refunds, doubtful, question }];
  });
}

/** The bank the money of this credit went back from: the one its payment came into. Null when the credit is no refund. */
export function refundBank(truth: BillTruth, lowered: Lowered[], credit: Allocation, about: string): ReturnType<typeof bankFor> | null {
  const of = lowered.find((each) => each.refunds.includes(credit));
  return of ? bankFor(truth, of.payment, about) : null;
}

function bothSides(truth: BillTruth, link: PaymentLink, payments: XeroPayment[]): { allocation: Allocation; payment: XeroPayment } | null {
  const allocation = countingPayments(truth).find((each) => each.clioId === link.allocationId);
  const payment = payments.find((each) => each.xeroId === link.paymentId);
  return allocation && payment ? { allocation, payment } : null;
}

/** We treated it so before, whether or not it was paid out by now. */
const wasRefunded = (truth: BillTruth, credit: Allocation): boolean => creditLinks(truth).some((link) => link.allocationId === credit.clioId && link.treatment === 'refund');

const mayBeRefund = (truth: BillTruth, payment: Allocation, credit: Allocation, told: boolean): boolean => isNew(truth, credit) && (told || daysApart(credit.date, payment.changedOn) <= SAME_WITHIN_DAYS);

const isNew = (truth: BillTruth, credit: Allocation): boolean => !creditLinks(truth).some((link) => link.allocationId === credit.clioId);

function whatHappened({ bill }: BillTruth, allocation: Allocation, payment: XeroPayment): Hold {
  const facts = { was: formatAmount(payment.amount, bill.currency), now: formatAmount(allocation.amount, bill.currency) };
  return hold(`payment:${allocation.clioId}`, 'REFUND_UNCLEAR', facts, [{ id: 'typing-error', label: 'An entry was corrected' }, { id: 'money-returned', label: 'Money went back to the client' }]);
}
