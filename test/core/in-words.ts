import { formatAmount } from '../../src/core/money.js';
import type { Plan, Step } from '../../src/core/plan.js';

/** A plan as short lines, so that tables of cases can be read. */
export function inWords(plan: Plan): string[] {
  return [...plan.steps.map(stepInWords), ...plan.holds.map((hold) => `hold ${hold.reason} (${hold.about})`), ...(plan.leftOut ? [`left out ${plan.leftOut.reason}`] : [])];
}

function stepInWords(step: Step): string {
  switch (step.do) {
    case 'ensure-contact':
      return `contact for ${step.client.name}`;
    case 'create-invoice':
      return `create ${step.role} ${step.invoice.number} of ${step.invoice.date}${step.invoice.status === 'authorised' ? '' : ` as a ${step.invoice.status}`}: ${amounts(step.invoice)}`;
    case 'update-invoice':
      return `update ${step.role} ${step.invoice.number} of ${step.invoice.date}: ${amounts(step.invoice)}`;
    case 'adopt-invoice':
    case 'rebase':
    case 'approve-invoice':
      return `${step.do} ${step.role} ${step.invoiceId}`;
    case 'void-invoice':
      return `${step.asDraft ? 'delete draft' : 'void'} ${step.role}${step.renameTo === null ? '' : ` as ${step.renameTo}`}`;
    case 'create-payment':
      return `pay ${formatAmount(step.payment.amount, step.payment.currency)} of ${step.payment.date} into ${step.payment.accountXeroId}: ${step.payment.reference}`;
    case 'delete-payment':
      return `delete payment ${step.paymentId}`;
    case 'take-off-payment':
      return `take off ${step.paymentId}`;
    case 'link-payment':
      return `link ${[step.allocationId, ...step.alsoFor].join(' and ')} = ${step.paymentId}${step.closeTaskId === null ? '' : ', close task'}`;
    case 'mark-bill-paid':
      return `mark paid for ${step.paymentIds.map((each) => each.xeroId).join(' + ')}`;
    case 'ask-biller':
      return `ask biller for ${step.paymentId} ${step.asTask ? 'by task' : 'in the inbox'}`;
    case 'ask-to-remove':
      return `ask to remove ${step.linkId} in Clio by task`;
    case 'end-payment':
      return `end ${step.linkId}${step.closeTaskId === null ? '' : ', close task'}`;
    case 'create-credit-note':
      return `credit ${step.note.number} of ${step.note.date}${step.treatment === 'reduction' ? '' : ` as ${step.treatment.replace('-', ' ')}`}: ${amounts(step.note)} on ${step.note.lines.map((line) => `${line.accountCode}/${line.taxType} ${line.net}+${line.tax}`).join(', ')}`;
    case 'allocate-credit':
      return `put ${formatAmount(step.allocation.amount, step.allocation.currency)} of ${step.allocation.creditNoteXeroId} on ${step.allocation.invoiceXeroId}`;
    case 'refund-credit':
      return `pay back ${formatAmount(step.refund.amount, step.refund.currency)} of ${step.refund.date} out of ${step.refund.creditNoteXeroId}, from ${step.refund.accountXeroId}: ${step.refund.reference}`;
    case 'link-credit':
      return `link ${step.allocationId ?? step.linkId} = ${step.noteId} from ${step.origin}${step.refund ? `, refunded by ${step.refund.paymentId ?? 'nothing yet'}` : ''}${step.closeTaskId === null ? '' : ', close task'}`;
    case 'remove-credit':
      return `remove ${step.noteId} off ${step.allocationIds.length}`;
    case 'end-credit':
      return `end ${step.linkId}${step.closeTaskId === null ? '' : ', close task'}`;
    case 'ask-for-credit':
      return `ask for credit ${step.noteId} of ${step.amount} by task: ${step.taskText.name}`;
  }
}

function amounts({ subTotal, totalTax, total, currency }: { subTotal: number; totalTax: number; total: number; currency: string }): string {
  return [subTotal, totalTax, total].map((minor) => formatAmount(minor, currency).replace(` ${currency}`, '')).join(' + ').replace(/ \+ ([^+]*)$/, ' = $1');
}
