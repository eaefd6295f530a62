import { creditDay } from './compose-credit.js';
import { countingCredits, refundedOf, refundReference } from './credit-facts.js';
import type { CreditNote } from './credit-note.js';
import { answerTo, hold } from './hold.js';
import type { CreditLink } from './link.js';
import { formatAmount } from './money.js';
import type { BillTruth, Hold, Step } from './plan.js';
import { refundBank, type Lowered } from './refunds.js';

/** What a refund's note has left goes back to the client, out of the bank its payment came into. False when the credit is no refund. */
export function payBack(truth: BillTruth, { link, note, lowered }: { link: CreditLink; note: CreditNote; lowered: Lowered[] }, result: { steps: Step[]; holds: Hold[] }): boolean {
  const about = `credit:${link.allocationId ?? link.id}`;
  const credit = countingCredits(truth).find((each) => each.clioId === link.allocationId);
  const bank = credit && link.treatment === 'refund' ? refundBank(truth, lowered, credit, about) : null;
  if (!credit || !bank) return paidBackForNothing(link, note, result);
  if (note.remaining === 0) return true;
  const removed = hold(about, 'REFUND_REMOVED_IN_XERO', { amount: formatAmount(note.remaining, note.currency), number: note.number }, [{ id: 'send-again', label: 'Pay it out in Xero again' }, { id: 'accept', label: 'Leave Xero without it' }]);
  const answer = link.refundId === null ? 'send-again' : answerTo(truth, removed);
  const day = creditDay(truth, note.date, about);
  if (answer === null) result.holds.push(removed);
  else if (answer === 'accept') result.steps.push({ do: 'end-credit', linkId: link.id, closeTaskId: null, note: 'A person accepted that Xero does not have this refund' });
  else if (!bank.ok) result.holds.push(bank.hold);
  else if (!day.ok) result.holds.push(day.hold);
  else result.steps.push({ do: 'refund-credit', linkId: link.id, refund: { creditNoteXeroId: note.xeroId, accountXeroId: bank.account.xeroId, amount: note.remaining, currency: note.currency, date: day.date, reference: refundReference(truth, credit.clioId) } });
  return true;
}

/** Paid back out of a payment that Clio shows in full again. */
function paidBackForNothing(link: CreditLink, note: CreditNote, result: { steps: Step[]; holds: Hold[] }): boolean {
  if (link.refundId === null || refundedOf(note) === 0) return false;
  const amount = formatAmount(note.total, note.currency);
  result.holds.push(hold(`credit:${link.allocationId ?? link.id}`, 'CREDIT_DIFFERS', { clio: `a credit of ${amount} and the payment in full`, xero: `paid back ${amount}`, number: note.number }));
  return true;
}
