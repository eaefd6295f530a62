import { formatDate } from './calendar.js';
import { creditDay } from './compose-credit.js';
import { countingCredits, creditLinks, creditMarker, creditsOn, lostNote, refundedOf, waitsForClio } from './credit-facts.js';
import type { CreditNote } from './credit-note.js';
import { invoicesFor, isEndNote } from './end-notes.js';
import { answerTo, hold } from './hold.js';
import type { Invoice } from './invoice.js';
import type { CreditLink } from './link.js';
import { formatAmount, type Minor, sum } from './money.js';
import { countingPayments, isClosedDay } from './payment-facts.js';
import { payBack } from './pay-back.js';
import type { Lowered } from './refunds.js';
import type { BillTruth, Facts, Hold, Step } from './plan.js';

export interface SettledCredits {
  steps: Step[];
  holds: Hold[];
  /** Links whose credit is to be sent to Xero again under a new number. */
  again: CreditLink[];
}

/** Credits both sides had: put what is open of our notes on the invoices, and follow what was voided on either side since. */
export function settleCredits(truth: BillTruth, invoices: Invoice[], lowered: Lowered[], mayAllocate: boolean): SettledCredits {
  const result: SettledCredits = { steps: [], holds: [], again: [] };
  const due = new Map(invoices.map((invoice) => [invoice.xeroId, invoice.amountDue]));
  for (const link of creditLinks(truth).filter((each) => !each.ended)) {
    const inClio = standsInClio(truth, link);
    const note = noteOf(truth, link);
    if (link.noteId === null) pending(truth, link, inClio, result);
    else if (note && inClio && payBack(truth, { link, note, lowered }, result)) continue;
    else if (link.origin === 'xero') followForeign(truth, link, inClio, invoices, result);
    else if (note && inClio) allocate(truth, { link, note, invoices, due, mayAllocate }, result);
    else if (note) remove(truth, link, note, invoices, result);
    else if (inClio && (link.cut === null || isEndNote(link))) removedInXero(truth, link, result);
    else if (!inClio) result.steps.push(ending(link, 'The credit is gone on both sides'));
  }
  return result;
}

function standsInClio(truth: BillTruth, link: CreditLink): boolean {
  if (link.cut === null) return truth.allocations.some((each) => each.clioId === link.allocationId && !each.voided);
  const over = truth.bill.state === 'void' || truth.bill.state === 'deleted';
  return over === isEndNote(link);
}

const noteOf = (truth: BillTruth, link: CreditLink): CreditNote | undefined => (truth.creditNotes ?? []).find((note) => note.xeroId === link.noteId && note.status !== 'voided' && note.status !== 'deleted');

/** Its making was tried and the answer lost; it is either there by now, or made again. */
function pending(truth: BillTruth, link: CreditLink, inClio: boolean, result: SettledCredits): void {
  const note = lostNote(truth, link.number, creditMarker(link));
  if (note && (link.cut !== null || !inClio)) result.steps.push({ do: 'link-credit', linkId: link.id, allocationId: link.allocationId, noteId: note.xeroId, origin: 'clio', number: note.number, amount: link.amount, date: link.date, closeTaskId: null });
  else if (!note && !inClio) result.steps.push(ending(link, 'The credit was voided in Clio before it reached Xero'));
}

function followForeign(truth: BillTruth, link: CreditLink, inClio: boolean, invoices: Invoice[], result: SettledCredits): void {
  const inXero = creditsOn(invoices).some((credit) => credit.xeroId === link.noteId) || (link.treatment === 'refund' && noteOf(truth, link) !== undefined);
  if (waitsForClio(link)) {
    if (!inXero || truth.bill.state === 'void' || truth.bill.state === 'deleted') result.steps.push(ending(link, 'The credit in Xero is gone, or the bill is; nothing is left to enter'));
  } else if (!inClio) result.steps.push(ending(link, 'The credit was voided in Clio; the one in Xero was made there'));
  else if (!inXero) removedInXero(truth, link, result);
}

interface Standing {
  link: CreditLink;
  note: CreditNote;
  invoices: Invoice[];
  due: Map<string, Minor>;
  mayAllocate: boolean;
}

