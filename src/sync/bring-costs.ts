import { costOfBill, costOfTransaction, type CostDocument } from '../core/cost-document.js';
import type { AgreedCost, CostKind, NewExpense } from '../core/expense.js';
import { formatAmount } from '../core/money.js';
import { planImport, type ImportPlan, type ImportStep, type ImportTruth } from '../core/plan-import.js';
import type { Hold } from '../core/plan.js';
import { ServiceError } from '../http/service-error.js';
import type { ExpenseBase } from '../store/base-schema.js';
import { parseFirmLists } from '../store/firm-lists-schema.js';
import type { LinkRecord } from '../store/records.js';
import { note } from './activity.js';
import type { CostTerms } from './costs-since.js';
import { documentOf, expenseLinkOf, expenseSubject, lineLinkFor } from './expense-links.js';
import { nowOf, stillHeld, type SyncContext } from './firm-context.js';
import { linkInXero, saveLink } from './link-records.js';

/** Which matter a tracking option names, by option id; looked up once in a run. */
export type MattersNamed = Map<string, { clioId: string; number: string } | null>;

export interface Brought {
  holds: Hold[];
  /** An entry may have reached Clio although we heard nothing: not before then (milliseconds UTC) may it be made again. */
  waitsUntil: number | null;
}

/** After the first round, what was just written is looked at again. */
const ROUNDS = 3;

/** One document's lines, brought into Clio as costs and kept in step. */
export async function bringCosts(context: SyncContext, terms: CostTerms, markId: string, named: MattersNamed, stillOpen: ReadonlyMap<string, number>): Promise<Brought> {
  let plan: ImportPlan = { steps: [], holds: [] };
  let waitsUntil: number | null = null;
  const stopped: Hold[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const { truth, records } = await readImport(context, terms, markId, named);
    plan = planImport(truth);
    if (plan.steps.length === 0) break;
    for (const step of plan.steps) {
      const waits = await carryOut(context, { markId, truth, records, stillOpen, stopped }, step);
      if (waits !== null) waitsUntil = Math.max(waits, waitsUntil ?? 0);
    }
    if (waitsUntil !== null || stopped.length > 0) break;
  }
  return { holds: [...plan.holds, ...stopped], waitsUntil };
}

async function readImport(context: SyncContext, terms: CostTerms, markId: string, named: MattersNamed): Promise<{ truth: ImportTruth; records: LinkRecord[] }> {
  const { store, firm, clio, organisationId } = context;
  const [kind, documentId] = documentOf(markId);
  const document = await readDocument(context, terms, kind, documentId);
  const records = (await store.links.list(firm.id, { index: 'bill', value: expenseSubject(markId) })).filter((link) => link.kind === 'expense');
  const links = records.map(expenseLinkOf);
  const expenseIds = links.flatMap((link) => (link.ended ? [] : (link.expenseId ?? [])));
  const lists = await store.books.get(firm.id, 'clio');
  const contact = document?.contactId ? await linkInXero({ store }, organisationId, 'contact', document.contactId) : undefined;
  const truth: ImportTruth = {
    documentId,
    document,
    links,
    expenses: expenseIds.length > 0 ? await clio.expenses(expenseIds) : [],
    matters: document ? await mattersOf(context, document, named) : {},
    vendorId: contact?.firm === firm.id ? contact.clioId : null,
    categories: lists ? parseFirmLists(lists.body).costCategories : [],
    since: terms.importSince?.slice(0, 10) ?? null,
    currency: await clio.homeCurrency(),
    settings: context.settings,
    books: context.books,
  };
  return { truth, records };
}

async function readDocument({ xero }: SyncContext, { mayUseBanks }: CostTerms, kind: CostKind, id: string): Promise<CostDocument | null> {
  // What may not be read is not gone.
  if (kind === 'spend' && !mayUseBanks) throw new ServiceError({ service: 'xero', kind: 'rejected', message: 'Xero has not allowed money spent to be read' });
  const found = kind === 'spend' ? (await xero.bankTransactions([id])).map(costOfTransaction) : (await xero.supplierBills([id])).map(costOfBill);
  return found[0] ?? null;
}

