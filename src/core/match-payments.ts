import type { Allocation } from './allocation.js';
import { formatDate } from './calendar.js';
import { answerTo, hold } from './hold.js';
import type { PaymentLink } from './link.js';
import { matchInParts } from './match-in-parts.js';
import { formatAmount, sum } from './money.js';
import { carriesMarker, countingPayments, farApart, isHistory, isOurs, isWaiting, markerOf, type XeroPayment } from './payment-facts.js';
import type { BillTruth, Choice, Hold, Step } from './plan.js';

export interface Matched {
  steps: Step[];
  holds: Hold[];
  /** Clio's payments that Xero lacks. */
  onlyInClio: Allocation[];
  /** Xero's payments that Clio lacks, with the link of those already asked about. */
  onlyInXero: { payment: XeroPayment; link: PaymentLink | null }[];
}

/**
 * Pairs payments that are not linked yet: by our marker, then by equal amount and near day when that is unmistakable on both sides, one by one
 * or several for one. Whatever could be an echo but is not certain is asked, never sent: a payment sent twice is worse than one sent late.
 */
export function matchPayments(truth: BillTruth, payments: XeroPayment[]): Matched {
  const links = truth.paymentLinks;
  const linkOf = (payment: XeroPayment): PaymentLink | null => links.find((link) => link.paymentId === payment.xeroId) ?? null;
  let open = countingPayments(truth).filter((each) => !links.some((link) => link.allocationId === each.clioId && link.paymentId !== null));
  const known = payments.map((payment) => ({ payment, link: linkOf(payment) }));
  // Recorded in Clio again, perhaps: what took its place there must not go to Xero a second time.
  const freed = known.filter(({ payment, link }) => link !== null && isFreed(truth, link, payment));
  let foreign = known.filter((each) => each.link === null || isWaiting(each.link) || freed.includes(each));
  const result: Matched = { steps: [], holds: [], onlyInClio: [], onlyInXero: [] };
  const link = (allocationId: string, { payment, link: its }: Matched['onlyInXero'][number], alsoFor: string[] = []): void => {
    result.steps.push({ do: 'link-payment', allocationId, alsoFor, paymentId: payment.xeroId, linkId: its?.id ?? null, amount: payment.amount, date: payment.date, closeTaskId: its?.taskId ?? null });
  };
  const pair = (allocation: Allocation, match: Matched['onlyInXero'][number]): void => {
    link(allocation.clioId, match);
    open = open.filter((each) => each !== allocation);
    foreign = foreign.filter((each) => each !== match);
  };

  for (const allocation of open) {
    const [own] = foreign.filter(({ payment }) => carriesMarker(payment, allocation.clioId));
    if (own) pair(allocation, own);
  }
  // What carries another payment's marker, even a voided one's, is nobody's echo.
  const candidates = foreign.filter(({ payment }) => !isOurs(payment, truth.allocations));
  const near = (allocation: Allocation, { payment, link: its }: Matched['onlyInXero'][number]): boolean => its?.rung === 'marked-paid' || isHistory(truth, allocation) || !farApart(allocation.date, payment.date, truth);
  const alike = (allocation: Allocation, match: Matched['onlyInXero'][number]): boolean => allocation.amount === match.payment.amount && near(allocation, match);
  for (const allocation of open) {
    const [match, ...more] = candidates.filter((each) => foreign.includes(each) && alike(allocation, each));
    const rivals = open.filter((each) => match && alike(each, match));
    if (match && more.length === 0 && rivals.length === 1) pair(allocation, match);
  }
  const left = candidates.filter((each) => foreign.includes(each) && each.link?.rung !== 'marked-paid' && !freed.includes(each));
  const together = matchInParts(open, left, { near, all: truth.allocations });
  for (const { allocationId, alsoFor, match } of together) link(allocationId, match, alsoFor);
  if (together.length > 0) {
    open = [];
    foreign = foreign.filter((each) => !left.includes(each));
  }

  const marked = foreign.filter((each) => each.link?.rung === 'marked-paid' && !freed.includes(each));
  foreign = foreign.filter((each) => !marked.includes(each));
  const settled = matchInParts(open, marked, { near, all: truth.allocations });
  for (const { allocationId, alsoFor, match } of settled) link(allocationId, match, alsoFor);
  if (settled.length > 0 || (marked.length > 0 && sumOf(marked) === sum(open.map((each) => each.amount)))) open = [];
  else if (open.length === 0) result.holds.push(...undone(truth, marked));
  for (const allocation of open) {
    // Money a bill was marked paid with, of which Clio shows another amount by now, may be what looks new.
    const asked = askWhich(truth, allocation, [...foreign.filter((each) => candidates.includes(each)), ...marked]);
    if (asked === null || asked.answer === 'new') result.onlyInClio.push(allocation);
    else if (asked.answer === null) result.holds.push(asked.question);
    else if (asked.match) pair(allocation, asked.match);
  }
  foreign = foreign.filter((each) => !freed.includes(each));
  // While it is open which of Clio's payments they are, nobody is asked to enter them in Clio a second time.
  result.onlyInXero = result.holds.length > 0 ? foreign.filter(({ link }) => link?.rung !== null && link !== null) : foreign;
  return result;
}

