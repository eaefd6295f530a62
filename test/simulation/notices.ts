import { isMarkKind, mark } from '../../src/jobs/mark-kinds.js';
import type { MemoryStore } from './memory-store.js';
import type { World } from './world.js';

const MINUTE = 60_000;

/** A vendor says that a record changed, at the moment it gives where it gives one. */
export type Notice = (kind: string, id: string, changedAt?: string) => void;

/** Webhooks of one firm as they reach the store: lost, doubled, late, so that later ones overtake them, or all over again days later. */
export function noticesInto(world: World, store: MemoryStore, firm: string): Notice {
  return (kind, id, changedAt) => {
    if (!isMarkKind(kind) || world.strikes('notice lost')) return;
    const { noticeDates } = world.profile.unknowns;
    const date = changedAt === undefined || noticeDates === 'none' ? {} : { changedAt: noticeDates === 'equal' ? changedAt : new Date(Date.parse(changedAt) + world.random.int(0, 900)).toISOString() };
    const arrives = (after: number): void => void world.scheduler.after(after, null, () => void store.marks.want([{ ...mark(firm, kind, id), ...date }], world.iso()));
    const times = world.strikes('notice doubled') ? 2 : world.strikes('burst of notices') ? 20 : 1;
    for (let time = 0; time < times; time += 1) arrives(world.strikes('notice late') ? world.random.int(MINUTE, 30 * MINUTE) : world.random.int(100, 3_000));
    if (world.strikes('old notice again')) arrives(world.random.int(1, 20) * 60 * MINUTE);
  };
}
