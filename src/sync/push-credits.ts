import { billFigures } from '../core/base.js';
import { formatAmount } from '../core/money.js';
import type { CreditBase } from '../store/base-schema.js';
import type { LinkRecord } from '../store/records.js';
import { note } from './activity.js';
import type { BillWork, Task } from './bill-work.js';
import { nowOf, stillHeld, type SyncContext } from './firm-context.js';
import { linkFor, linkInXero, saveLink } from './link-records.js';
import { createCreditNote, payRefund } from './operations.js';
import { holdOf } from './refusal-holds.js';
import { writeOnce } from './write-once.js';

/** One PUT for all new credit notes of the round. What each stands for is saved first, so that a lost one is known when it is found. */
export async function createCreditNotes(context: SyncContext, tasks: Task<'create-credit-note'>[]): Promise<void> {
  const pending = [];
  for (const { work, step } of tasks) {
    const { number, total, date } = step.note;
    const cut = step.cut && { ...step.cut, bill: billFigures(work.truth.bill), agreedAt: nowOf(context) };
    const base: CreditBase = { origin: 'clio', foreignId: null, number, amount: total, date, treatment: step.treatment, refundId: null, rung: null, taskId: null, cut, ended: false };
    const record = work.creditRecords.find((each) => isOf(each, step.allocationId)) ?? (await creditRecord(context, work, { id: step.linkId, role: step.cut?.role ?? 'main', clioId: step.allocationId, base }));
    const link = await saveLink(context, record, { xeroId: null, base });
    pending.push({ link, marker: number, request: step.note });
  }
  const written = await writeOnce(context, createCreditNote, pending);
  for (const [index, { result }] of written.entries()) {
    const task = tasks[index];
    if (task && !result.ok) task.work.stopped.push(holdOf(result, aboutOf(task.step.linkId), { number: task.step.note.number }));
  }
}

/** One that came from Xero and is sent from Clio now keeps its link: a credit has one. */
const isOf = (record: LinkRecord, allocationId: string | null): boolean => allocationId !== null && record.clioId === allocationId;

/**
 * Planned from the note as it was just read, and never over what it has left: a repeat after a lost answer finds nothing left on the note or
 * nothing due on the invoice, and then Xero refuses it.
 */
export async function allocateCredits(context: SyncContext, tasks: Task<'allocate-credit'>[]): Promise<void> {
  for (const { work, step } of tasks) {
    const { amount, currency } = step.allocation;
    stillHeld(context);
    const result = await context.xero.allocateCredit(step.allocation, key(context, 'credit'));
    if (result.ok) await note(context, { what: 'credit-allocated', billId: work.truth.bill.clioId, text: `Credit of ${formatAmount(amount, currency)} put on the invoice: credit note ${result.value.number}`, after: formatAmount(amount, currency) });
    else work.stopped.push(holdOf(result, aboutOf(step.linkId), { amount: formatAmount(amount, currency) }));
  }
}

/** One PUT for all refunds of the round, each looked for by its mark before it is ever sent again. */
export async function refundCredits(context: SyncContext, tasks: Task<'refund-credit'>[]): Promise<void> {
  const pending = tasks.map(({ work, step }) => ({ link: recordOf(work, step.linkId), marker: step.refund.reference, request: step.refund }));
  const written = await writeOnce(context, payRefund, pending);
  for (const [index, { result }] of written.entries()) {
    const task = tasks[index];
    if (task && !result.ok) task.work.stopped.push(holdOf(result, aboutOf(task.step.linkId), { amount: formatAmount(task.step.refund.amount, task.step.refund.currency) }));
  }
}

