import type { Allocation } from './allocation.js';
import { sum } from './money.js';
import type { XeroPayment } from './payment-facts.js';
import { nextPart } from './payment-parts.js';

/**
 * One payment on one side that the other side has in several: linked when nothing else is open on either, so that no other reading is left. What
 * is several in Xero makes parts of Clio's payment, what is several in Clio stands behind one link.
 */
export function matchInParts<Match extends { payment: XeroPayment }>(open: Allocation[], left: Match[], { near, all }: { near: (allocation: Allocation, match: Match) => boolean; all: readonly Allocation[] }): { allocationId: string; alsoFor: string[]; match: Match }[] {
  const [first, ...others] = open;
  if (!first || left.length === 0 || (others.length === 0) === (left.length === 1)) return [];
  const sameSum = sum(open.map((each) => each.amount)) === sum(left.map(({ payment }) => payment.amount));
  if (!sameSum || !open.every((allocation) => left.every((match) => near(allocation, match)))) return [];
  const named: { clioId: string }[] = [...all];
  return left.map((match, index) => {
    const allocationId = index === 0 ? first.clioId : nextPart(first.clioId, named);
    named.push({ clioId: allocationId });
    return { allocationId, alsoFor: others.map((each) => each.clioId), match };
  });
}
