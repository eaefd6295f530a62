import { momentOf, passedSince, type Clock, type Moment } from '../http/clock.js';
import type { Lease, Store } from '../store/store.js';
import { isDeadNeighbour } from './owner.js';

const HOLD_MS = 60_000;
const RENEW_EVERY_MS = 20_000;
/** A request takes a moment to leave. */
const MARGIN_MS = 2_000;

/** The firm as held by one worker: its epoch goes with every write, and `check` stops work that outlived the lease. */
export interface Held {
  firm: string;
  epoch: number;
  /** Aborted when the lease was lost or the process drains. */
  signal: AbortSignal;
  /**
   * False once the lease has run out by this process' own clocks, counted from before it was asked for. A process that was frozen knows
   * so at once, before its renewal had a chance to fail.
   */
  inTime: () => boolean;
}

/**
 * Runs `work` while holding the firm; undefined when somebody else holds it. The lease is renewed meanwhile; once it is lost
 * the signal aborts, and every further write is refused by its epoch.
 */
export async function whileHolding<T>(
  deps: { store: Store; clock: Clock; owner: string; drain: AbortSignal },
  firm: string,
  work: (held: Held) => Promise<T>,
): Promise<T | undefined> {
  const asked = { when: momentOf(deps.clock) };
  const lease = (await deps.store.leases.acquire(firm, deps.owner, HOLD_MS)) ?? (await takeOver(deps, firm));
  if (!lease) return undefined;
  const lost = new AbortController();
  const over = new AbortController();
  const renewing = keepRenewing(deps, lease, { lost, over: over.signal, asked });
  try {
    return await work({ firm, epoch: lease.epoch, signal: AbortSignal.any([lost.signal, deps.drain]), inTime: () => passedSince(deps.clock, asked.when) < HOLD_MS - MARGIN_MS });
  } finally {
    over.abort();
    const last = await renewing;
    await deps.store.leases.release(last);
  }
}

/** What a process of this machine left behind when it died need not be waited for. */
async function takeOver(deps: { store: Store; owner: string }, firm: string): Promise<Lease | undefined> {
  const holder = await deps.store.leases.holder(firm);
  if (!holder || !isDeadNeighbour(holder.owner)) return undefined;
  await deps.store.leases.release(holder);
  return deps.store.leases.acquire(firm, deps.owner, HOLD_MS);
}

/** `asked.when` is kept at the moment before the last renewal that was granted. */
async function keepRenewing(deps: { store: Store; clock: Clock }, lease: Lease, held: { lost: AbortController; over: AbortSignal; asked: { when: Moment } }): Promise<Lease> {
  let current = lease;
  for (;;) {
    await deps.clock.sleep(RENEW_EVERY_MS, held.over);
    if (held.over.aborted) return current;
    const when = momentOf(deps.clock);
    try {
      current = await deps.store.leases.renew(current, HOLD_MS);
      held.asked.when = when;
    } catch (error) {
      held.lost.abort(error);
      return current;
    }
  }
}
