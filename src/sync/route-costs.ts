import { type Expense, lineMarkedIn } from '../core/expense.js';
import { routeBill } from '../core/route-bill.js';
import { clioKey } from '../store/keys.js';
import type { LinkRecord } from '../store/records.js';
import { expenseSubject, isClioCost, lineLinkId, placeOfMark } from './expense-links.js';
import type { Division, OpenFirm } from './firm-context.js';
import { keepHolds } from './record-outcome.js';

/**
 * The organisation each owed cost belongs to: by its matter, as for bills, and what was sent stays. A document in Xero, and a cost that came
 * from one, belongs to the organisation it is in. A cost nobody can place is asked about, and is not in the answer.
 */
export async function routeCosts(context: OpenFirm, division: Division, ids: string[]): Promise<Map<string, string>> {
  const { clio } = context;
  const { route, nameOf } = division;
  const goals = new Map<string, string>();
  const open: string[] = [];
  for (const id of ids) {
    const known = isClioCost(id) ? await placeOfCost(context, id) : (placeOfMark(id) ?? route.home);
    if (known === null) open.push(id);
    goals.set(id, known || route.home);
  }
  const expenses = open.length > 0 ? (await clio.expenses(open)).filter((expense) => expense.isHardCost) : [];
  const matterIds = [...new Set(expenses.flatMap((expense) => expense.matter?.clioId ?? []))];
  const matters = new Map((matterIds.length > 0 ? await clio.matters(matterIds) : []).map((matter) => [matter.clioId, matter]));
  for (const expense of expenses) {
    const matter = matters.get(expense.matter?.clioId ?? '');
    const routed = routeBill({ client: matter?.client ?? null, matters: matter ? [matter] : [] }, route, await placeOfLine(context, expense), nameOf);
    if (routed.organisationId !== null) {
      goals.set(expense.clioId, routed.organisationId);
      continue;
    }
    goals.delete(expense.clioId);
    await keepHolds(context, expenseSubject(expense.clioId), [routed.hold], null);
  }
  return goals;
}

/** Where the cost's document is, or the line it came from. */
async function placeOfCost({ store, firm }: OpenFirm, clioId: string): Promise<string | null> {
  return placeOf(await store.links.findUnique('clio', clioKey({ firm: firm.id, kind: 'expense', role: 'main', clioId })));
}

/** Brought from Xero, though we have not heard yet that Clio took it. */
async function placeOfLine({ store, firm }: OpenFirm, expense: Expense): Promise<string | null> {
  const lineId = lineMarkedIn(expense);
  return lineId === null ? null : placeOf(await store.links.get(firm.id, lineLinkId(lineId)));
}

const placeOf = (link: LinkRecord | undefined): string | null => (link && (link.xeroId !== null || link.intent !== null) ? link.organisationId : null);