/** Oldest invoice first, never above what is due there nor above what Clio credits; the rest waits for a person. */
function allocate(truth: BillTruth, { link, note, invoices, due, mayAllocate }: Standing, result: SettledCredits): void {
  const credited = countingCredits(truth).find((each) => each.clioId === link.allocationId)?.amount ?? note.total;
  const money = (amount: Minor): string => formatAmount(amount, truth.bill.currency);
  let rest = Math.min(note.remaining, credited - sum(note.allocations.map((each) => each.amount)));
  if (note.total !== credited) result.holds.push(hold(`credit:${idOf(link)}`, 'CREDIT_DIFFERS', { clio: money(credited), xero: money(note.total), number: note.number }));
  if (rest <= 0 || !mayAllocate) return;
  const day = creditDay(truth, note.date, `credit:${idOf(link)}`);
  const open = sum([...due.values()]);
  if (!day.ok) return void result.holds.push(day.hold);
  for (const invoice of invoicesFor(truth, link, invoices).filter((each) => each.status === 'authorised')) {
    const amount = Math.min(rest, due.get(invoice.xeroId) ?? 0);
    if (amount <= 0) continue;
    rest -= amount;
    due.set(invoice.xeroId, (due.get(invoice.xeroId) ?? 0) - amount);
    result.steps.push({ do: 'allocate-credit', linkId: link.id, allocation: { creditNoteXeroId: note.xeroId, invoiceXeroId: invoice.xeroId, amount, currency: invoice.currency, date: day.date } });
  }
  if (rest > 0) result.holds.push(hold(`credit:${idOf(link)}`, 'CREDIT_OVER_BALANCE', { amount: money(credited), due: money(open), rest: money(rest), number: note.number }));
}

/** Voided in Clio: what we wrote is taken back, unless money went out on it or the books are closed. */
function remove(truth: BillTruth, link: CreditLink, note: CreditNote, invoices: Invoice[], result: SettledCredits): void {
  const about = `credit:${idOf(link)}`;
  const elsewhere = note.allocations.some((each) => !invoices.some((invoice) => invoice.xeroId === each.invoiceId));
  const closed = [note.date, ...note.allocations.map((each) => each.date)].find((date) => isClosedDay(date, truth));
  const blocked = refundedOf(note) > 0 ? 'paid out to the client' : elsewhere ? 'used on another invoice' : null;
  if (blocked !== null) result.holds.push(hold(about, 'CREDIT_FINAL', { amount: formatAmount(note.total, truth.bill.currency), number: note.number, why: blocked }));
  else if (closed !== undefined) result.holds.push(hold(about, 'PERIOD_CLOSED', { date: formatDate(closed), lockedThrough: formatDate(truth.books.lockedThrough ?? closed) }));
  else result.steps.push({ do: 'remove-credit', linkId: link.id, noteId: note.xeroId, allocationIds: note.allocations.map((each) => each.xeroId), asDraft: note.status === 'draft' || note.status === 'submitted' });
}

/** Voided in Xero while Clio still counts it. */
function removedInXero(truth: BillTruth, link: CreditLink, result: SettledCredits): void {
  // Named, so that an answer about this note says nothing about the next one, which a read that lags may not show yet.
  const facts: Facts = { amount: formatAmount(link.amount, truth.bill.currency), date: formatDate(link.date), note: link.noteId ?? '' };
  const paid = countingPayments(truth).some((each) => each.clioId === link.allocationId);
  const choices = paid ? [{ id: 'send-again', label: 'Send it to Xero as a payment' }] : [{ id: 'send-again', label: 'Send the credit to Xero again' }, { id: 'accept', label: 'Leave Xero without it' }];
  const question = hold(`credit:${idOf(link)}`, 'CREDIT_REMOVED_IN_XERO', facts, choices);
  const answer = answerTo(truth, question);
  if (answer === 'send-again' && paid) result.steps.push(ending(link, 'Taken off the invoice in Xero; the payment is sent instead'));
  else if (answer === 'send-again') result.again.push(link);
  else if (answer === 'accept') result.steps.push(ending(link, 'A person accepted that Xero does not have this credit'));
  else result.holds.push(question);
}

const ending = (link: CreditLink, note: string): Step => ({ do: 'end-credit', linkId: link.id, closeTaskId: link.taskId, note });

const idOf = (link: CreditLink): string => link.allocationId ?? link.cut?.role ?? link.id;