async function mattersOf({ books, clio }: SyncContext, document: CostDocument, named: MattersNamed): Promise<ImportTruth['matters']> {
  const matters: ImportTruth['matters'] = {};
  for (const { categoryId, optionId } of document.lines.flatMap((line) => line.tracking)) {
    const option = books.tracking.find((each) => each.xeroId === categoryId)?.options.find((each) => each.xeroId === optionId);
    if (option && !named.has(optionId)) named.set(optionId, await clio.matterNumbered(option.name));
    const matter = named.get(optionId);
    if (matter) matters[optionId] = matter;
  }
  return matters;
}

interface Work {
  markId: string;
  truth: ImportTruth;
  records: LinkRecord[];
  stillOpen: ReadonlyMap<string, number>;
  stopped: Hold[];
}

/** Gives until when the step has to wait; null when it is done. */
async function carryOut(context: SyncContext, work: Work, step: ImportStep): Promise<number | null> {
  if (step.do === 'create-expense') return enter(context, work, step);
  const record = work.records.find((each) => each.id === step.linkId);
  if (!record) throw new Error(`link ${step.linkId} was planned with but not read`);
  stillHeld(context);
  if (step.do === 'update-expense') {
    await context.clio.updateExpense(step.expenseId, step.expense);
    await note(context, { what: 'cost-followed', text: `Cost in Clio changed to ${inWords(step.expense)}, as it was in Xero` });
  }
  if (step.do === 'delete-expense') {
    await context.clio.deleteExpense(step.expenseId);
    await note(context, { what: 'cost-followed', text: 'Cost deleted in Clio, as its line in Xero is gone' });
  }
  await saveLink(context, record, { base: { ...baseOf(record), ...(step.do === 'update-expense' || step.do === 'agree' ? { agreed: step.agreed } : { ended: true }) } });
  return null;
}

/** Intent, look, post, record. Clio knows no idempotency keys: after a lost answer only time makes sure that a look tells all. */
async function enter(context: SyncContext, work: Work, step: Extract<ImportStep, { do: 'create-expense' }>): Promise<number | null> {
  const { organisationId, clio } = context;
  const [kind, documentId] = documentOf(work.markId);
  const base: ExpenseBase = { origin: 'xero', kind, documentId, reference: null, agreed: null, ended: false };
  const link = await lineLinkFor(context, organisationId, { lineId: step.lineId, documentMark: work.markId, base });
  const known = await clio.expenseIdMarked(step.expense.matterId, step.expense.marker);
  if (known !== null) return entered(context, link, known, step);
  const waits = work.stillOpen.get(link.id);
  if (waits !== undefined) return waits;
  const at = nowOf(context);
  const intended = await saveLink(context, link, { intent: { operation: 'create-expense', key: `clio:create-expense:${context.newId()}`, keyNumber: 1, state: 'sending', firstSentAt: at, lastSentAt: at, marker: step.expense.marker } });
  stillHeld(context);
  try {
    return await entered(context, intended, (await clio.createExpense(step.expense)).clioId, step);
  } catch (error) {
    if (!(error instanceof ServiceError) || error.kind === 'ambiguous') throw error;
    await saveLink(context, intended, { intent: null });
    if (error.kind !== 'rejected') throw error;
    work.stopped.push({ about: `line:${step.lineId}`, reason: 'UNEXPECTED', facts: { details: error.message }, choices: [] });
    return null;
  }
}

async function entered(context: SyncContext, link: LinkRecord, expenseId: string, { agreed, expense }: { agreed: AgreedCost; expense: NewExpense }): Promise<null> {
  await saveLink(context, link, { clioId: expenseId, base: { ...baseOf(link), agreed }, intent: null, status: 'up-to-date', reason: null }, { what: 'cost-brought', text: `Cost of ${inWords(expense)} brought from Xero into Clio` });
  return null;
}

function baseOf(record: LinkRecord): ExpenseBase {
  const { origin, kind, documentId, reference, agreed, ended } = expenseLinkOf(record);
  return { origin, kind, documentId, reference, agreed, ended };
}

const inWords = ({ amount, currency, date }: NewExpense): string => `${formatAmount(amount, currency)} of ${date}`;
