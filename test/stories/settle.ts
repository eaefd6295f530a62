import type { App } from '../../src/app.js';
import type { World } from '../../src/demo/world.js';
import { dueAt } from '../../src/store/store.js';
import type { VirtualClock } from '../virtual-clock.js';

const SECOND = 1_000;
/** What the worker sleeps when nothing is due. */
const IDLE_MS = 500;
/** Real milliseconds without an exchange before virtual time is believed to be what everybody waits for. */
const STILL_MS = 4;
const MOST_STEPS = 20_000;
const LONGEST_STEP_MS = 20 * SECOND;
/** As often as the schedule looks whether something is due. */
const LOOK_EVERY_MS = 60 * SECOND;

export interface Stage {
  app: App;
  world: World;
  clock: VirtualClock;
  firm: string;
  /** Grows with every exchange either sandbox had. */
  exchanged: () => number;
}

/** Virtual time moves only while nothing crosses the wire, so that what is under way is never hurried. */
export async function quiet(stage: Stage): Promise<void> {
  let step = IDLE_MS;
  let seen = stage.exchanged();
  for (let steps = 0; steps < MOST_STEPS; steps += 1) {
    await Promise.all([stage.world.clio.control.settled(), stage.world.xero.control.settled()]);
    if (await isIdle(stage)) return;
    await realPause(STILL_MS);
    const still = stage.exchanged() === seen;
    seen = stage.exchanged();
    if (!still) step = IDLE_MS;
    else {
      await stage.clock.advance(step);
      step = Math.min(step * 2, LONGEST_STEP_MS);
    }
  }
  throw new Error(`no rest after ${MOST_STEPS} looks: ${await owedWords(stage)}`);
}

/** Until nothing is owed at all, waiting (in virtual time) for whatever was put off. */
export async function settle(stage: Stage, withinMs: number): Promise<void> {
  const end = stage.clock.now() + withinMs;
  for (;;) {
    await quiet(stage);
    const owed = await stage.app.store.marks.owed(stage.firm);
    const [next] = owed.map((mark) => Date.parse(dueAt(mark))).sort((a, b) => a - b);
    if (next === undefined) return;
    if (next > end) throw new Error(`still owed: ${await owedWords(stage)}`);
    await stage.clock.leap(Math.min(next - stage.clock.now(), LOOK_EVERY_MS));
  }
}

/** Lets this much time go by, with all that falls due in it. */
export async function pass(stage: Stage, ms: number): Promise<void> {
  const end = stage.clock.now() + ms;
  await quiet(stage);
  while (stage.clock.now() < end) {
    const owed = await stage.app.store.marks.owed(stage.firm);
    const next = Math.min(end, stage.clock.now() + longStep(ms), ...owed.map((mark) => Date.parse(dueAt(mark))));
    await stage.clock.leap(Math.max(IDLE_MS, next - stage.clock.now()));
    await quiet(stage);
  }
}

/** Over days, a look of the schedule every half hour shows the same. */
const longStep = (ms: number): number => (ms > 6 * 3_600 * SECOND ? 1_800 * SECOND : LOOK_EVERY_MS);

async function isIdle({ app, clock, firm }: Stage): Promise<boolean> {
  if ((await app.store.leases.holder(firm)) !== undefined) return false;
  const due = await app.store.marks.due(firm, new Date(clock.now()).toISOString(), 1);
  // Between the two looks the worker may have begun.
  return due.length === 0 && (await app.store.leases.holder(firm)) === undefined;
}

async function owedWords({ app, clock, firm }: Stage): Promise<string> {
  const owed = await app.store.marks.owed(firm);
  const words = owed.map((mark) => `${mark.kind} ${mark.id} (${mark.lastReason ?? 'no reason yet'}, tried ${mark.attempts} times, again ${dueAt(mark)})`);
  return `${words.join('; ') || 'nothing'} at ${new Date(clock.now()).toISOString()}`;
}

export const realPause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
