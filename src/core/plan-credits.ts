import { composeCredit } from './compose-credit.js';
import { unlessMadeByHand } from './credit-by-hand.js';
import { countingCredits, creditLinks } from './credit-facts.js';
import { oncePerThing } from './hold.js';
import { matchCredits } from './match-credits.js';
import { liveInvoices, livePayments } from './payment-facts.js';
import type { BillTruth, Hold, Step } from './plan.js';
import { loweredPayments } from './refunds.js';
import { settleCredits } from './settle-credits.js';

/**
 * Credits and write-offs for a bill that has its invoices: a credit note per credit of Clio's, put on the invoices, taken back when Clio's
 * is voided. `planned` is what happens to the invoices and their payments first: new notes wait until the invoices stand still, and
 * nothing is put on an invoice in the same round as a payment, as both were planned on what is open now.
 */
export function planCredits(truth: BillTruth, planned: Step[]): { steps: Step[]; holds: Hold[] } {
  const invoices = liveInvoices(truth);
  const invoicesSettled = planned.every((step) => step.do === 'rebase' || !(step.do.endsWith('-invoice') || step.do === 'take-off-payment'));
  const lowered = loweredPayments(truth, livePayments(invoices));
  const mayAllocate = invoicesSettled && !planned.some((step) => step.do === 'create-payment');
  const settled = settleCredits(truth, invoices, lowered, mayAllocate);
  const matched = matchCredits(truth, invoices);
  const again = countingCredits(truth).filter((each) => settled.again.some((link) => link.allocationId === each.clioId));
  const decided = matched.onlyInClio.filter((each) => !lowered.some(({ doubtful }) => doubtful.includes(each)));
  const beside = { invoices, taken: new Set<string>(), mayAllocate };
  const composed = [...again, ...decided].map((each) => unlessMadeByHand(truth, each, composeCredit(truth, each, invoices, { tried: creditLinks(truth).find((link) => link.allocationId === each.clioId), lowered }), beside));
  return {
    steps: [...settled.steps, ...matched.steps, ...(invoicesSettled ? composed.flatMap((each) => each.steps) : [])],
    holds: oncePerThing([...settled.holds, ...matched.holds, ...composed.flatMap((each) => each.holds)]),
  };
}
