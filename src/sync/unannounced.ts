import { UNANNOUNCED } from '../jobs/notices.js';
import { mark } from '../jobs/mark-kinds.js';
import { PRIORITY } from '../store/store.js';
import { nowOf, type FirmContext } from './firm-context.js';
import { billLinkId } from './link-records.js';

/**
 * Remembers when a sweep found changes no notice told us of: bills changed after `since` that we have neither read since then nor been
 * asked to read. Then we look more often, and have the webhooks checked. Other clocks than ours may make it look so; that costs a few calls.
 */
export async function rememberUnannounced(context: FirmContext, billIds: string[], since: string): Promise<void> {
  const { store, firm, held, log } = context;
  if (billIds.length === 0) return;
  const links = await store.links.getMany(firm.id, billIds.map((id) => billLinkId(id, 'main')));
  const read = new Set(links.flatMap((link) => (link.shown && link.shown.seenAt >= since && link.clioId !== null ? [link.clioId] : [])));
  if (billIds.every((id) => read.has(id))) return;
  const owed = new Set((await store.marks.owed(firm.id)).map(({ id }) => id));
  const missed = billIds.filter((id) => !read.has(id) && !owed.has(id));
  if (missed.length === 0) return;
  log.info('changes without a notice', { firm: firm.id, count: missed.length });
  const known = await store.cursors.get(firm.id, UNANNOUNCED);
  if (known) await store.cursors.replace({ ...known, at: nowOf(context) }, held.epoch);
  else await store.cursors.insert({ firm: firm.id, id: UNANNOUNCED, at: nowOf(context), position: null }, held.epoch);
  await store.marks.want([mark(firm.id, 'subscriptions', 'clio', PRIORITY.sweep)], nowOf(context));
}
