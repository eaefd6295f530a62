import { StaleError, TakenError, type Collection, type Draft, type Stored } from '../../src/store/collection.js';
import type { Lease, Store } from '../../src/store/store.js';
import type { MemoryStore } from './memory-store.js';
import type { Life } from './scheduler.js';
import type { World } from './world.js';

export interface StoreLine {
  world: World;
  life: Life;
  crash: () => void;
  leased: (lease: Lease) => void;
  used: () => void;
  /** What reads are answered from until then, while the process still takes a former primary for the primary. */
  former: () => { shown: MemoryStore; until: number } | null;
}

/** The store as one process reaches it: every operation takes its time, may fail before or after it took effect, and may be the process' last. */
export function storeOver(line: StoreLine, store: MemoryStore): Store {
  const { world, life } = line;
  const over = <T>(writes: boolean, act: () => Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      line.used();
      const delay = world.strikes('store slow', life) ? world.random.int(1_000, 90_000) : world.random.int(1, 12);
      // A former primary gets no majority for a write: it ends in an error, and the driver sends it once more to the new one.
      const held = writes ? Math.max(0, (line.former()?.until ?? 0) - world.now) : 0;
      world.scheduler.after(held + delay, life, () => {
        if (world.strikes('crash', life)) {
          // Half of the crashes come after the operation took effect.
          if (world.random.chance(0.5)) act().catch(() => undefined);
          line.crash();
        } else if (writes && world.strikes('store busy', life)) reject(new Error('the database is busy'));
        else if (writes && world.strikes('store answer lost', life)) act().then(() => reject(new Error('the database did not answer')), reject);
        else {
          act().then(resolve, (error: unknown) => {
            if (error instanceof TakenError || error instanceof StaleError) world.count('record taken or changed meanwhile');
            reject(error instanceof Error ? error : new Error('unknown failure'));
          });
        }
      });
    });
  const reads = (): MemoryStore => {
    const former = line.former();
    return former && former.until > world.now ? former.shown : store;
  };
  const collection = <T extends Stored, Index extends string>(of: (store: MemoryStore) => Collection<T, Index>): Collection<T, Index> => ({
    get: (firm, id) => over(false, () => of(reads()).get(firm, id)),
    getMany: (firm, ids) => over(false, () => of(reads()).getMany(firm, ids)),
    insert: (record: Draft<T>, epoch) => over(true, () => of(store).insert(record, epoch)),
    replace: (record, epoch) => over(true, () => of(store).replace(record, epoch)),
    remove: (firm, id) => over(true, () => of(store).remove(firm, id)),
    findUnique: (key, value) => over(false, () => of(reads()).findUnique(key, value)),
    list: (firm, options) => over(false, () => of(reads()).list(firm, options)),
    count: (firm, index, value) => over(false, () => of(reads()).count(firm, index, value)),
    removeBefore: (instant) => over(true, () => of(store).removeBefore(instant)),
  });
  const { marks, leases } = store;
  return {
    firms: collection((from) => from.firms),
    connections: collection((from) => from.connections),
    settings: collection((from) => from.settings),
    books: collection((from) => from.books),
    links: collection((from) => from.links),
    holds: collection((from) => from.holds),
    subscriptions: collection((from) => from.subscriptions),
    deliveries: collection((from) => from.deliveries),
    activity: collection((from) => from.activity),
    cursors: collection((from) => from.cursors),
    runs: collection((from) => from.runs),
    alerts: collection((from) => from.alerts),
    tickets: collection((from) => from.tickets),
    marks: {
      want: (requests, now) => over(true, () => marks.want(requests, now)),
      firmsDue: (now, limit) => over(false, () => reads().marks.firmsDue(now, limit)),
      due: (firm, now, limit) => over(false, () => reads().marks.due(firm, now, limit)),
      finish: (mark, epoch, now, rest) => over(true, () => marks.finish(mark, epoch, now, rest)),
      postpone: (mark, until, reason, epoch) => over(true, () => marks.postpone(mark, until, reason, epoch)),
      restTogether: (firm, until, since) => over(true, () => marks.restTogether(firm, until, since)),
      park: (firm, until, reason) => over(true, () => marks.park(firm, until, reason)),
      unpark: (firm, reasons, now) => over(true, () => marks.unpark(firm, reasons, now)),
      owed: (firm) => over(false, () => reads().marks.owed(firm)),
      countOwed: (firm) => over(false, () => reads().marks.countOwed(firm)),
    },
    leases: {
      acquire: (firm, owner, forMs) => over(true, async () => {
        const lease = await leases.acquire(firm, owner, forMs);
        if (lease) line.leased(lease);
        return lease;
      }),
      holder: (firm) => over(false, () => reads().leases.holder(firm)),
      renew: (lease, forMs) => over(true, () => leases.renew(lease, forMs)),
      release: (lease) => over(true, () => leases.release(lease)),
    },
    ping: () => store.ping(),
    close: () => store.close(),
  };
}
