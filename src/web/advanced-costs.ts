import type { AdvancedCost } from '../core/advanced-cost.js';
import { parseExpenseBase } from '../store/base-schema.js';
import { pagesOf } from '../store/pages-of.js';
import type { LinkRecord } from '../store/records.js';
import type { Store } from '../store/store.js';

const PAGE = 1_000;
const READ_AT_MOST = 50_000;

/** Costs entered in Clio that stand in Xero, as last read; `complete` is false when there are more than can be added up. */
export async function advancedCosts(store: Store, firm: string): Promise<{ costs: AdvancedCost[]; complete: boolean }> {
  const costs: AdvancedCost[] = [];
  let read = 0;
  for await (const page of pagesOf(store.links, firm, { index: 'kind', value: 'expense' }, PAGE)) {
    if (read >= READ_AT_MOST) return { costs, complete: false };
    costs.push(...(await inReport(store, firm, page)));
    read += page.length;
  }
  return { costs, complete: true };
}

async function inReport(store: Store, firm: string, links: LinkRecord[]): Promise<AdvancedCost[]> {
  const own = links.filter((link) => link.cost && link.xeroId !== null && parseExpenseBase(link.base)?.ended === false);
  const bills = new Map((await store.links.getMany(firm, [...new Set(own.flatMap(({ cost }) => (cost?.bill ? [`bill:${cost.bill.clioId}:main`] : [])))])).map((link) => [link.clioId, link.shown]));
  return own.flatMap(({ clioId, cost }) => (cost ? [{ ...cost, costId: clioId ?? '', recovered: cost.bill !== null && isPaid(bills.get(cost.bill.clioId)) }] : []));
}

const isPaid = (shown: LinkRecord['shown'] | undefined): boolean => shown?.clioState === 'paid' && shown.clioBalance === 0;
