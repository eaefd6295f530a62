import { asInXero } from '../core/payments-as-in-xero.js';
import { planPayments } from '../core/plan-payments.js';
import type { Step } from '../core/plan.js';
import type { BillWork, Task } from './bill-work.js';
import { note } from './activity.js';
import type { SyncContext } from './firm-context.js';
import { saveLink } from './link-records.js';
import { createPayments, deleteInXero, paymentRecordOf } from './push-payments.js';

/**
 * Off the invoice for as long as it changes. That they come back is kept on the link before the first is deleted, so that a crash between any
 * two steps leaves either a payment that stands or one that is known to be owed.
 */
export async function takeOffPayments(context: SyncContext, tasks: Task<'take-off-payment'>[]): Promise<void> {
  for (const { work, step } of tasks) {
    const record = paymentRecordOf(work, step.linkId);
    await saveLink(context, record, { base: Object.assign({}, record.base, { takenOff: { revision: step.revision, back: false } }) });
  }
  for (const { work, step } of tasks) {
    if (await deleteInXero(context, work, step)) await note(context, { what: 'payment-taken-off', billId: work.truth.bill.clioId, text: 'Payment taken off in Xero, to be put back once the invoice has changed' });
  }
}

/** Xero did not take the change: the payments go back on the invoice as it was. It is not tried again for the same figures. */
export async function putPaymentsBack(context: SyncContext, work: BillWork): Promise<void> {
  const owed = new Set(work.truth.paymentLinks.filter((link) => link.takenOff?.back === false).map((link) => link.allocationId));
  if (owed.size === 0) return;
  const isOwed = (step: Step): step is Extract<Step, { do: 'create-payment' }> => step.do === 'create-payment' && owed.has(step.allocationId);
  const tasks = planPayments(asInXero(work.truth), true).steps.filter(isOwed).map((step) => ({ work, step }));
  if (tasks.length > 0) await createPayments(context, tasks);
}
