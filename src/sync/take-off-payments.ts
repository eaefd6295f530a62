import { asInXero } from '../core/payments-as-in-xero.js';
import { planPayments } from '../core/plan-payments.js';
import type { Step } from '../core/plan.js';
import { parsePaymentBase, type PaymentBase } from '../store/base-schema.js';
import type { LinkRecord } from '../store/records.js';
import type { BillWork, Task } from './bill-work.js';
import { note } from './activity.js';
import type { SyncContext } from './firm-context.js';
import { saveLink } from './link-records.js';
import { createPayments, deleteInXero, paymentRecordOf } from './push-payments.js';

/**
 * Off the invoice for as long as it changes. That one comes back is kept on its link before it is deleted, so that a crash between any two steps
 * leaves either a payment that stands or one that is known to be owed.
 */
export async function takeOffPayments(context: SyncContext, tasks: Task<'take-off-payment'>[]): Promise<void> {
  for (const { work, step } of tasks) {
    let record = paymentRecordOf(work, step.linkId);
    const before = parsePaymentBase(record.base)?.takenOff ?? null;
    const keep = async (takenOff: TakenOff): Promise<void> => void (record = await saveLink(context, record, withTakenOff(record, takenOff)));
    const became = await deleteInXero(context, work, step, {
      announce: () => keep({ revision: step.revision, back: false }),
      // Unless an earlier try may have got so far without our knowing: what somebody else deletes is not put back.
      withdraw: () => (before?.back === false ? Promise.resolve() : keep(before)),
    });
    if (became === 'deleted') await note(context, { what: 'payment-taken-off', billId: work.truth.bill.clioId, text: 'Payment taken off in Xero, to be put back once the invoice has changed' });
  }
}

type TakenOff = PaymentBase['takenOff'];

const withTakenOff = (record: LinkRecord, takenOff: TakenOff): Pick<LinkRecord, 'base'> => ({ base: Object.assign({}, record.base, { takenOff }) });

/** Xero did not take the change: the payments go back on the invoice as it was. It is not tried again for the same figures. */
export async function putPaymentsBack(context: SyncContext, work: BillWork): Promise<void> {
  const owed = new Set(work.truth.paymentLinks.filter((link) => link.takenOff?.back === false).map((link) => link.allocationId));
  if (owed.size === 0) return;
  const isOwed = (step: Step): step is Extract<Step, { do: 'create-payment' }> => step.do === 'create-payment' && owed.has(step.allocationId);
  const tasks = planPayments(asInXero(work.truth), true).steps.filter(isOwed).map((step) => ({ work, step }));
  if (tasks.length > 0) await createPayments(context, tasks);
}
