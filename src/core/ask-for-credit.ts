import { formatDate } from './calendar.js';
import type { XeroCredit } from './credit-facts.js';
import { hold } from './hold.js';
import type { CreditLink } from './link.js';
import { formatAmount } from './money.js';
import type { BillTruth, Hold, Step } from './plan.js';
import { wantsTasks } from './remove-in-clio.js';

/**
 * A credit that only Xero has, for a person to enter in Clio, whose API records none: once by a task where the firm wants tasks and the bill
 * has something open to credit, and in the inbox until it is there. While it is not `certain` that Clio lacks it, no task is made.
 */
export function askForCredit(truth: BillTruth, credit: XeroCredit, { asked, certain }: { asked: CreditLink | undefined; certain: boolean }, result: { steps: Step[]; holds: Hold[] }): void {
  const { bill, settings } = truth;
  const amount = formatAmount(credit.applied, bill.currency);
  const question = hold(`credit:x${credit.xeroId}`, credit.kind === 'credit-note' ? 'CREDIT_IN_XERO' : 'ADVANCE_IN_XERO', { amount, number: credit.invoice.number });
  const byTask = wantsTasks(settings) && bill.state === 'awaiting_payment' && bill.balance > 0;
  if (asked && asked.amount !== credit.applied) result.steps.push({ do: 'end-credit', linkId: asked.id, closeTaskId: asked.taskId, note: 'The credit in Xero was changed; it is asked for anew' });
  else if (asked || !byTask || !certain) result.holds.push(question);
  else result.steps.push({ do: 'ask-for-credit', linkId: `credit:x${credit.xeroId}:${bill.clioId}`, noteId: credit.xeroId, number: credit.number ?? '', amount: credit.applied, date: credit.date ?? bill.issuedOn, taskText: taskFor(truth, credit, amount) });
}

function taskFor({ bill, pageUrl }: BillTruth, { kind, number, date, invoice }: XeroCredit, amount: string): { name: string; description: string } {
  const day = date === null ? '' : ` on ${formatDate(date)}`;
  const what = kind === 'credit-note' ? `credit note${number === null ? '' : ` ${number}`}` : `${kind} that the client made earlier`;
  const how = kind === 'credit-note' ? `Please write off ${amount} on bill ${bill.number} in Clio, or give a credit of that amount.` : `Please record ${amount} in Clio on bill ${bill.number} as a payment out of money held in operating, not from trust.`;
  const description = [`${amount} of a ${what} was put on invoice ${invoice.number} in Xero${day}, for bill ${bill.number} (${bill.client?.name ?? 'client unknown'}).`, how, `This task closes by itself once it is found in Clio. ${pageUrl}`].join('\n\n');
  return { name: kind === 'credit-note' ? `Write off ${amount} on bill ${bill.number}` : `Record ${amount} paid earlier on bill ${bill.number}`, description };
}
