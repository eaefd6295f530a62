import type { AdvancedCost } from '../core/advanced-cost.js';
import { parseExpenseBase } from '../store/base-schema.js';
import type { LinkRecord } from '../store/records.js';
import type { Store } from '../store/store.js';

const PAGE = 1_000;
const READ_AT_MOST = 50_000;

/** Costs entered in Clio that stand in Xero, as last read; `complete` is false when there are more than can be added up. */
export async function advancedCosts(store: Store, firm: string): Promise<{ costs: AdvancedCost[]; complete: boolean }> {
  const costs: AdvancedCost[] = [];
  let after: string | undefined;
  for (let read = 0; read < READ_AT_MOST; read += PAGE) {
    const page = await store.links.list(firm, { index: 'kind', value: 'expense', limit: PAGE, ...(after === undefined ? {} : { after }) });
    costs.push(...(await inReport(store, firm, page)));
    after = page.at(-1)?.id;
    if (page.length < PAGE) return { costs, complete: true };
  }
  return { costs, complete: false };
}

async function inReport(store: Store, firm: string, links: LinkRecord[]): Promise<AdvancedCost[]> {
  const own = links.filter((link) => link.cost && link.xeroId !== null && parseExpenseBase(link.base)?.ended === false);
  const bills = new Map((await store.links.getMany(firm, [...new Set(own.flatMap(({ cost }) => (cost?.bill ? [`bill:${cost.bill.clioId}:main`] : [])))])).map((link) => [link.clioId, link.shown]));
  return own.flatMap(({ clioId, cost }) => (cost ? [{ ...cost, costId: clioId ?? '', recovered: cost.bill !== null && isPaid(bills.get(cost.bill.clioId)) }] : []));
}

const isPaid = (shown: LinkRecord['shown'] | undefined): boolean => shown?.clioState === 'paid' && shown.clioBalance === 0;
