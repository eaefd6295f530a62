import type { Allocation } from './allocation.js';
import type { PaymentLink } from './link.js';
import { sum } from './money.js';
import { carriesMarker, liveInvoices, livePayments } from './payment-facts.js';
import { isPartOf, nextPart } from './payment-parts.js';
import type { BillTruth } from './plan.js';

/**
 * Clio's payments the way they stand in Xero, so that everything after this sees one payment on each side: one that lies on several invoices is
 * cut into its parts, several that are one payment in Xero are joined.
 */
export function asInXero(truth: BillTruth): BillTruth {
  const joined = truth.paymentLinks.reduce(join, truth.allocations);
  return { ...truth, allocations: joined.flatMap((allocation) => (allocation.kind === 'payment' ? cut(truth, allocation) : [allocation])) };
}

/** The link's allocation, over the money of all that are one payment with it. A link that was begun and has no payment of Xero yet joins nothing: they are matched anew. */
function join(allocations: Allocation[], { allocationId, alsoFor, paymentId }: PaymentLink): Allocation[] {
  if (allocationId === null || paymentId === null || alsoFor.length === 0) return allocations;
  const together = allocations.filter((each) => each.clioId === allocationId || alsoFor.includes(each.clioId));
  const counting = together.filter((each) => !each.voided);
  const first = counting[0] ?? together[0];
  if (!first) return allocations;
  const one = { ...first, clioId: allocationId, amount: sum(counting.map((each) => each.amount)), voided: counting.length === 0 };
  return [...allocations.filter((each) => !together.includes(each)), one];
}

/**
 * Parts keep their amounts; what Clio's payment was lowered by is taken from the last ones, what it was raised by is a further part. The parts
 * of one payment always come to it.
 */
function cut(truth: BillTruth, allocation: Allocation): Allocation[] {
  const known = knownParts(truth, allocation);
  if (!known.some((part) => part.clioId !== allocation.clioId) && !isLinkedInPart(truth, allocation, known)) return [allocation];
  let rest = allocation.amount;
  const parts = known.filter((part) => part.stands).map(({ clioId, amount }) => {
    const part = { ...allocation, clioId, amount: Math.min(amount, rest) };
    rest -= part.amount;
    return part;
  });
  return rest > 0 ? [...parts, { ...allocation, clioId: nextPart(allocation.clioId, parts), amount: rest }] : parts;
}

/** Linked with the first of several payments in Xero when the process died before the others: what is missing to Clio's is there, and no payment of Clio's is linked with it. */
function isLinkedInPart(truth: BillTruth, allocation: Allocation, [first]: KnownPart[]): boolean {
  const linked = truth.paymentLinks.flatMap((link) => (link.allocationId === null ? [] : [link.paymentId]));
  const open = livePayments(liveInvoices(truth)).filter((payment) => !linked.includes(payment.xeroId));
  return first?.stands === true && open.length > 0 && sum(open.map((each) => each.amount)) === allocation.amount - first.amount;
}

interface KnownPart {
  clioId: string;
  amount: number;
  /** It is in Xero or was; a part only tried may be cut otherwise the next time. */
  stands: boolean;
}

/** By our links, and by the marks in Xero where we lost them; in the order in which they were made. */
function knownParts(truth: BillTruth, { clioId }: Allocation): KnownPart[] {
  const links = truth.paymentLinks.filter((link) => link.allocationId !== null && isPartOf(link.allocationId, clioId));
  const linked = links.map((link) => ({ clioId: link.allocationId ?? '', amount: link.amount, stands: link.paymentId !== null || link.ended }));
  const marked = livePayments(liveInvoices(truth)).flatMap(({ reference, amount, ...payment }) => {
    const own = (reference ?? '').split(/\s+/).map((word) => word.slice(1)).find((id) => isPartOf(id, clioId) && carriesMarker({ ...payment, reference, amount }, id));
    return own === undefined || linked.some((part) => part.clioId === own && part.stands) ? [] : [{ clioId: own, amount, stands: true }];
  });
  return [...linked.filter((part) => !marked.some((each) => each.clioId === part.clioId)), ...marked].sort((a, b) => a.clioId.localeCompare(b.clioId, 'en', { numeric: true }));
}
