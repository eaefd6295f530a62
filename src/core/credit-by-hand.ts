import type { Allocation } from './allocation.js';
import { formatDate } from './calendar.js';
import { creditDay } from './compose-credit.js';
import { creditLinks } from './credit-facts.js';
import type { CreditNote } from './credit-note.js';
import { answerTo, hold } from './hold.js';
import type { Invoice } from './invoice.js';
import { formatAmount, sum } from './money.js';
import { farApart } from './payment-facts.js';
import type { BillTruth, Choice, Hold, Step } from './plan.js';

type Making = Extract<Step, { do: 'create-credit-note' }>;

interface Beside {
  invoices: Invoice[];
  /** Notes that became another credit's just now. */
  taken: Set<string>;
  /** False while a payment is put on the invoices: both were planned on what is open now. */
  mayAllocate: boolean;
}

/**
 * Somebody may have entered a credit or refund in Xero already, on a note of their own that is on no invoice. Nothing proves that equal amounts
 * are the same money, so a person says it: what is the same is put on the invoice or linked, what is another one is made.
 */
export function unlessMadeByHand(truth: BillTruth, credit: Allocation, composed: { steps: Step[]; holds: Hold[] }, beside: Beside): { steps: Step[]; holds: Hold[] } {
  const [step] = composed.steps;
  // Not looked yet: what is planned now says that it is to be looked for.
  if (step?.do !== 'create-credit-note' || truth.notesByHand === undefined) return composed;
  const alike = notesLike(truth, credit, step).filter((note) => !beside.taken.has(note.xeroId));
  const question = isItOneOf(truth, credit, step, { alike, invoices: beside.invoices });
  const answer = question === null ? 'new' : answerTo(truth, question);
  if (question === null || answer === 'new') return composed;
  const same = alike.find((note) => answer === itIs(note, step).id);
  if (!same) return { steps: [], holds: [question] };
  beside.taken.add(same.xeroId);
  return step.treatment === 'refund' ? { steps: [linking(step.linkId, credit, same)], holds: [] } : putting(truth, step.linkId, same, beside);
}

/** A note that is on an invoice is a credit there, and neither of these. What is paid out of it is a refund. */
function notesLike(truth: BillTruth, credit: Allocation, { note: ours, treatment }: Making): CreditNote[] {
  return (truth.notesByHand ?? []).filter((note) => {
    const over = note.status === 'voided' || note.status === 'deleted' || note.allocations.length > 0 || (treatment !== 'refund' && note.remaining !== note.total);
    const equal = note.contactId === ours.contactXeroId && note.currency === ours.currency && note.total === ours.total;
    return !over && equal && !farApart(credit.date, note.date, truth) && !creditLinks(truth).some((link) => link.noteId === note.xeroId);
  });
}

/**
 * Nothing can be done with a note before it is approved, so a draft is named but cannot be chosen. One that a person chose and that became
 * another bill's since is asked about again, never made anew without a word.
 */
function isItOneOf(truth: BillTruth, credit: Allocation, step: Making, { alike, invoices }: { alike: CreditNote[]; invoices: Invoice[] }): Hold | null {
  const about = `credit:${credit.clioId}`;
  const reason = step.treatment === 'refund' ? 'REFUND_UNMATCHED' : 'CREDIT_BY_HAND';
  const chosen = truth.answers?.find((each) => each.about === about && each.reason === reason && each.choice !== 'new');
  const numbers = alike.length > 0 ? alike.map((note) => note.number).join(', ') : chosen?.facts['numbers'];
  if (numbers === undefined) return null;
  const facts = { amount: formatAmount(credit.amount, step.note.currency), date: formatDate(credit.date), numbers };
  const fits = step.treatment === 'refund' || sum(invoices.map((invoice) => invoice.amountDue)) >= credit.amount;
  const usable = alike.filter((note) => fits && (note.status === 'authorised' || note.status === 'paid'));
  return hold(about, reason, facts, [...usable.map((note) => itIs(note, step)), { id: 'new', label: `It is another ${step.treatment === 'refund' ? 'refund' : 'credit'}; send it to Xero` }]);
}

function itIs({ xeroId, number, remaining }: CreditNote, { treatment }: Making): Choice {
  const what = treatment !== 'refund' ? '; put it on the invoice' : remaining === 0 ? ', paid out already' : '; pay out what it has left';
  return { id: `link:${xeroId}`, label: `It is credit note ${number}${what}` };
}

function linking(linkId: string, credit: Allocation, note: CreditNote): Step {
  const paidOut = note.refunds.find((refund) => refund.status === 'authorised');
  return { do: 'link-credit', linkId, allocationId: credit.clioId, noteId: note.xeroId, origin: 'xero', number: note.number, amount: credit.amount, date: credit.date, closeTaskId: null, refund: { paymentId: paidOut?.xeroId ?? null } };
}

/** Onto the invoices, oldest first; there it is recognised as this credit. */
function putting(truth: BillTruth, linkId: string, note: CreditNote, { invoices, mayAllocate }: Beside): { steps: Step[]; holds: Hold[] } {
  const day = creditDay(truth, note.date, linkId.replace('credit:c', 'credit:'));
  if (!day.ok) return { steps: [], holds: [day.hold] };
  let rest = note.remaining;
  const steps = invoices.flatMap((invoice): Step[] => {
    const amount = Math.min(rest, invoice.amountDue);
    rest -= amount;
    return amount > 0 ? [{ do: 'allocate-credit', linkId, allocation: { creditNoteXeroId: note.xeroId, invoiceXeroId: invoice.xeroId, amount, currency: note.currency, date: day.date } }] : [];
  });
  return { steps: mayAllocate ? steps : [], holds: [] };
}
