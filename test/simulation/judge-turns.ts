import { mark } from '../../src/jobs/mark-kinds.js';
import { PRIORITY } from '../../src/store/store.js';
import type { MemoryStore } from './memory-store.js';
import type { Site } from './site.js';
import type { World } from './world.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** A turn of the busy firm is four batches of calls; the quiet one comes next. */
const PATIENCE = 5 * MINUTE;
/** Where a batch of the other firm takes a minute, as Xero grants it so few calls, and a turn is four batches. */
const PATIENCE_WITH_FEW_CALLS = 20 * MINUTE;

/** One firm is kept busy without end; what the other one wants meanwhile may not wait for that end. */
export async function judgeTurns(world: World, store: MemoryStore, [busy, quiet]: Site[]): Promise<void> {
  const [busyBill] = busy?.clio.bills.keys() ?? [];
  const [quietBill] = quiet?.clio.bills.keys() ?? [];
  if (!busy || !quiet || busyBill === undefined || quietBill === undefined) return;
  const asked = world.now + MINUTE;
  const patience = world.profile.limits === null ? PATIENCE : PATIENCE_WITH_FEW_CALLS;
  for (let at = 0; at < patience + 5 * MINUTE; at += 2 * SECOND) {
    world.scheduler.after(at, null, () => void store.marks.want([mark(busy.firm, 'bill', busyBill), mark(busy.firm, 'catch-up', 'all')], world.iso()));
  }
  world.scheduler.after(MINUTE, null, () => void store.marks.want([mark(quiet.firm, 'bill', quietBill, PRIORITY.webhook)], world.iso()));
  await world.scheduler.runUntil(asked + patience, () => false);
  const waiting = store.marks.all().some((each) => each.firm === quiet.firm && each.kind === 'bill' && each.id === quietBill && each.wanted > each.done);
  if (waiting) world.violated(22, `bill ${quietBill} of ${quiet.firm} waits ${patience / MINUTE} minutes beside ${busy.firm}, which is never done`);
  await world.scheduler.runUntil(asked + 20 * MINUTE, () => false);
}
