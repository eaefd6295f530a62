import type { Bill } from '../core/bill.js';
import type { Hold } from '../core/plan.js';
import { routeBill } from '../core/route-bill.js';
import type { LinkRecord } from '../store/records.js';
import { nowOf, type Division, type FirmContext } from './firm-context.js';
import { billLinkId, mainLinkFor, saveLink } from './link-records.js';
import { keepHolds } from './record-outcome.js';
import { shownOf } from './shown.js';

/** The one organisation each bill belongs to. Of a bill nobody can place, the question is kept, and it is not in the answer. */
export async function routeBills(context: FirmContext, division: Division, billIds: string[]): Promise<Map<string, string>> {
  const { goals, unplaced } = await placesOfBills(context, division, billIds);
  for (const { bill, hold } of unplaced) await ask(context, bill, hold);
  return goals;
}

export interface Unplaced {
  bill: Bill;
  hold: Hold;
}

/** The same without keeping anything. What was sent stays where it is, and costs no call. */
export async function placesOfBills(context: FirmContext, division: Division, billIds: string[]): Promise<{ goals: Map<string, string>; unplaced: Unplaced[] }> {
  const { store, firm } = context;
  const { route, nameOf } = division;
  const goals = new Map<string, string>();
  const unplaced: Unplaced[] = [];
  for (const link of await store.links.getMany(firm.id, billIds.map((id) => billLinkId(id, 'main')))) {
    if (link.clioId !== null && isSent(link)) goals.set(link.clioId, link.organisationId || route.home);
  }
  const open = billIds.filter((id) => !goals.has(id));
  const bills = open.length > 0 ? await withMatters(context, await context.clio.billHeads(open)) : [];
  for (const bill of bills) {
    const routed = routeBill(bill, route, null, nameOf);
    if (routed.organisationId !== null) goals.set(bill.clioId, routed.organisationId);
    else if (asksForMoney(bill)) unplaced.push({ bill, hold: routed.hold });
    else goals.set(bill.clioId, route.home);
  }
  // A bill that Clio no longer has, and Xero never had, belongs nowhere; the first organisation says so.
  for (const id of open) if (!bills.some((bill) => bill.clioId === id)) goals.set(id, route.home);
  return { goals, unplaced };
}

/** In Xero, or perhaps under way there. */
const isSent = (link: LinkRecord): boolean => link.xeroId !== null || link.intent !== null;

/** Other bills are left out everywhere, whatever the rules. */
const asksForMoney = (bill: Bill): boolean => (bill.state === 'awaiting_payment' || bill.state === 'paid') && bill.kind === 'revenue' && bill.due !== 0;

/** A list of bills names their matters only. */
async function withMatters({ clio }: FirmContext, bills: Bill[]): Promise<Bill[]> {
  const ids = [...new Set(bills.flatMap((bill) => bill.matters.map((matter) => matter.clioId)))];
  const known = new Map((ids.length > 0 ? await clio.matters(ids) : []).map((matter) => [matter.clioId, matter]));
  return bills.map((bill) => ({ ...bill, matters: bill.matters.map((matter) => known.get(matter.clioId) ?? matter) }));
}

async function ask(context: FirmContext, bill: Bill, hold: Hold): Promise<void> {
  const record = await mainLinkFor(context, '', bill);
  await keepHolds(context, bill.clioId, [hold], bill.clioId);
  const { reason, facts } = hold;
  await saveLink(context, record, { status: 'needs-you', reason, facts, matterIds: bill.matters.map((matter) => matter.clioId), shown: shownOf(bill, null, nowOf(context)) });
}
