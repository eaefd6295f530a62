import { formatDate } from './calendar.js';
import { hold } from './hold.js';
import type { PaymentLink } from './link.js';
import { formatAmount, type Minor } from './money.js';
import type { BillTruth, Hold, Step } from './plan.js';
import type { Settings } from './settings.js';

/** Whether the firm wants what only a person can do in Clio as a task there, beside the inbox. */
export const wantsTasks = ({ payments }: Settings): boolean => payments.fromXero === 'task' || payments.fromXero === 'mark-paid-or-task';

/** A payment that came from Xero was deleted there and still stands in Clio, whose API removes none: a person is asked, once by a task. */
export function askToRemove(truth: BillTruth, about: string, link: PaymentLink, { amount, date }: { amount: Minor; date: string }): { steps: Step[]; holds: Hold[] } {
  const { bill } = truth;
  const money = formatAmount(amount, bill.currency);
  const day = formatDate(date);
  const question = hold(about, 'PAY_REMOVE_IN_CLIO', { amount: money, date: day });
  if (!wantsTasks(truth.settings) || link.removalTaskId !== null) return { steps: [], holds: [question] };
  const description = [
    `The payment of ${money} of ${day} on bill ${bill.number} (${bill.client?.name ?? 'client unknown'}) came from Xero and was deleted there.`,
    `Please void it in Clio too, or enter it in Xero again if it was deleted by mistake.`,
    `This task closes by itself once the payment is gone in Clio. ${truth.pageUrl}`,
  ].join('\n\n');
  return { steps: [{ do: 'ask-to-remove', linkId: link.id, amount, taskText: { name: `Remove payment of ${money} from bill ${bill.number}`, description } }], holds: [question] };
}
