import { costSides } from '../core/cost-sides.js';
import { lineMarkedIn } from '../core/expense.js';
import type { Hold } from '../core/plan.js';
import { planExpense } from '../core/plan-expense.js';
import { needsBankRights } from '../core/switched-on.js';
import { aboutAllCosts } from '../jobs/mark-kinds.js';
import { clioKey } from '../store/keys.js';
import { bringCosts, type MattersNamed } from './bring-costs.js';
import { costShown } from './charged-cost.js';
import { costTerms, type CostTerms } from './costs-since.js';
import { documentOf, expenseLinkFor, expenseLinkId, expenseLinkOf, expenseSubject, isClioCost, lineLinkId, placeOfMark } from './expense-links.js';
import type { ExpenseWork } from './expense-work.js';
import type { SyncContext } from './firm-context.js';
import { withBooksFreshToWrite } from './fresh-books.js';
import { contactLinkId, linkInXero, saveLink } from './link-records.js';
import { openIntents } from './operations.js';
import { pushCosts } from './push-costs.js';
import { readExpenses } from './read-expenses.js';
import { keepHolds } from './record-outcome.js';
import type { BillOutcome } from './sync-bills.js';

/** Supplier, document, and a look at both. */
const ROUNDS = 4;

/**
 * Brings costs in step, in the direction they were entered in: `ids` are Clio's, or name a document in this organisation (`documentMark`).
 * Costs are no part of bills: what is wrong with one never stops the other.
 */
export async function syncExpenses(firm: SyncContext, ids: string[]): Promise<Map<string, BillOutcome>> {
  const done = new Map<string, BillOutcome>(ids.map((id) => [id, { done: true }]));
  const terms = await costTerms(firm);
  if (terms.exportSince === null && terms.importSince === null) {
    for (const id of ids) await keepHolds(firm, expenseSubject(id), [], null);
    return done;
  }
  const waiting = await openIntents(firm);
  const context = await withBooksFreshToWrite(firm);
  await warn(context, terms);
  const subjects = await sorted(context, ids.filter((id) => id !== aboutAllCosts(context.further)));
  await carryToXero(context, terms, subjects.inClio, waiting, done);
  const named: MattersNamed = new Map();
  for (const markId of terms.importSince === null ? [] : subjects.inXero) {
    if (markId.startsWith('spend:') && !terms.mayUseBanks) continue;
    const { holds, waitsUntil } = await bringCosts(context, terms, markId, named, waiting);
    await keepHolds(context, expenseSubject(markId), holds, null);
    await showOnLines(context, markId, holds);
    if (waitsUntil !== null) for (const id of ids.filter((each) => each === markId)) done.set(id, waits(waitsUntil));
  }
  return done;
}

async function carryToXero(context: SyncContext, terms: CostTerms, ids: string[], waiting: ReadonlyMap<string, number>, done: Map<string, BillOutcome>): Promise<void> {
  if (terms.exportSince === null || ids.length === 0) return;
  const expenses = await context.clio.expenses(ids);
  const waitsOf = (id: string): number | undefined => waiting.get(expenseLinkId(id)) ?? waiting.get(contactLinkId(expenses.find((each) => each.clioId === id)?.vendor?.clioId ?? '', context.further));
  const ready = ids.filter((id) => waitsOf(id) === undefined);
  for (const id of ids) {
    const until = waitsOf(id);
    if (until !== undefined && done.has(id)) done.set(id, waits(until));
  }
  let works = await readExpenses(context, terms, ready, expenses);
  for (let round = 0; round < ROUNDS; round += 1) {
    works = works.map((work) => ({ ...work, plan: planExpense(work.truth) }));
    const busy = works.filter((work) => work.stopped.length === 0 && work.plan.steps.length > 0);
    if (busy.length === 0) break;
    await pushCosts(context, busy);
    const again = await readExpenses(context, terms, busy.map((work) => work.expenseId), expenses);
    works = works.map((work) => {
      const read = busy.includes(work) ? again.find((each) => each.expenseId === work.expenseId) : undefined;
      return read ? { ...read, stopped: work.stopped } : work;
    });
  }
  for (const work of works) await record(context, work);
}

