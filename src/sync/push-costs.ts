import type { AgreedCost } from '../core/expense.js';
import type { ExpenseStep } from '../core/expense-plan.js';
import { formatAmount } from '../core/money.js';
import type { Hold } from '../core/plan.js';
import type { ExpenseBase } from '../store/base-schema.js';
import type { LinkRecord } from '../store/records.js';
import type { WriteResult } from '../xero/xero.js';
import { note } from './activity.js';
import { createCostBill, createSpend } from './cost-operations.js';
import { ensureSuppliers } from './ensure-supplier.js';
import { expenseLinkFor } from './expense-links.js';
import type { ExpenseTask, ExpenseWork } from './expense-work.js';
import { stillHeld, type SyncContext } from './firm-context.js';
import { saveLink } from './link-records.js';
import { holdOf } from './refusal-holds.js';
import { writeOnce, type Pending } from './write-once.js';

/** Carries out one round of these costs' plans, new documents of a kind in one call. */
export async function pushCosts(context: SyncContext, works: ExpenseWork[]): Promise<void> {
  await ensureSuppliers(context, tasksOf(works, 'ensure-supplier'));
  for (const { work, step } of tasksOf(works, 'adopt-document')) await keep(context, work, { kind: step.kind, reference: step.reference, agreed: step.agreed }, step.documentId);
  for (const { work, step } of tasksOf(works, 'agree')) await keep(context, work, { agreed: step.agreed });
  for (const { work } of tasksOf(works, 'end-link')) await keep(context, work, { ended: true });
  for (const task of tasksOf(works, 'remove-document')) await remove(context, task);
  for (const task of tasksOf(works, 'update-document')) await update(context, task);
  await create(context, tasksOf(works, 'create-document'));
}

function tasksOf<Kind extends ExpenseStep['do']>(works: ExpenseWork[], kind: Kind): ExpenseTask<Kind>[] {
  const isKind = (step: ExpenseStep): step is Extract<ExpenseStep, { do: Kind }> => step.do === kind;
  return works.flatMap((work) => (work.stopped.length > 0 ? [] : work.plan.steps.filter(isKind).map((step) => ({ work, step }))));
}

async function create(context: SyncContext, tasks: ExpenseTask<'create-document'>[]): Promise<void> {
  const spends: (Pending<Parameters<typeof context.xero.createBankTransactions>[0][number]> & { work: ExpenseWork })[] = [];
  const bills: (Pending<Parameters<typeof context.xero.createSupplierBills>[0][number]> & { work: ExpenseWork })[] = [];
  for (const { work, step } of tasks) {
    const { document, agreed } = step;
    const reference = document.kind === 'spend' ? document.transaction.reference : document.bill.number;
    const link = await keep(context, work, { kind: document.kind, reference, agreed }, null);
    if (document.kind === 'spend') spends.push({ work, link, marker: reference, request: document.transaction });
    else bills.push({ work, link, marker: reference, request: document.bill });
  }
  const results = [
    ...(spends.length > 0 ? (await writeOnce(context, createSpend, spends)).map(({ result }, index) => ({ result, work: spends[index]?.work })) : []),
    ...(bills.length > 0 ? (await writeOnce(context, createCostBill, bills)).map(({ result }, index) => ({ result, work: bills[index]?.work })) : []),
  ];
  for (const { result, work } of results) if (!result.ok) work?.stopped.push(refusal(work, result));
}

async function update(context: SyncContext, { work, step }: ExpenseTask<'update-document'>): Promise<void> {
  stillHeld(context);
  const { documentId, document, lineIds, agreed } = step;
  const key = `${context.organisationId.slice(0, 8)}:cost:${context.newId()}`;
  const result: WriteResult<unknown> = document.kind === 'spend' ? await context.xero.updateBankTransaction(documentId, document.transaction, lineIds, key) : await context.xero.updateSupplierBill(documentId, document.bill, lineIds, key);
  if (!result.ok) {
    work.stopped.push(refusal(work, result));
    return;
  }
  const before = work.truth.link?.agreed ?? agreed;
  await keep(context, work, { agreed });
  await note(context, { what: 'cost-changed', text: `Cost of ${inWords(agreed)} changed in Xero, as it was in Clio`, before: inWords(before), after: inWords(agreed) });
}

async function remove(context: SyncContext, { work, step }: ExpenseTask<'remove-document'>): Promise<void> {
  stillHeld(context);
  const key = `${context.organisationId.slice(0, 8)}:uncost:${context.newId()}`;
  const result: WriteResult<unknown> = step.kind === 'spend' ? await context.xero.deleteBankTransaction(step.documentId, key) : await context.xero.voidInvoice(step.documentId, step.asDraft ? 'deleted' : 'voided', key);
  if (!result.ok) {
    work.stopped.push(refusal(work, result));
    return;
  }
  await keep(context, work, { ended: true });
  await note(context, { what: 'cost-removed', text: 'Cost removed in Xero, as it was in Clio' });
}

/** `documentId` left out keeps the one there is; null makes room for another. */
async function keep(context: SyncContext, work: ExpenseWork, change: Partial<ExpenseBase>, documentId?: string | null): Promise<LinkRecord> {
  const first: ExpenseBase = { origin: 'clio', kind: 'spend', documentId: null, reference: null, agreed: null, ended: false };
  const record = await expenseLinkFor(context, context.organisationId, work.expenseId, first);
  const { link } = work.truth;
  const known: ExpenseBase = link ? { origin: link.origin, kind: link.kind, documentId: null, reference: link.reference, agreed: link.agreed, ended: link.ended } : first;
  return saveLink(context, record, { base: { ...known, ...change }, organisationId: context.organisationId, ...(documentId === undefined ? {} : { xeroId: documentId, intent: null }) });
}

function refusal(work: ExpenseWork, result: Extract<WriteResult<unknown>, { ok: false }>): Hold {
  const { expense, link } = work.truth;
  const isFinal = result.refused === 'reconciled' || result.refused === 'frozen';
  const clio = expense ? formatAmount(expense.amount, expense.currency) : 'no such cost any more';
  return isFinal ? { about: 'cost', reason: 'COST_FINAL', facts: { clio, xero: link?.agreed ? inWords(link.agreed) : 'it' }, choices: [] } : holdOf(result, 'cost', { date: expense?.date ?? '', lockedThrough: 'the lock date', currency: expense?.currency ?? '' });
}

const inWords = ({ amount, currency, date }: AgreedCost): string => `${formatAmount(amount, currency)} of ${date}`;
