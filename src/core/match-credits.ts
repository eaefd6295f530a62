import type { Allocation } from './allocation.js';
import { formatDate } from './calendar.js';
import { countingCredits, creditLinks, creditMarker, creditNumberFor, creditsOn, lostNote, type XeroCredit } from './credit-facts.js';
import { answerTo, hold } from './hold.js';
import type { Invoice } from './invoice.js';
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
  for (const { allocation, note } of own) result.steps.push(link(allocation, { origin: 'clio', noteId: note.xeroId, number: note.number }));
  open = open.filter((each) => !own.some(({ allocation }) => allocation === each));
  const isLinked = (noteId: string): boolean => links.some((each) => each.noteId === noteId || (each.noteId === null && lostNote(truth, each.number, creditMarker(each))?.xeroId === noteId));
  let foreign = creditsOn(invoices).filter((credit) => !isLinked(credit.xeroId) && !own.some(({ note }) => note.xeroId === credit.xeroId));
  for (const allocation of open) {
    const twin = foreign.find((credit) => credit.applied === allocation.amount);
    if (!twin) continue;
    result.steps.push(link(allocation, { origin: 'xero', noteId: twin.xeroId, number: twin.number ?? '' }));
    foreign = foreign.filter((credit) => credit !== twin);
    open = open.filter((each) => each !== allocation);
  }
  // Split otherwise on both sides, yet the same money.
  if (sum(open.map((each) => each.amount)) === sum(foreign.map((credit) => credit.applied))) return result;
  result.holds.push(...foreign.map((credit) => onlyInXero(truth, credit)));
  for (const allocation of open) {
    const question = isItNew(truth, allocation, foreign);
    if (question === null || answerTo(truth, question) === 'new') result.onlyInClio.push(allocation);
    else result.holds.push(question);
  }
  return result;
}

const link = (allocation: Allocation, found: { origin: 'clio' | 'xero'; noteId: string; number: string }): Step => ({ do: 'link-credit', linkId: `credit:c${allocation.clioId}`, allocationId: allocation.clioId, amount: allocation.amount, date: allocation.date, ...found });

const onlyInXero = ({ bill }: BillTruth, credit: XeroCredit): Hold => hold(`credit:x${credit.xeroId}`, 'CREDIT_IN_XERO', { amount: formatAmount(credit.applied, bill.currency), number: credit.invoice.number });

function isItNew({ bill }: BillTruth, allocation: Allocation, foreign: XeroCredit[]): Hold | null {
  if (foreign.length === 0) return null;
  const facts = { amount: formatAmount(allocation.amount, bill.currency), date: formatDate(allocation.date), candidates: foreign.map((credit) => formatAmount(credit.applied, bill.currency)).join('; ') };
  return hold(`credit:${allocation.clioId}`, 'CREDIT_UNMATCHED', facts, [{ id: 'new', label: 'It is another credit; send it to Xero' }]);
}
