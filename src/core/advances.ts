import type { Allocation } from './allocation.js';
import { creditLinks, creditsOn, waitsForClio, type XeroCredit } from './credit-facts.js';
import type { Invoice } from './invoice.js';
import { countingPayments, livePayments } from './payment-facts.js';
import type { BillTruth } from './plan.js';

/**
 * Payments in Clio that are no payment in Xero but an over- or prepayment put on the invoice there: the money came in earlier. Only where the
 * amount is equal and no payment in Xero could be meant.
 */
export function paidByAdvance(truth: BillTruth, invoices: Invoice[]): { allocation: Allocation; advance: XeroCredit }[] {
  const taken = new Set(creditLinks(truth).flatMap((link) => (link.ended || waitsForClio(link) ? [] : (link.noteId ?? []))));
  const advances = creditsOn(invoices).filter((credit) => credit.kind !== 'credit-note' && !taken.has(credit.xeroId));
  const unlinked = livePayments(invoices).filter((payment) => !truth.paymentLinks.some((link) => link.paymentId === payment.xeroId && link.allocationId !== null));
  const open = countingPayments(truth).filter((each) => !onAdvance(truth, each) && !truth.paymentLinks.some((link) => link.allocationId === each.clioId));
  return open.flatMap((allocation) => {
    const place = advances.findIndex((advance) => advance.applied === allocation.amount);
    if (place < 0 || unlinked.some((payment) => payment.amount === allocation.amount)) return [];
    return advances.splice(place, 1).map((advance) => ({ allocation, advance }));
  });
}

/** Known to be settled by an over- or prepayment. */
export const onAdvance = (truth: BillTruth, allocation: Allocation): boolean => creditLinks(truth).some((link) => !link.ended && link.allocationId === allocation.clioId);

/** What is left for payments to match and carry. */
export function paidByPayment(truth: BillTruth, invoices: Invoice[]): Allocation[] {
  const advanced = paidByAdvance(truth, invoices).map(({ allocation }) => allocation);
  return truth.allocations.filter((each) => each.kind === 'credit' || !(onAdvance(truth, each) || advanced.includes(each)));
}

/** Out of money that was in an operating account already: nothing came into a bank that day. */
export const isFromHeldMoney = ({ source, destinationAccountId }: Allocation): boolean => source?.type === 'operating' && (destinationAccountId === null || destinationAccountId === source.clioId);
