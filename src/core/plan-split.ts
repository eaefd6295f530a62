import type { SplitPart } from './bill.js';
import { absolute, compare, minus, percent, plus, times, whole } from './fraction.js';
import { answerTo, held, hold } from './hold.js';
import { formatAmount, sum } from './money.js';
import { liveInvoices } from './payment-facts.js';
import type { BillTruth, Hold, Plan } from './plan.js';

/**
 * A split bill is one bill per payer. Each part becomes an invoice to its payer once all parts can be seen, are approved and make up the
 * whole; the whole itself, where Clio shows one, never does. Null when the bill may go on.
 */
export function planSplit(truth: BillTruth): Plan | null {
  const { bill, splitParts = [] } = truth;
  // The whole need not say that it was split; its parts name it.
  if (splitParts.some((part) => part.split?.ofBillId === bill.clioId)) return liveInvoices(truth).length > 0 ? held(doubled(bill.number)) : { steps: [], holds: [], leftOut: { reason: 'SPLIT_PARENT', facts: {} } };
  if (!bill.split || truth.links.some((link) => link.role === 'main' && link.invoiceId !== null)) return null;
  const parent = splitParts.find((part) => part.clioId === bill.split?.ofBillId);
  if (parent?.hasInvoice) return held(doubled(parent.number));
  const why = incomplete(truth, parent);
  if (why === null) return null;
  const question = hold('bill', 'SPLIT_INCOMPLETE', { number: bill.number, why }, [{ id: 'send', label: 'Send this part alone' }]);
  return answerTo(truth, question) === 'send' ? null : held(question);
}

function incomplete({ bill, splitParts = [] }: BillTruth, parent: SplitPart | undefined): string | null {
  const parts = splitParts.filter((part) => part !== parent);
  const unseen = (bill.split?.withBillIds ?? []).filter((id) => id !== bill.split?.ofBillId && !parts.some((part) => part.clioId === id));
  if (unseen.length > 0) return `${unseen.length === 1 ? 'one part' : `${unseen.length} parts`} cannot be seen in Clio`;
  const unready = parts.find((part) => part.state !== 'awaiting_payment' && part.state !== 'paid');
  if (unready) return `part ${unready.number} is ${unready.state === 'void' || unready.state === 'deleted' ? 'void' : 'not approved yet'}`;
  const all = sum([bill.due, ...parts.map((part) => part.due)]);
  const standing = parent && parent.state !== 'void' && parent.state !== 'deleted' ? parent : null;
  if (standing && all !== standing.due) return `the parts come to ${formatAmount(all, bill.currency)}, bill ${standing.number} to ${formatAmount(standing.due, bill.currency)}`;
  return standing || makeAWhole([bill, ...parts]) ? null : 'their percentages do not make up the whole';
}

/**
 * Clio's percentages are rounded, as 33.33 three times; a hundredth for each is let pass. Documents call them percentages, yet others of Clio's
 * rates are fractions: parts that come to one percent are meant so. Unknown ones prove nothing.
 */
function makeAWhole(parts: Pick<SplitPart, 'split'>[]): boolean {
  const portions = parts.flatMap((part) => part.split?.portion ?? []);
  if (portions.length < parts.length) return true;
  const all = portions.map(percent).reduce(plus, whole(0));
  return [all, times(all, whole(100))].some((share) => compare(times(absolute(minus(share, whole(1))), whole(10_000)), whole(parts.length)) <= 0);
}

const doubled = (number: string): Hold => hold('bill', 'SPLIT_IN_XERO', { number });
