import { isMarkKind, mark, type MarkKind } from '../../src/jobs/mark-kinds.js';
import type { MemoryStore } from './memory-store.js';
import type { WebhookSender } from './webhook-sender.js';
import type { World } from './world.js';

const MINUTE = 60_000;

/** A vendor says that a record changed, at the moment it gives where it gives one. */
export type Notice = (kind: string, id: string, changedAt?: string) => void;

/** How a notice gets to us. */
export interface Route {
  /** The notice is made; the answer brings it, `after` milliseconds from now, as often as it is asked. */
  make: (kind: MarkKind, id: string, changedAt: string | undefined) => (after: number) => void;
  /** It is made and gets lost. */
  lose: (kind: MarkKind) => void;
}

/** Webhooks of one firm: lost, doubled, late, so that later ones overtake them, or all over again days later. */
export function noticesBy(world: World, route: Route): Notice {
  return (kind, id, changedAt) => {
    if (!isMarkKind(kind)) return;
    if (world.strikes('notice lost')) {
      route.lose(kind);
      return;
    }
    const { noticeDates } = world.profile.unknowns;
    const date = changedAt === undefined || noticeDates === 'none' ? undefined : noticeDates === 'equal' ? changedAt : new Date(Date.parse(changedAt) + world.random.int(0, 900)).toISOString();
    const arrives = route.make(kind, id, date);
    const others = world.strikes('notice doubled') ? [arrives] : world.strikes('burst of notices') ? Array.from({ length: 19 }, () => route.make(kind, id, date)) : [];
    for (const each of [arrives, ...others]) each(world.strikes('notice late') ? world.random.int(MINUTE, 30 * MINUTE) : world.random.int(100, 3_000));
    if (world.strikes('old notice again')) arrives(world.random.int(1, 20) * 60 * MINUTE);
  };
}

/** Marks appear in the store, as if every request were received without fault. */
export const intoStore = (world: World, store: MemoryStore, firm: string): Route => ({
  make: (kind, id, changedAt) => (after) => void world.scheduler.after(after, null, () => void store.marks.want([{ ...mark(firm, kind, id), ...(changedAt === undefined ? {} : { changedAt }) }], world.iso())),
  lose: () => undefined,
});

/** Signed requests, which some process has to receive. */
export const asRequests = (sender: WebhookSender, firm: string, organisationId: string): Route => ({
  make: (kind, id, changedAt) => {
    const posted = kind === 'bill' || kind === 'expense' ? sender.fromClio(firm, kind, id) : sender.fromXero(firm, organisationId, id, changedAt);
    return (after) => sender.send(posted, after);
  },
  lose: (kind) => {
    if (kind === 'invoice') sender.next();
  },
});
