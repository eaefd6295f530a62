import { mark } from '../jobs/mark-kinds.js';
import { PRIORITY } from '../store/store.js';
import { nowOf, type FirmContext } from './firm-context.js';

const PAGE = 500;

/** Deletions leave no trace in "changed since" lists: compares the ids of both books and marks every bill that is in one of them only. */
export async function nightly(context: FirmContext): Promise<void> {
  const { store, firm } = context;
  const inClio = new Set(await context.clio.allBillIds());
  const known = new Set<string>();
  for (let after: string | undefined; ; ) {
    const page = await store.links.list(firm.id, { index: 'kind', value: 'bill', limit: PAGE, ...(after === undefined ? {} : { after }) });
    for (const link of page) if (link.clioId !== null) known.add(link.clioId);
    after = page.at(-1)?.id;
    if (page.length < PAGE) break;
  }
  const differing = [...inClio].filter((id) => !known.has(id)).concat([...known].filter((id) => !inClio.has(id)));
  await store.marks.want(differing.map((id) => mark(firm.id, 'bill', id, PRIORITY.history)), nowOf(context));
}
