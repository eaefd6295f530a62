import type { Bill } from '../core/bill.js';
import { formatAmount } from '../core/money.js';
import { ServiceError } from '../http/service-error.js';
import type { CreditBase, PaymentBase } from '../store/base-schema.js';
import { note } from './activity.js';
import type { Task } from './bill-work.js';
import { stillHeld, type SyncContext } from './firm-context.js';
import { linkFor, saveLink, xeroPaymentLinkId } from './link-records.js';
import { rememberRefusal } from './mark-paid-refused.js';
import { creditRecord } from './push-credits.js';
import { paymentRecord, paymentRecordOf } from './push-payments.js';

/** First rung: the bill is moved to paid where Clio offers it, and only a balance of zero, read back, counts. */
export async function markBillsPaid(context: SyncContext, tasks: Task<'mark-bill-paid'>[]): Promise<void> {
  for (const { work, step } of tasks) {
    const { bill } = work.truth;
    stillHeld(context);
    for (const payment of step.paymentIds) await waitingRecord(context, work, payment.xeroId, payment);
    if (!(await tryToMarkPaid(context, bill.clioId, step.billVersion))) {
      await rememberRefusal(context);
      await note(context, { what: 'mark-paid-refused', billId: bill.clioId, text: `Clio did not settle bill ${bill.number} when asked to mark it paid; the biller is asked instead` });
      continue;
    }
    for (const payment of step.paymentIds) {
      const record = await waitingRecord(context, work, payment.xeroId, payment);
      await saveLink(context, record, { base: Object.assign({}, record.base, { rung: 'marked-paid' }), status: 'up-to-date', reason: null });
    }
    await note(context, { what: 'bill-marked-paid', billId: bill.clioId, text: `Bill ${bill.number} marked paid in Clio: its invoice is fully paid in Xero`, before: bill.state, after: 'paid' });
  }
}

async function tryToMarkPaid(context: SyncContext, billId: string, version: string): Promise<boolean> {
  try {
    const after = await context.clio.markBillPaid(billId, version);
    return after.state === 'paid' && after.balance === 0;
  } catch (error) {
    if (error instanceof ServiceError && (error.kind === 'rejected' || error.kind === 'forbidden')) return false;
    throw error;
  }
}

/** Second rung: one task for the biller per payment, found again by its marker, so that asking twice makes one task. */
export async function askBillers(context: SyncContext, tasks: Task<'ask-biller'>[]): Promise<void> {
  for (const { work, step } of tasks) {
    const { bill } = work.truth;
    const record = await waitingRecord(context, work, step.paymentId, step);
    const taskId = step.asTask ? await taskFor(context, bill, `tieout:payment:${step.paymentId}`, step.taskText) : null;
    await saveLink(context, record, { base: Object.assign({}, record.base, { rung: step.asTask ? 'task' : 'inbox', taskId }), status: 'needs-you', reason: 'PAY_RECORD_IN_CLIO', facts: taskId === null ? {} : { taskId } }, { what: 'biller-asked', billId: bill.clioId, text: `${formatAmount(step.amount, bill.currency)} received in Xero on ${step.date}: the biller is asked to record it on bill ${bill.number}` });
  }
}

/** Clio's API removes no payment either: the biller is asked by a task of its own. */
export async function askToRemovePayments(context: SyncContext, tasks: Task<'ask-to-remove'>[]): Promise<void> {
  for (const { work, step } of tasks) {
    const { bill } = work.truth;
    const record = paymentRecordOf(work, step.linkId);
    const removalTaskId = await taskFor(context, bill, `tieout:remove:${step.linkId}`, step.taskText);
    await saveLink(context, record, { base: Object.assign({}, record.base, { removalTaskId }) }, { what: 'biller-asked', billId: bill.clioId, text: `Payment of ${formatAmount(step.amount, bill.currency)} deleted in Xero: the biller is asked to remove it on bill ${bill.number}` });
  }
}

/** Credits made in Xero: Clio's API records none, so this is the only rung. */
export async function askForCredits(context: SyncContext, tasks: Task<'ask-for-credit'>[]): Promise<void> {
  for (const { work, step } of tasks) {
    const { bill } = work.truth;
    const { number, amount, date } = step;
    const fresh: CreditBase = { origin: 'xero', foreignId: step.noteId, number, amount, date, treatment: null, refundId: null, rung: 'task', taskId: null, cut: null, ended: false };
    const record = await creditRecord(context, work, { id: step.linkId, role: 'main', clioId: null, base: fresh });
    const taskId = await taskFor(context, bill, `tieout:${step.linkId}`, step.taskText);
    await saveLink(context, record, { clioId: null, base: { ...fresh, taskId }, status: 'needs-you', reason: 'CREDIT_IN_XERO', facts: { taskId } }, { what: 'biller-asked', billId: bill.clioId, text: `${formatAmount(amount, bill.currency)} credited in Xero: the biller is asked to enter it on bill ${bill.number}` });
  }
}

async function taskFor(context: SyncContext, bill: Bill, marker: string, text: { name: string; description: string }): Promise<string> {
  const assigneeId = context.settings.payments.taskAssigneeId ?? (await context.clio.whoAmI()).clioId;
  stillHeld(context);
  const task = await context.clio.ensureTask({ ...text, marker, assigneeId, matterId: bill.matters[0]?.clioId ?? null, dueOn: inDays(context, 3) });
  return task.clioId;
}

function waitingRecord(context: SyncContext, work: Task<'ask-biller'>['work'], paymentId: string, payment: { amount: number; date: string }) {
  const known = work.paymentRecords.find((record) => record.xeroId === paymentId);
  if (known) return linkFor(context, context.organisationId, { id: known.id, kind: 'payment', role: 'main' });
  const base: PaymentBase = { origin: 'xero', alsoFor: [], amount: payment.amount, date: payment.date, rung: null, taskId: null, removalTaskId: null, takenOff: null, ended: false };
  return paymentRecord(context, work, { id: xeroPaymentLinkId(paymentId), xeroId: paymentId, base });
}

const inDays = (context: SyncContext, days: number) => new Date(context.clock.now() + days * 86_400_000).toISOString().slice(0, 10);