/** Costs that came from Xero are looked at as lines of their document; time entries and the like drop out by themselves. */
async function sorted(context: SyncContext, ids: string[]): Promise<{ inClio: string[]; inXero: string[] }> {
  const { store, firm, organisationId } = context;
  const inClio = new Set<string>();
  const inXero = new Set<string>();
  const entered = ids.filter(isClioCost);
  const marked = new Map((entered.length > 0 ? await context.clio.expenses(entered) : []).map((expense) => [expense.clioId, lineMarkedIn(expense)]));
  for (const id of ids) {
    const lineId = marked.get(id) ?? null;
    const own = isClioCost(id)
      ? ((await store.links.findUnique('clio', clioKey({ firm: firm.id, kind: 'expense', role: 'main', clioId: id }))) ?? (lineId === null ? undefined : await store.links.get(firm.id, lineLinkId(lineId))))
      : await linkInXero({ store }, organisationId, 'expense', documentOf(id)[1]);
    const subject = own?.firm === firm.id && own.billId !== null ? own.billId.slice('expense:'.length) : id;
    if (isClioCost(subject)) inClio.add(subject);
    // Looked for in other books, a document would seem to be gone.
    else if (placeOfMark(subject) === context.further) inXero.add(subject);
  }
  return { inClio: [...inClio], inXero: [...inXero] };
}

async function record(context: SyncContext, work: ExpenseWork): Promise<void> {
  const holds = [...work.plan.holds, ...work.stopped];
  await keepHolds(context, expenseSubject(work.expenseId), holds, null);
  const [first] = holds;
  if (!first && !work.record) return;
  const link = await expenseLinkFor(context, context.organisationId, work.expenseId, { origin: 'clio', kind: 'spend', documentId: null, reference: null, agreed: null, ended: false });
  const { expense } = work.truth;
  await saveLink(context, link, { ...statusOf(holds), ...(expense ? { cost: costShown(context, expense, link.cost) } : {}), clientId: work.truth.expense?.vendor?.clioId ?? link.clientId, matterIds: work.truth.expense?.matter ? [work.truth.expense.matter.clioId] : link.matterIds });
}

async function showOnLines(context: SyncContext, markId: string, holds: Hold[]): Promise<void> {
  const links = await context.store.links.list(context.firm.id, { index: 'bill', value: expenseSubject(markId) });
  for (const link of links.filter((each) => each.kind === 'expense' && each.intent === null && expenseLinkOf(each).origin === 'xero')) {
    const status = statusOf(holds.filter((hold) => hold.about === `line:${link.xeroId ?? ''}`));
    if (status.status !== link.status || status.reason !== link.reason) await saveLink(context, link, status);
  }
}

function statusOf([first]: Hold[]): { status: 'needs-you' | 'up-to-date'; reason: string | null; facts: Record<string, string> } {
  return first ? { status: 'needs-you', reason: first.reason, facts: first.facts } : { status: 'up-to-date', reason: null, facts: {} };
}

/** What is wrong with costs as a whole is said once, not with every cost. */
async function warn(context: SyncContext, { mayUseBanks }: CostTerms): Promise<void> {
  const rights: Hold[] = needsBankRights(context.settings.costs) && !mayUseBanks ? [{ about: 'rights', reason: 'CONN_XERO_COSTS', facts: {}, choices: [] }] : [];
  await keepHolds(context, expenseSubject(aboutAllCosts(context.further)), [...costSides(context.settings, context.books), ...rights], null);
}

const waits = (until: number): BillOutcome => ({ done: false, retry: { until: new Date(until).toISOString(), reason: 'RESULT_UNKNOWN', waits: 'mark' } });
