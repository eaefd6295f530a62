import { billFigures, invoiceFigures } from '../core/base.js';
import type { Invoice } from '../core/invoice.js';
import type { BillBase } from '../core/link.js';
import { formatAmount } from '../core/money.js';
import type { Choice } from '../core/plan.js';
import { type Reworded, rewordedIn, typedInXero } from '../core/reworded.js';
import { errorText } from '../http/logging.js';
import type { LinkRecord } from '../store/records.js';
import type { WriteResult } from '../xero/xero.js';
import type { BillWork, Task } from './bill-work.js';
import { nowOf, stillHeld, type SyncContext } from './firm-context.js';
import { billLinkId, linkFor, saveLink } from './link-records.js';
import { createInvoice } from './operations.js';
import { holdOf } from './refusal-holds.js';
import { putPaymentsBack } from './take-off-payments.js';
import { writeOnce } from './write-once.js';

/** One PUT for all new invoices of the round; a refused one leaves the others made. */
export async function createInvoices(context: SyncContext, tasks: Task<'create-invoice'>[]): Promise<void> {
  const pending = [];
  for (const { work, step } of tasks) {
    const link = await recordOfRole(context, work, step.role);
    pending.push({ link, marker: step.invoice.number, request: { invoice: step.invoice, bill: billFigures(work.truth.bill) } });
  }
  const written = await writeOnce(context, createInvoice, pending);
  for (const [index, { result }] of written.entries()) {
    const task = tasks[index];
    if (!task) continue;
    if (result.ok) task.work.answered.push(result.value);
    else task.work.stopped.push({ ...holdOf(result, 'bill', { number: task.step.invoice.number }), choices: result.refused === 'number-taken' ? NEXT_NUMBER : [] });
  }
}

/** Which number that is, the planner knows once it is chosen. */
const NEXT_NUMBER: Choice[] = [{ id: 'next-number', label: 'Use the next free number' }];

export async function updateInvoices(context: SyncContext, tasks: Task<'update-invoice'>[]): Promise<void> {
  stillHeld(context);
  const results = await context.xero.updateInvoices(tasks.map(({ step }) => ({ id: step.invoiceId, invoice: step.invoice, lineIds: step.lineIds })), key(context, 'update'));
  for (const [index, { work, step }] of tasks.entries()) {
    const result = results[index];
    if (!result) throw new Error(`${results.length} answers for ${tasks.length} changed invoices`);
    const toldLately = context.clock.now() - agreedAt(work, step.role) < TOLD_LATELY_MS;
    await settle(context, work, step.role, result, 'invoice-updated', step.invoice.lines.map((line) => line.from));
    if (!result.ok) await putPaymentsBack(context, work);
    else if (tasks.length <= NOTES_AT_ONCE && !toldLately) await tellXero(context, work.truth.remake ? 'Made anew with the settings of Tieout' : 'Changed with its bill in Clio', result.value, work.truth.bill.number);
  }
}

export async function approveInvoices(context: SyncContext, tasks: Task<'approve-invoice'>[]): Promise<void> {
  for (const { work, step } of tasks) {
    stillHeld(context);
    await settle(context, work, step.role, await context.xero.approveInvoice(step.invoiceId, key(context, 'approve')), 'invoice-approved');
  }
}

/** A voided invoice keeps its number, so it gives the number up first, for a bill that is issued again. */
export async function voidInvoices(context: SyncContext, tasks: Task<'void-invoice'>[]): Promise<void> {
  for (const { work, step } of tasks) {
    stillHeld(context);
    if (step.renameTo !== null) {
      const renamed = await context.xero.renameInvoice(step.invoiceId, step.renameTo, key(context, 'rename'));
      if (!renamed.ok && renamed.refused !== 'frozen') {
        work.stopped.push(holdOf(renamed, 'bill'));
        continue;
      }
      stillHeld(context);
    }
    const result = await context.xero.voidInvoice(step.invoiceId, step.asDraft ? 'deleted' : 'voided', key(context, 'void'));
    await settle(context, work, step.role, result, 'invoice-voided');
    if (result.ok && tasks.length <= NOTES_AT_ONCE) await tellXero(context, 'Voided with its bill in Clio', result.value, work.truth.bill.number);
  }
}

