import { mark } from '../jobs/mark-kinds.js';
import { PRIORITY } from '../store/store.js';
import type { BillWork } from './bill-work.js';
import { nowOf, type SyncContext } from './firm-context.js';
import { billLinkId } from './link-records.js';
import { othersOf } from './read-split-parts.js';

const WAITS_FOR_OTHERS: ReadonlySet<string> = new Set(['SPLIT_INCOMPLETE', 'SPLIT_IN_XERO']);

/** Once nothing of the split keeps this bill back, those that waited for it are looked at again. What still waits wakes nobody, so this ends. */
export async function wakeSplitParts(context: SyncContext, works: BillWork[]): Promise<void> {
  const { store, firm } = context;
  const free = works.filter(({ plan }) => !plan.holds.some((hold) => WAITS_FOR_OTHERS.has(hold.reason)));
  const others = [...new Set(free.flatMap(({ truth }) => [...othersOf(truth.bill), ...(truth.splitParts ?? []).map((part) => part.clioId)]))];
  if (others.length === 0) return;
  const links = await store.links.getMany(firm.id, others.map((id) => billLinkId(id, 'main')));
  const waiting = links.flatMap((link) => (link.clioId !== null && WAITS_FOR_OTHERS.has(link.reason ?? '') ? [link.clioId] : []));
  await store.marks.want(waiting.map((id) => mark(firm.id, 'bill', id, PRIORITY.sweep)), nowOf(context));
}
