import { routeBill } from '../core/route-bill.js';
import { expenseLinkId, expenseSubject } from './expense-links.js';
import type { Division, OpenFirm } from './firm-context.js';
import { keepHolds } from './record-outcome.js';

/**
 * The organisation each owed cost belongs to: by its matter, as for bills, and what was sent stays. A document in Xero belongs to the
 * organisation that knows it. A cost nobody can place is asked about, and is not in the answer.
 */
export async function routeCosts(context: OpenFirm, division: Division, ids: string[]): Promise<Map<string, string>> {
  const { store, firm, clio } = context;
  const { route, nameOf } = division;
  const goals = new Map<string, string>();
  for (const id of ids) goals.set(id, (await sentTo(context, division, id)) ?? route.home);
  const links = new Set((await store.links.getMany(firm.id, ids.map(expenseLinkId))).flatMap((link) => (link.xeroId !== null || link.intent !== null ? [link.id] : [])));
  const open = ids.filter((id) => /^\d+$/.test(id) && !links.has(expenseLinkId(id)));
  const expenses = open.length > 0 ? (await clio.expenses(open)).filter((expense) => expense.isHardCost) : [];
  const matterIds = [...new Set(expenses.flatMap((expense) => expense.matter?.clioId ?? []))];
  const matters = new Map((matterIds.length > 0 ? await clio.matters(matterIds) : []).map((matter) => [matter.clioId, matter]));
  for (const { clioId, matter } of expenses) {
    const known = matters.get(matter?.clioId ?? '');
    const routed = routeBill({ client: known?.client ?? null, matters: known ? [known] : [] }, route, null, nameOf);
    if (routed.organisationId !== null) {
      goals.set(clioId, routed.organisationId);
      continue;
    }
    goals.delete(clioId);
    await keepHolds(context, expenseSubject(clioId), [routed.hold], null);
  }
  return goals;
}

async function sentTo({ store, firm }: OpenFirm, { route, further }: Division, id: string): Promise<string | null> {
  if (/^\d+$/.test(id)) {
    const link = await store.links.get(firm.id, expenseLinkId(id));
    return link && (link.xeroId !== null || link.intent !== null) ? link.organisationId || route.home : null;
  }
  for (const organisationId of further) {
    const link = await store.links.findUnique('xero', `${organisationId}|expense|${id.slice(id.indexOf(':') + 1)}`);
    if (link?.firm === firm.id) return organisationId;
  }
  return null;
}