/** The invoice is there already: link it as it stands, write nothing. */
export async function adoptInvoices(context: SyncContext, tasks: Task<'adopt-invoice'>[]): Promise<void> {
  for (const { work, step } of tasks) {
    const invoice = invoiceOf(work, step.invoiceId);
    await agree(context, work, step.role, invoice, 'invoice-linked', []);
    if (tasks.length <= NOTES_AT_ONCE) await tellXero(context, 'Linked to a bill in Clio', invoice, work.truth.bill.number);
  }
}

export async function rebaseInvoices(context: SyncContext, tasks: Task<'rebase'>[]): Promise<void> {
  for (const { work, step } of tasks) await agree(context, work, step.role, invoiceOf(work, step.invoiceId), 'change-accepted', []);
}

async function settle(context: SyncContext, work: BillWork, role: string, result: WriteResult<Invoice>, what: string, from: string[][] = []): Promise<void> {
  if (!result.ok) return void work.stopped.push(holdOf(result, 'bill', { number: work.truth.bill.number }));
  work.answered.push(result.value);
  await agree(context, work, role, result.value, what, from);
}

/** Records that both sides now agree: Clio's figures as planned from, Xero's as answered. */
async function agree(context: SyncContext, work: BillWork, role: string, invoice: Invoice, what: string, from: string[][]): Promise<void> {
  const { bill } = work.truth;
  const record = await recordOfRole(context, work, role);
  const before = work.truth.links.find((link) => link.role === role)?.base ?? null;
  const base: BillBase = { bill: billFigures(bill), invoice: invoiceFigures(invoice, from.length > 0 ? from : fromOf(before, invoice), rewordedOf(work, before, invoice)), agreedAt: nowOf(context) };
  await saveLink(context, record, { xeroId: invoice.xeroId, organisationId: context.organisationId, base, intent: null }, { what, billId: bill.clioId, text: `Invoice ${invoice.number}, ${formatAmount(invoice.total, invoice.currency)}`, before: before ? formatAmount(before.invoice.total, invoice.currency) : null, after: formatAmount(invoice.total, invoice.currency) });
}

/**
 * Why an invoice changed is worth a line in its history in Xero; making one is not, as the invoice names its bill itself. Each line is a call
 * of its own, though, so where many change together they go without: Xero's own history names us as who changed them, and our activity says why.
 */
const NOTES_AT_ONCE = 5;
/** A bill changed again and again is told of once: what was written this short a time ago has its line, or is as good as new. */
const TOLD_LATELY_MS = 10 * 60_000;

const agreedAt = (work: BillWork, role: string): number => Date.parse(work.truth.links.find((link) => link.role === role)?.base?.agreedAt ?? '1970-01-01');

async function tellXero(context: SyncContext, text: string, invoice: Invoice, billNumber: string): Promise<void> {
  try {
    await context.xero.noteOnInvoice(invoice.xeroId, `${text}: ${billNumber}`, key(context, 'note'));
  } catch (error) {
    context.log.warn('no line was added to the history of an invoice', { firm: context.firm.id, detail: errorText(error) });
  }
}

/** Which Clio lines each invoice line stands for, as remembered. */
const fromOf = (base: BillBase | null, invoice: Invoice): string[][] => invoice.lines.map((line) => base?.invoice.lines.find((each) => each.xeroId === line.xeroId)?.from ?? []);

/** By the invoice as it was before we wrote. */
function rewordedOf(work: BillWork, before: BillBase | null, invoice: Invoice): Reworded {
  const seen = work.truth.invoices.find((each) => each.xeroId === invoice.xeroId) ?? invoice;
  return before === null ? typedInXero(work.truth.bill, seen) : rewordedIn(before, seen);
}

function invoiceOf(work: BillWork, id: string): Invoice {
  const invoice = work.truth.invoices.find((each) => each.xeroId === id);
  if (!invoice) throw new Error(`invoice ${id} was planned with but not read`);
  return invoice;
}

async function recordOfRole(context: SyncContext, work: BillWork, role: string): Promise<LinkRecord> {
  const { bill } = work.truth;
  return linkFor(context, context.organisationId, {
    id: billLinkId(bill.clioId, role),
    kind: 'bill',
    role,
    clioId: bill.clioId,
    billId: bill.clioId,
    clientId: bill.client?.clioId ?? null,
    matterIds: bill.matters.map((matter) => matter.clioId),
  });
}

const key = (context: SyncContext, what: string) => `${context.organisationId.slice(0, 8)}:${what}:${context.newId()}`;
