import type { Mark } from '../store/store.js';
import type { FirmContext } from './firm-context.js';
import { billLinkId } from './link-records.js';

/**
 * Bills of which this notice may tell something new. When we last planned a bill we saw its invoice as Xero had changed it at some moment; a
 * notice of a change no later than that, by the same clock, speaks of what we saw or wrote ourselves, and costs no call. What Xero might
 * change without moving its own date is found by the sweeps.
 */
export async function withNews({ store, firm }: FirmContext, { changedAt }: Pick<Mark, 'changedAt'>, billIds: string[]): Promise<string[]> {
  if (changedAt === null || billIds.length === 0) return billIds;
  const links = await store.links.getMany(firm.id, billIds.map((id) => billLinkId(id, 'main')));
  const seen = new Set(links.flatMap(({ shown, clioId }) => (shown?.xeroChangedAt && shown.xeroChangedAt >= changedAt && clioId !== null ? [clioId] : [])));
  return billIds.filter((id) => !seen.has(id));
}
