import type { Clock } from '../http/clock.js';
import type { Log } from '../http/logging.js';
import { StaleError, TakenError } from '../store/collection.js';
import { PRIORITY, type Store } from '../store/store.js';
import { mark } from './mark-kinds.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Xero repeats a notice that failed every quarter of an hour (xero-api 13.1), and notices overtake each other. What is not there after this is lost. */
const LATE_MS = 20 * MINUTE;
/** Whether the numbers are without gaps is documented nowhere (vendor-assumptions X15). If they are not, this bounds what it costs. */
const LOOK_AT_MOST_EVERY_MS = HOUR;
const AT_ONCE = 1_000;

/** How far the numbers are known without a gap; its `at`: when a gap last made us look. Ranges beyond it have the same id and their numbers. */
const REACHED = 'xero:notices';
const NEVER = '1970-01-01T00:00:00.000Z';

/** The numbers of one delivery (`firstEventSequence` to `lastEventSequence`), both included. */
export interface Range {
  first: number;
  last: number;
}

/** Kept apart from each other, so that deliveries that come in the same moment never wait for one record. */
export async function noteRange({ store, clock }: { store: Store; clock: Clock }, range: Range): Promise<void> {
  try {
    await store.cursors.insert({ firm: '*', id: idOf(range), at: new Date(clock.now()).toISOString(), position: `${range.first}-${range.last}` });
  } catch (error) {
    // Delivered before.
    if (!(error instanceof TakenError)) throw error;
  }
}

/**
 * Xero numbers its notices for all organisations of an app together. Where numbers are missing for longer than a repeat takes, every firm's changes are
 * looked for, from its cursors on: these reach back to before the gap, for a sweep that came after it has found what it would have told.
 */
export async function lookForGaps({ store, clock, log }: { store: Store; clock: Clock; log: Log }): Promise<void> {
  const noted = await store.cursors.list('*', { after: `${REACHED}:`, limit: AT_ONCE });
  const ranges = noted.flatMap(({ id, at, position }) => (id.startsWith(`${REACHED}:`) ? [{ id, at, ...rangeIn(position ?? '') }] : []));
  if (ranges.length === 0) return;
  const state = await store.cursors.get('*', REACHED);
  const late = new Date(clock.now() - LATE_MS).toISOString();
  const { reached, passed, gap } = pass(state ? Number(state.position) : null, ranges, late);
  const looks = gap !== null && clock.now() - Date.parse(state?.at ?? NEVER) >= LOOK_AT_MOST_EVERY_MS;
  if (looks) {
    log.warn('notices of Xero are missing', { detail: `${gap.first} to ${gap.last}` });
    await lookEverywhere(store, new Date(clock.now()).toISOString());
  }
  if (passed.length === 0) return;
  const next = { at: looks ? new Date(clock.now()).toISOString() : (state?.at ?? NEVER), position: String(reached) };
  try {
    if (state) await store.cursors.replace({ ...state, ...next });
    else await store.cursors.insert({ firm: '*', id: REACHED, ...next });
  } catch (error) {
    // Another process looked in the same moment, and tidies up.
    if (error instanceof StaleError || error instanceof TakenError) return;
    throw error;
  }
  for (const { id } of passed) await store.cursors.remove('*', id);
}

/** Goes on from `reached` over ranges in order of their first number; over a gap only where what comes after it was there before `late`. */
export function pass<T extends Range & { at: string }>(reached: number | null, ranges: T[], late: string): { reached: number; passed: T[]; gap: Range | null } {
  let upTo = reached ?? Math.min(...ranges.map((range) => range.first)) - 1;
  let gap: Range | null = null;
  const passed: T[] = [];
  for (const range of [...ranges].sort((a, b) => a.first - b.first)) {
    if (range.first > upTo + 1) {
      if (range.at > late) break;
      gap ??= { first: upTo + 1, last: range.first - 1 };
    }
    upTo = Math.max(upTo, range.last);
    passed.push(range);
  }
  return { reached: upTo, passed, gap };
}

async function lookEverywhere(store: Store, now: string): Promise<void> {
  for (const firm of await store.firms.list('*')) {
    const connections = await store.connections.list(firm.id);
    if (connections.some(({ side, state }) => side === 'xero' && state === 'live')) await store.marks.want([mark(firm.id, 'catch-up', 'all', PRIORITY.sweep)], now);
  }
}

/** By text in order of the numbers. */
const idOf = ({ first, last }: Range): string => `${REACHED}:${[first, last].map((number) => String(number).padStart(16, '0')).join('-')}`;

function rangeIn(position: string): Range {
  const [first = 0, last = 0] = position.split('-').map(Number);
  return { first, last };
}
