import { mark } from '../jobs/mark-kinds.js';
import { pagesOf } from '../store/pages-of.js';
import { PRIORITY } from '../store/store.js';
import { nowOf, type FirmContext } from './firm-context.js';

const PAGE = 500;

/**
 * Marks what no "changed since" list tells of: bills that are known to one of the books only, as deletions leave no trace; and bills that wait
 * for somebody, who may have put it right where no notice comes from: an invoice made by hand is linked with nothing yet, a number that was
 * taken is free again.
 */
export async function nightly(context: FirmContext): Promise<void> {
  const { store, firm } = context;
  const inClio = new Set(await context.clio.allBillIds());
  const known = new Set<string>();
  const waiting: string[] = [];
  for await (const page of pagesOf(store.links, firm.id, { index: 'kind', value: 'bill' }, PAGE)) {
    for (const link of page) {
      if (link.clioId === null) continue;
      known.add(link.clioId);
      if (link.status === 'needs-you') waiting.push(link.clioId);
    }
  }
  const differing = [...inClio].filter((id) => !known.has(id)).concat([...known].filter((id) => !inClio.has(id)));
  await store.marks.want([...differing, ...waiting].map((id) => mark(firm.id, 'bill', id, PRIORITY.history)), nowOf(context));
}