/** Both sides have the credit: remember that they are one, write nothing to Xero. */
export async function linkCredits(context: SyncContext, tasks: Task<'link-credit'>[]): Promise<void> {
  for (const { work, step } of tasks) {
    const { origin, number, amount, date, refund } = step;
    const ours = origin === 'clio';
    // Said of two bills in one breath, it is the first one's; the other is asked about again.
    if (refund && (await belongsToAnother(context, step))) continue;
    const fresh: CreditBase = { origin, foreignId: ours ? null : step.noteId, number, amount, date, treatment: refund ? 'refund' : null, refundId: refund?.paymentId ?? null, rung: null, taskId: null, cut: null, ended: false };
    const record = await creditRecord(context, work, { id: step.linkId, role: 'main', clioId: step.allocationId, base: fresh });
    const base: CreditBase = { ...fresh, ...Object.assign({}, record.base, { origin, foreignId: fresh.foreignId, number, ended: false }, refund && { treatment: fresh.treatment, refundId: fresh.refundId }) };
    await saveLink(context, record, { clioId: step.allocationId, xeroId: ours || refund ? step.noteId : null, organisationId: context.organisationId, base, intent: null, status: 'up-to-date', reason: null }, { what: 'credit-linked', billId: work.truth.bill.clioId, text: `Credit of ${formatAmount(amount, work.truth.bill.currency)} of ${date} is on both sides` });
    if (step.closeTaskId !== null) await context.clio.completeTask(step.closeTaskId, null);
  }
}

async function belongsToAnother({ store, organisationId }: SyncContext, { noteId, linkId }: Task<'link-credit'>['step']): Promise<boolean> {
  const owner = await linkInXero({ store }, organisationId, 'credit', noteId);
  return owner !== undefined && owner.id !== linkId;
}

/** Every part may be repeated: an allocation that is gone is fine, and so is a note that is void already. */
export async function removeCredits(context: SyncContext, tasks: Task<'remove-credit'>[]): Promise<void> {
  for (const { work, step } of tasks) {
    for (const allocationId of step.allocationIds) {
      stillHeld(context);
      await context.xero.removeCreditAllocation(step.noteId, allocationId);
    }
    stillHeld(context);
    const result = await context.xero.voidCreditNote(step.noteId, step.asDraft ? 'deleted' : 'voided', key(context, 'uncredit'));
    if (!result.ok) {
      work.stopped.push(holdOf(result, aboutOf(step.linkId)));
      continue;
    }
    await endLink(context, recordOf(work, step.linkId));
    await note(context, { what: 'credit-removed', billId: work.truth.bill.clioId, text: `Credit note ${result.value.number} voided in Xero, as the credit was in Clio`, before: formatAmount(result.value.total, result.value.currency) });
  }
}

export async function endCredits(context: SyncContext, tasks: Task<'end-credit'>[]): Promise<void> {
  for (const { work, step } of tasks) {
    await endLink(context, recordOf(work, step.linkId));
    if (step.closeTaskId !== null) await context.clio.completeTask(step.closeTaskId, step.note);
    await note(context, { what: 'credit-ended', billId: work.truth.bill.clioId, text: step.note });
  }
}

async function endLink(context: SyncContext, record: LinkRecord): Promise<void> {
  await saveLink(context, record, { base: Object.assign({}, record.base, { ended: true }), intent: null, status: 'up-to-date', reason: null });
}

export function creditRecord(context: SyncContext, work: BillWork, link: { id: string; role: string; clioId: string | null; base: CreditBase }): Promise<LinkRecord> {
  const { bill } = work.truth;
  return linkFor(context, context.organisationId, { kind: 'credit', billId: bill.clioId, clientId: bill.client?.clioId ?? null, ...link });
}

function recordOf(work: BillWork, linkId: string): LinkRecord {
  const record = work.creditRecords.find((each) => each.id === linkId);
  if (!record) throw new Error(`credit link ${linkId} was planned with but not read`);
  return record;
}

/** `credit:c7001` → `credit:7001`, as the planner's holds name it. */
const aboutOf = (linkId: string): string => linkId.replace(/^credit:(c|b[^:]*:)/, 'credit:');

const key = (context: SyncContext, what: string) => `${context.organisationId.slice(0, 8)}:${what}:${context.newId()}`;
