import { costMarkedIn } from '../../src/core/expense.js';
import type { Ended } from './judge-end.js';
import { isEnded } from './oracle.js';

/** Each hard cost of Clio's is money spent in Xero exactly once, and each such entry of ours stands for a cost; or a person is asked. */
export function judgeCosts(at: Ended): void {
  const { world, store, clio, xero, oracle, firm, choices } = at;
  if (choices.costs === 'off') return;
  const live = xero.books.costs.live();
  for (const { now, gone } of clio.expenses.values()) {
    const link = store.links.peek(firm, `expense:c${now.clioId}`);
    const asked = oracle.openHolds(`expense:${now.clioId}`).length > 0;
    const entries = live.filter((each) => costMarkedIn(each.now.reference) === now.clioId);
    if (asked || isEnded(link?.base)) continue;
    if (gone || !now.isHardCost) {
      if (entries.length > 0) world.violated(18, `cost ${now.clioId} is no cost in Clio, ${entries.map((each) => each.now.xeroId).join()} stands in Xero, and nobody is asked`);
    } else if (entries.length !== 1 || entries[0]?.now.total !== now.amount) {
      world.violated(18, `cost ${now.clioId} of ${now.amount} is in Xero as ${entries.map((each) => each.now.total).join() || 'nothing'}, and nobody is asked`);
    }
  }
}
