import { isClosed } from './calendar.js';
import { endNotesOf, planEndNote } from './end-notes.js';
import { answerTo, hold } from './hold.js';
import type { Invoice } from './invoice.js';
import { suffixed } from './invoice-number.js';
import { formatAmount, sum } from './money.js';
import { isClosedDay, isFinal, liveInvoices, livePayments } from './payment-facts.js';
import { goneBeforeRecorded } from './plan-payments.js';
import type { BillTruth, Hold, Plan, Step } from './plan.js';
import { settleCredits } from './settle-credits.js';
import { settleLinked } from './settle-linked.js';

/**
 * The bill is void or deleted in Clio. Our payments and credit notes go first, then the invoice: an approved one gives up its number, so that the bill
 * can be issued again under it (a voided invoice keeps its number in Xero), a draft is deleted. What Xero lets nobody void any more is credited.
 */
export function planEnd(truth: BillTruth): Plan {
  if (!truth.links.some((link) => link.invoiceId !== null)) return { steps: [], holds: [], leftOut: { reason: 'VOIDED_IN_CLIO', facts: {} } };
  const invoices = liveInvoices(truth);
  const payments = livePayments(invoices);
  const noneInClio: BillTruth = { ...truth, allocations: truth.allocations.map((each) => ({ ...each, voided: true })) };
  const settled = settleLinked(noneInClio, payments);
  const gone = goneBeforeRecorded(truth, payments.map((payment) => payment.xeroId));
  const credits = settleCredits(noneInClio, invoices, [], true);
  const leaving = new Set([...settled.steps, ...credits.steps].flatMap((step) => (step.do === 'delete-payment' ? [step.paymentId] : step.do === 'remove-credit' ? [step.noteId] : [])));
  const arriving = credits.steps.some((step) => step.do === 'allocate-credit' || step.do === 'link-credit');
  const ends = invoices.map((invoice) => (arriving ? NOTHING : endOf(truth, invoice, leaving, credits.again.map((link) => link.id))));
  return {
    steps: [...gone.steps, ...settled.steps, ...credits.steps, ...ends.flatMap((end) => end.steps)],
    // A final payment is told once, with the invoice it keeps from being voided.
    holds: [...settled.holds.filter((each) => each.reason !== 'PAY_RECONCILED'), ...credits.holds.filter((each) => !staysCredited(each)), ...ends.flatMap((end) => end.holds)],
    leftOut: null,
  };
}

/** A credit in a closed period may stay where it is: only what it leaves open is credited on top. */
const staysCredited = ({ reason, about }: Hold): boolean => reason === 'PERIOD_CLOSED' && !about.startsWith('credit:void-');

interface End {
  steps: Step[];
  holds: Hold[];
}

const NOTHING: End = { steps: [], holds: [] };

/** Waits for what is leaving it; then the invoice goes, or what is open of it is credited where it cannot go. */
function endOf(truth: BillTruth, invoice: Invoice, leaving: Set<string>, again: string[]): End {
  const role = truth.links.find((link) => link.invoiceId === invoice.xeroId)?.role ?? 'main';
  const draft = invoice.status === 'draft' || invoice.status === 'submitted';
  const ours = endNotesOf(truth, role);
  const paid = invoice.payments.filter((payment) => payment.status === 'authorised' && !leaving.has(payment.xeroId));
  const credited = invoice.credits.filter((credit) => !leaving.has(credit.xeroId) && !ours.some((link) => link.noteId === credit.xeroId));
  const undoable = paid.filter((payment) => !isFinal(payment) && !isClosedDay(payment.date, truth));
  if (undoable.length > 0) return { steps: [], holds: [hold(`invoice:${role}`, 'VOID_BLOCKED', { number: invoice.number, blocker: 'a payment' })] };
  if ([...invoice.payments, ...invoice.credits].some((each) => leaving.has(each.xeroId))) return NOTHING;
  const mayGo = draft || (ours.length === 0 && paid.length === 0 && credited.length === 0 && !isClosed(invoice.date, truth.books.lockedThrough));
  if (mayGo) return { steps: [removal(truth, role, invoice, draft)], holds: [] };
  const note = planEndNote(truth, invoice, role, again);
  return { steps: note.steps, holds: [...note.holds, ...(note.steps.length > 0 ? [] : moneyLeft(truth, invoice, role, [...paid.map((each) => each.amount), ...credited.filter((each) => each.kind !== 'credit-note').map((each) => each.applied)]))] };
}

/** The client's money stands on an invoice of a bill that is void: to be paid back, or kept for another. */
function moneyLeft(truth: BillTruth, invoice: Invoice, role: string, amounts: number[]): Hold[] {
  if (amounts.length === 0) return [];
  const blocker = `${formatAmount(sum(amounts), invoice.currency)} of the client's money`;
  const question = hold(`invoice:${role}`, 'VOID_BLOCKED', { number: invoice.number, blocker }, [{ id: 'settled', label: 'The money is dealt with' }]);
  return answerTo(truth, question) === 'settled' ? [] : [question];
}

/** The bill's id makes the freed number unique, however often a number is issued and voided. */
function removal(truth: BillTruth, role: string, { xeroId, number }: Invoice, asDraft: boolean): Step {
  return { do: 'void-invoice', role, invoiceId: xeroId, renameTo: asDraft ? null : suffixed(number, `VOID-${truth.bill.clioId}`), asDraft };
}
