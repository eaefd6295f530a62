import { instantOf } from '../../src/http/clock.js';
import type { ActivityRecord, RunRecord, SettingsRecord } from '../../src/store/records.js';
import { SET_UP_ID } from '../../src/store/set-up-schema.js';
import type { MarkRequest, Store } from '../../src/store/store.js';
import type { VirtualClock } from '../virtual-clock.js';

/** What a walk through the pages of set-up left in the store, all of it at one moment. */
interface Walked {
  settings: SettingsRecord[];
  run: RunRecord | undefined;
  lines: ActivityRecord[];
  owed: MarkRequest[];
}

const walks = new Map<string, Walked>();

/**
 * Walking through set-up was half the work of most stories, and pages are not their subject. So the first story of a file walks; one after it
 * that makes the same choices over the same lists gets what that walk left, to the last line of the activity.
 */
export async function setUpOnce(known: { store: Store; clock: VirtualClock; firm: string }, choices: object, walk: () => Promise<void>): Promise<void> {
  const basis = await basisOf(known, choices);
  const walked = walks.get(basis);
  if (walked) return leave(known, walked);
  const before = await known.store.activity.list(known.firm);
  await walk();
  walks.set(basis, await leftBy(known, new Set(before.map((line) => line.id))));
}

/** All that set-up proposes and asks follows from this. */
async function basisOf({ store, clock, firm }: { store: Store; clock: VirtualClock; firm: string }, choices: object): Promise<string> {
  const lists = [await store.books.list(firm), await store.runs.list(firm), await store.settings.list(firm)];
  const timeless = (name: string, value: unknown) => (/^(version|at|\w+At)$/.test(name) ? null : value);
  return JSON.stringify([choices, instantOf(clock).slice(0, 10), lists], timeless);
}

async function leftBy({ store, firm }: { store: Store; firm: string }, before: Set<string>): Promise<Walked> {
  return {
    settings: await store.settings.list(firm),
    run: await store.runs.get(firm, SET_UP_ID),
    lines: (await store.activity.list(firm)).filter((line) => !before.has(line.id)),
    owed: (await store.marks.owed(firm)).map(({ kind, id, priority }) => ({ firm, kind, id, priority })),
  };
}

async function leave({ store, clock }: { store: Store; clock: VirtualClock }, { settings, run, lines, owed }: Walked): Promise<void> {
  const at = instantOf(clock);
  for (const each of settings) await store.settings.insert({ ...each, at });
  if (run) await store.runs.insert({ ...run, startedAt: at });
  for (const line of lines) await store.activity.insert({ ...line, at, id: line.id.replace(line.at, at) });
  await store.marks.want(owed, at);
}