/** Two live payments with one marker: one of them is too much. */
export function twins(truth: BillTruth, payments: XeroPayment[]): Hold[] {
  return truth.allocations.flatMap((allocation) => {
    const own = payments.filter((payment) => carriesMarker(payment, allocation.clioId));
    return own.length < 2 ? [] : [hold(`payment:${allocation.clioId}`, 'PAY_TWIN', { number: own[0]?.invoice.number ?? '', marker: markerOf(allocation.clioId) })];
  });
}

/** Its recording in Clio was voided, or lowered to nothing, and it is not ours to delete: it still stands in Xero. */
function isFreed(truth: BillTruth, { origin, allocationId, ended }: PaymentLink, payment: XeroPayment): boolean {
  if (allocationId === null || ended || (origin === 'clio' && carriesMarker(payment, allocationId))) return false;
  const recording = countingPayments(truth).find((each) => each.clioId === allocationId);
  return recording === undefined || recording.amount === 0;
}

/** The bill was marked paid with this money, and Clio counts nothing of it any more: somebody took it back there. */
function undone({ bill }: BillTruth, marked: Matched['onlyInXero']): Hold[] {
  if (marked.length === 0 || bill.state === 'paid' || bill.balance < sumOf(marked)) return [];
  return marked.map(({ payment }) => hold(`payment:x${payment.xeroId}`, 'PAY_REMOVED_IN_CLIO', { amount: formatAmount(payment.amount, bill.currency), date: formatDate(payment.date) }));
}

const sumOf = (matches: Matched['onlyInXero']): number => sum(matches.map(({ payment }) => payment.amount));

function askWhich(truth: BillTruth, allocation: Allocation, foreign: Matched['onlyInXero']): { question: Hold; answer: string | null; match: Matched['onlyInXero'][number] | undefined } | null {
  if (foreign.length === 0) return null;
  const { currency } = truth.bill;
  const words = ({ payment }: Matched['onlyInXero'][number]): string => `${formatAmount(payment.amount, currency)} of ${formatDate(payment.date)}`;
  const equal = foreign.filter(({ payment, link }) => payment.amount === allocation.amount || link?.rung === 'marked-paid');
  const choices: Choice[] = [...equal.map((each) => ({ id: `link:${each.payment.xeroId}`, label: `It is the payment of ${words(each)}` })), { id: 'new', label: 'It is another payment; send it to Xero' }];
  const facts = { amount: formatAmount(allocation.amount, currency), date: formatDate(allocation.date), candidates: foreign.map(words).join('; ') };
  const question = hold(`payment:${allocation.clioId}`, 'PAY_MANY_CANDIDATES', facts, choices);
  const answer = answerTo(truth, question);
  return { question, answer, match: foreign.find(({ payment }) => answer === `link:${payment.xeroId}`) };
}
