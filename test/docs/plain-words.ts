import type { Invoice } from '../../src/core/invoice.js';
import { formatAmount, type Minor } from '../../src/core/money.js';
import type { BillTruth, Plan, Step } from '../../src/core/plan.js';
import { titleOf } from '../../src/core/reasons.js';

/** A step as the document says it. */
export function stepInPlainWords(step: Step, { bill, books, invoices, creditNotes }: BillTruth): string {
  const money = (amount: Minor): string => formatAmount(amount, bill.currency);
  const number = (id: string): string => invoices.find((each) => each.xeroId === id)?.number ?? id;
  const note = (id: string): string => creditNotes?.find((each) => each.xeroId === id)?.number ?? id;
  switch (step.do) {
    case 'ensure-contact':
      return `find or make the contact ${step.client.name}`;
    case 'create-invoice':
      return `make ${step.invoice.status === 'authorised' ? '' : `${step.invoice.status} `}invoice ${step.invoice.number} of ${step.invoice.date}, due ${step.invoice.dueOn}, ${money(step.invoice.total)}`;
    case 'update-invoice':
      return `change invoice ${number(step.invoiceId)} to ${money(step.invoice.total)}${number(step.invoiceId) === step.invoice.number ? '' : ` and number ${step.invoice.number}`}${rewording(step, invoices.find((each) => each.xeroId === step.invoiceId))}`;
    case 'adopt-invoice':
      return `link invoice ${number(step.invoiceId)} as it stands`;
    case 'rebase':
      return `accept invoice ${number(step.invoiceId)} as it stands`;
    case 'approve-invoice':
      return `approve invoice ${number(step.invoiceId)}`;
    case 'void-invoice':
      return step.asDraft ? `delete draft invoice ${number(step.invoiceId)}` : `rename invoice ${number(step.invoiceId)} to ${step.renameTo ?? 'nothing'} and void it`;
    case 'create-payment':
      return `make a payment of ${money(step.payment.amount)} of ${step.payment.date} into ${books.accounts.find((each) => each.xeroId === step.payment.accountXeroId)?.name ?? ''}, reference ${step.payment.reference}`;
    case 'delete-payment':
      return 'delete the payment in Xero';
    case 'take-off-payment':
      return 'take the payment off in Xero';
    case 'link-payment':
      return `link the payment of ${money(step.amount)} that both sides have${step.closeTaskId === null ? '' : ' and complete the task'}`;
    case 'mark-bill-paid':
      return `mark bill ${bill.number} paid in Clio`;
    case 'ask-biller':
      return `ask the biller ${step.asTask ? 'by a task in Clio' : 'in the inbox'} to record ${money(step.amount)} of ${step.date}`;
    case 'ask-to-remove':
      return `ask the biller by a task in Clio to remove the payment of ${money(step.amount)}`;
    case 'end-payment':
      return `end the link of the payment${step.closeTaskId === null ? '' : ' and complete the task'}`;
    case 'create-credit-note':
      return `make credit note ${step.note.number} of ${step.note.date}, ${money(step.note.total)}`;
    case 'allocate-credit':
      return `put ${money(step.allocation.amount)} of credit note ${note(step.allocation.creditNoteXeroId)} on invoice ${number(step.allocation.invoiceXeroId)}`;
    case 'refund-credit':
      return `pay back ${money(step.refund.amount)} of ${step.refund.date} out of credit note ${note(step.refund.creditNoteXeroId)}, from ${books.accounts.find((each) => each.xeroId === step.refund.accountXeroId)?.name ?? ''}`;
    case 'link-credit':
      return `link the credit of ${money(step.amount)} that both sides have${step.closeTaskId === null ? '' : ' and complete the task'}`;
    case 'remove-credit':
      return `take credit note ${note(step.noteId)} off the invoice and void it`;
    case 'ask-for-credit':
      return `ask the biller by a task in Clio: ${step.taskText.name}`;
    case 'end-credit':
      return 'end the link of the credit';
    default:
      throw new Error('no words for this step yet');
  }
}

/** The due day and texts of lines, where the change moves them. */
function rewording({ invoice: next, lineIds }: Extract<Step, { do: 'update-invoice' }>, now: Invoice | undefined): string {
  const due = now?.dueOn === next.dueOn ? [] : [`due ${next.dueOn}`];
  const texts = next.lines.flatMap((line, index) => {
    const before = now?.lines.find((each) => each.xeroId === lineIds[index]);
    return before && before.text !== line.text ? [`line ${index + 1} reads ${line.text}`] : [];
  });
  return [...due, ...texts].map((part) => `, ${part}`).join('');
}

/** What is left after the steps: questions with their choices, waits, or why the bill is left out. */
export function restInPlainWords(plan: Plan): { waits: string[]; choices: string[]; leftOut: string | null } {
  return {
    waits: plan.holds.map(({ reason, facts }) => titleOf(reason, facts)),
    choices: plan.holds.flatMap((hold) => hold.choices.map((choice) => choice.label)),
    leftOut: plan.leftOut && titleOf(plan.leftOut.reason, plan.leftOut.facts),
  };
}
