import type { Allocation } from './allocation.js';
import { formatDate } from './calendar.js';
import { creditLinks } from './credit-facts.js';
import type { CreditNote, NewCreditNote } from './credit-note.js';
import { answerTo, hold } from './hold.js';
import { formatAmount } from './money.js';
import { farApart } from './payment-facts.js';
import type { BillTruth, Choice, Hold, Step } from './plan.js';

/**
 * Somebody may have entered a refund in Xero already, on a credit note of their own. Nothing proves that equal amounts are the same money,
 * so a person says it: what is the same is linked, what is another one is made. `taken` are notes that became another credit's just now.
 */
export function unlessMadeByHand(truth: BillTruth, credit: Allocation, composed: { steps: Step[]; holds: Hold[] }, taken: Set<string>): { steps: Step[]; holds: Hold[] } {
  const [step] = composed.steps;
  if (step?.do !== 'create-credit-note' || step.treatment !== 'refund') return composed;
  const alike = notesLike(truth, credit, step.note).filter((note) => !taken.has(note.xeroId));
  if (alike.length === 0) return composed;
  const question = isItOneOf(credit, alike);
  const answer = answerTo(truth, question);
  if (answer === 'new') return composed;
  const same = alike.find((note) => answer === itIs(note).id);
  if (!same) return { steps: [], holds: [question] };
  taken.add(same.xeroId);
  return { steps: [linking(step.linkId, credit, same)], holds: [] };
}

/** A note that is on an invoice is a credit there, and no refund. */
function notesLike(truth: BillTruth, credit: Allocation, ours: NewCreditNote): CreditNote[] {
  return (truth.notesByHand ?? []).filter((note) => {
    const over = note.status === 'voided' || note.status === 'deleted' || note.allocations.length > 0;
    const equal = note.contactId === ours.contactXeroId && note.currency === ours.currency && note.total === ours.total;
    return !over && equal && !farApart(credit.date, note.date, truth) && !creditLinks(truth).some((link) => link.noteId === note.xeroId);
  });
}

/** Nothing can be paid out of a note before it is approved, so a draft is named but cannot be chosen. */
function isItOneOf(credit: Allocation, alike: CreditNote[]): Hold {
  const [first] = alike;
  const facts = { amount: formatAmount(credit.amount, first?.currency ?? ''), date: formatDate(credit.date), numbers: alike.map((note) => note.number).join(', ') };
  const approved = alike.filter((note) => note.status === 'authorised' || note.status === 'paid');
  return hold(`credit:${credit.clioId}`, 'REFUND_UNMATCHED', facts, [...approved.map(itIs), { id: 'new', label: 'It is another refund; send it to Xero' }]);
}

const itIs = (note: CreditNote): Choice => ({ id: `link:${note.xeroId}`, label: note.remaining === 0 ? `It is credit note ${note.number}, paid out already` : `It is credit note ${note.number}; pay out what it has left` });

function linking(linkId: string, credit: Allocation, note: CreditNote): Step {
  const paidOut = note.refunds.find((refund) => refund.status === 'authorised');
  return { do: 'link-credit', linkId, allocationId: credit.clioId, noteId: note.xeroId, origin: 'xero', number: note.number, amount: credit.amount, date: credit.date, closeTaskId: null, refund: { paymentId: paidOut?.xeroId ?? null } };
}
