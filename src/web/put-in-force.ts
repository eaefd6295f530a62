import type { Settings } from '../core/settings.js';
import { instantOf } from '../http/clock.js';
import { aboutAllCosts, mark } from '../jobs/mark-kinds.js';
import { PRIORITY, type MarkRequest, type Store } from '../store/store.js';
import type { WebDeps } from './deps.js';
import type { Visitor } from './guard.js';
import { saveSettings } from './save-settings.js';

const HELD_AT_MOST = 5_000;
/** Go before everything else and without a rest, as somebody is watching; more than these would eat up the calls kept for people. */
const AT_ONCE = 50;

/** Saves settings as the next version and sets going what may have waited for the change. */
export async function putInForce(deps: WebDeps, { firm, session }: Visitor, before: Settings, wanted: { settings: Settings; after: string; note: string }): Promise<void> {
  await saveSettings(deps, { firm: firm.id, by: session.name, body: wanted.settings, note: wanted.note, after: wanted.after });
  const costs = JSON.stringify(wanted.settings.costs) === JSON.stringify(before.costs) ? [] : costMarks(firm.id, null);
  await deps.store.marks.want([...(await unsettled(deps.store, firm.id)), ...costs], instantOf(deps.clock));
}

/** Costs switched on or off in an organisation: other notices are wanted from Clio, and what holds them all up is said at once. */
export const costMarks = (firm: string, further: string | null): MarkRequest[] => [mark(firm, 'subscriptions', 'clio', PRIORITY.person), mark(firm, 'expense', aboutAllCosts(further), PRIORITY.person), mark(firm, 'catch-up', 'all', PRIORITY.webhook)];

/** Bills that wait may wait for just this change. */
async function unsettled(store: Store, firm: string): Promise<MarkRequest[]> {
  const waiting = await Promise.all((['needs-you', 'ready-for-review', 'on-its-way'] as const).map((status) => store.links.list(firm, { index: 'status', value: `bill:${status}`, limit: HELD_AT_MOST })));
  const bills = waiting.flat().flatMap((link) => link.clioId ?? []);
  return bills.map((bill, index) => mark(firm, 'bill', bill, index < AT_ONCE ? PRIORITY.person : PRIORITY.webhook));
}
