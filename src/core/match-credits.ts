import { paidByAdvance } from './advances.js';
import type { Allocation } from './allocation.js';
import { askForCredit } from './ask-for-credit.js';
import { formatDate } from './calendar.js';
import { countingCredits, creditLinks, creditMarker, creditNumberFor, creditsOn, lostNote, waitsForClio, type XeroCredit } from './credit-facts.js';
import { answerTo, hold } from './hold.js';
import type { Invoice } from './invoice.js';
import type { CreditLink } from './link.js';
import { formatAmount, sum } from './money.js';
import { markerOf } from './payment-facts.js';
import type { BillTruth, Hold, Step } from './plan.js';

export interface MatchedCredits {
  steps: Step[];
  holds: Hold[];
  /** Clio's credits that Xero lacks. */
  onlyInClio: Allocation[];
}

/**
 * Pairs credits that are not linked yet: notes of ours found by number and marker, then equal amounts. What could be an echo but is not
 * certain is asked; what only Xero has is for a person to enter in Clio, whose API records no credits.
 */
export function matchCredits(truth: BillTruth, invoices: Invoice[]): MatchedCredits {
  const links = creditLinks(truth).filter((link) => !link.ended);
  const result: MatchedCredits = { steps: [], holds: [], onlyInClio: [] };
  let open = countingCredits(truth).filter((each) => !creditLinks(truth).some((link) => link.allocationId === each.clioId && (link.noteId !== null || link.ended)));
  const numberOf = (allocation: Allocation): string => links.find((link) => link.allocationId === allocation.clioId)?.number ?? creditNumberFor(invoices[0]?.number ?? '', allocation.clioId);
  const own = open.flatMap((allocation) => {
    const note = lostNote(truth, numberOf(allocation), markerOf(allocation.clioId));
    return note ? [{ allocation, note }] : [];
  });
  for (const { allocation, note } of own) result.steps.push(link(allocation, { origin: 'clio', noteId: note.xeroId, number: note.number }, undefined));
  open = open.filter((each) => !own.some(({ allocation }) => allocation === each));
  const waiting = links.filter(waitsForClio);
  const isLinked = (noteId: string): boolean => links.some((each) => (each.noteId === noteId && !waiting.includes(each)) || (each.noteId === null && lostNote(truth, each.number, creditMarker(each))?.xeroId === noteId));
  let foreign = creditsOn(invoices).filter((credit) => !isLinked(credit.xeroId) && !own.some(({ note }) => note.xeroId === credit.xeroId));
  const askedFor = (credit: XeroCredit): CreditLink | undefined => waiting.find((each) => each.noteId === credit.xeroId);
  const pair = (allocation: Allocation, twin: XeroCredit): void => {
    result.steps.push(link(allocation, { origin: 'xero', noteId: twin.xeroId, number: twin.number ?? '' }, askedFor(twin)));
    foreign = foreign.filter((credit) => credit.xeroId !== twin.xeroId);
    open = open.filter((each) => each !== allocation);
  };
  for (const { allocation, advance } of paidByAdvance(truth, invoices)) pair(allocation, advance);
  for (const allocation of open) {
    const twin = foreign.find((credit) => credit.applied === allocation.amount);
    if (twin) pair(allocation, twin);
  }
  // Split otherwise on both sides, yet the same money.
  if (sum(open.map((each) => each.amount)) === sum(foreign.map((credit) => credit.applied))) {
    for (const asked of foreign.flatMap((credit) => askedFor(credit) ?? [])) result.steps.push({ do: 'end-credit', linkId: asked.id, closeTaskId: asked.taskId, note: 'The credit is in Clio, in other parts' });
    return result;
  }
  for (const credit of foreign) askForCredit(truth, credit, { asked: askedFor(credit), certain: open.length === 0 }, result);
  for (const allocation of open) {
    const question = isItNew(truth, allocation, foreign);
    if (question === null || answerTo(truth, question) === 'new') result.onlyInClio.push(allocation);
    else result.holds.push(question);
  }
  return result;
}

const link = (allocation: Allocation, found: { origin: 'clio' | 'xero'; noteId: string; number: string }, asked: CreditLink | undefined): Step => ({
  do: 'link-credit', linkId: asked?.id ?? `credit:c${allocation.clioId}`, allocationId: allocation.clioId, amount: allocation.amount, date: allocation.date, closeTaskId: asked?.taskId ?? null, ...found,
});

function isItNew({ bill }: BillTruth, allocation: Allocation, foreign: XeroCredit[]): Hold | null {
  if (foreign.length === 0) return null;
  const facts = { amount: formatAmount(allocation.amount, bill.currency), date: formatDate(allocation.date), candidates: foreign.map((credit) => formatAmount(credit.applied, bill.currency)).join('; ') };
  return hold(`credit:${allocation.clioId}`, 'CREDIT_UNMATCHED', facts, [{ id: 'new', label: 'It is another credit; send it to Xero' }]);
}
