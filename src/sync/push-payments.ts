import { formatAmount } from '../core/money.js';
import { ServiceError } from '../http/service-error.js';
import type { PaymentBase } from '../store/base-schema.js';
import type { LinkRecord } from '../store/records.js';
import { note } from './activity.js';
import type { BillWork, Task } from './bill-work.js';
import { stillHeld, type SyncContext } from './firm-context.js';
import { allocationLinkId, linkFor, saveLink } from './link-records.js';
import { createPayment } from './operations.js';
import { holdOf } from './refusal-holds.js';
import { writeOnce } from './write-once.js';

/** One PUT for all new payments of the round. */
export async function createPayments(context: SyncContext, tasks: Task<'create-payment'>[]): Promise<void> {
  const pending = [];
  for (const { work, step } of tasks) {
    const base: PaymentBase = { origin: 'clio', alsoFor: [], amount: step.payment.amount, date: step.payment.date, rung: null, taskId: null, removalTaskId: null, takenOff: null, ended: false };
    // One that came from Xero and is sent from Clio now keeps its link: a payment has one.
    const known = work.paymentRecords.find((each) => each.clioId === step.allocationId && each.id !== allocationLinkId(step.allocationId));
    const link = known ? await saveLink(context, known, { base }) : await paymentRecord(context, work, { id: allocationLinkId(step.allocationId), clioId: step.allocationId, base });
    pending.push({ link, marker: step.payment.reference, request: step.payment });
  }
  const written = await writeOnce(context, createPayment, pending);
  for (const [index, { result }] of written.entries()) {
    const task = tasks[index];
    if (task && !result.ok) task.work.stopped.push(holdOf(result, `payment:${task.step.allocationId}`, { amount: formatAmount(task.step.payment.amount, task.step.payment.currency) }));
  }
}

export async function deletePayments(context: SyncContext, tasks: Task<'delete-payment'>[]): Promise<void> {
  for (const { work, step } of tasks) {
    if ((await deleteInXero(context, work, step)) === 'stands') continue;
    await endLink(context, paymentRecordOf(work, step.linkId));
    await note(context, { what: 'payment-removed', billId: work.truth.bill.clioId, text: 'Payment removed in Xero, as it was in Clio' });
  }
}

/** What is kept of a deletion before it is sent, and forgotten again when it is known not to have happened. */
export interface Announced {
  announce: () => Promise<void>;
  withdraw: () => Promise<void>;
}

const UNANNOUNCED: Announced = { announce: () => Promise.resolve(), withdraw: () => Promise.resolve() };

/** Safe to repeat: a payment can be `gone` already. One that is reconciled or batched is a person's to undo, and `stands`; so does what Xero refused to delete. */
export async function deleteInXero(context: SyncContext, work: BillWork, { paymentId, linkId }: { paymentId: string; linkId: string }, { announce, withdraw } = UNANNOUNCED): Promise<'deleted' | 'gone' | 'stands'> {
  const payment = await context.xero.payment(paymentId);
  if (payment?.status !== 'authorised') return 'gone';
  if (payment.reconciled || payment.batched) {
    work.stopped.push({ reason: 'PAY_RECONCILED', facts: { amount: formatAmount(payment.amount, work.truth.bill.currency), date: payment.date }, about: `payment:${linkId}`, choices: [] });
    return 'stands';
  }
  await announce();
  try {
    stillHeld(context);
    const result = await context.xero.deletePayment(paymentId, `${context.organisationId.slice(0, 8)}:unpay:${context.newId()}`);
    if (result.ok) return 'deleted';
    work.stopped.push(holdOf(result, `payment:${linkId}`));
  } catch (error) {
    if (error instanceof ServiceError && error.kind !== 'ambiguous') await withdraw();
    throw error;
  }
  await withdraw();
  return 'stands';
}

/** Both sides have the payment: remember that they are one, write nothing to Xero. */
export async function linkPayments(context: SyncContext, tasks: Task<'link-payment'>[]): Promise<void> {
  for (const { work, step } of tasks) {
    const waiting = step.linkId === null ? undefined : work.paymentRecords.find((record) => record.id === step.linkId);
    if (waiting) await forgetTry(context, work, step.allocationId, waiting);
    // What it stands for besides comes with the payment of Xero, in one write: begun and left by a crash, it may still be sent to Xero instead.
    const base: PaymentBase = { origin: waiting ? 'xero' : 'clio', alsoFor: [], amount: step.amount, date: step.date, rung: null, taskId: null, removalTaskId: null, takenOff: null, ended: false };
    const record = waiting ?? (await paymentRecord(context, work, { id: allocationLinkId(step.allocationId), clioId: step.allocationId, base }));
    await saveLink(context, record, { clioId: step.allocationId, base: Object.assign({}, record.base, { alsoFor: step.alsoFor, amount: step.amount, date: step.date }), xeroId: step.paymentId, organisationId: context.organisationId, intent: null, status: 'up-to-date', reason: null }, { what: 'payment-linked', billId: work.truth.bill.clioId, text: `Payment of ${formatAmount(step.amount, work.truth.bill.currency)} of ${step.date} is on both sides` });
    if (step.closeTaskId !== null) await context.clio.completeTask(step.closeTaskId, null);
  }
}

/** Of a payment that was to be sent, and was refused before it turned out to be there already, the link with nothing in Xero would stand in the way. */
async function forgetTry(context: SyncContext, work: BillWork, allocationId: string, waiting: LinkRecord): Promise<void> {
  const tried = work.paymentRecords.find((record) => record.clioId === allocationId && record.id !== waiting.id && record.xeroId === null);
  if (tried) await context.store.links.remove(context.firm.id, tried.id);
}

/** The payment is over on the side it came from before anything had to be undone on the other. */
export async function endPayments(context: SyncContext, tasks: Task<'end-payment'>[]): Promise<void> {
  for (const { work, step } of tasks) {
    await endLink(context, paymentRecordOf(work, step.linkId), step.accepted);
    if (step.closeTaskId !== null) await context.clio.completeTask(step.closeTaskId, step.note);
    await note(context, { what: 'payment-ended', billId: work.truth.bill.clioId, text: step.note });
  }
}

async function endLink(context: SyncContext, record: LinkRecord, accepted: Partial<PaymentBase> = {}): Promise<void> {
  await saveLink(context, record, { base: Object.assign({}, record.base, accepted, { ended: true }), intent: null, status: 'up-to-date', reason: null });
}

export function paymentRecord(context: SyncContext, work: BillWork, link: { id: string; clioId?: string | null; xeroId?: string | null; base: PaymentBase }): Promise<LinkRecord> {
  const { bill } = work.truth;
  return linkFor(context, context.organisationId, { kind: 'payment', role: 'main', billId: bill.clioId, clientId: bill.client?.clioId ?? null, ...link });
}

export function paymentRecordOf(work: BillWork, linkId: string): LinkRecord {
  const record = work.paymentRecords.find((each) => each.id === linkId);
  if (!record) throw new Error(`payment link ${linkId} was planned with but not read`);
  return record;
}
