import { whileHolding } from '../../src/jobs/lease.js';
import { openSqliteStore } from '../../src/store/sqlite-store.js';
import { VirtualClock } from '../virtual-clock.js';

const FIRM = 'eu:100231';

/** Whether a holder, `passes` ms after it took the firm and with its clock set by `setBy` meanwhile, still believes to hold it. */
async function inTimeAfter(passes: number, setBy: number): Promise<boolean | undefined> {
  const clock = new VirtualClock();
  const store = await openSqliteStore(':memory:', { now: () => clock.ticks() });
  try {
    return await whileHolding({ store, clock, owner: 'one', drain: new AbortController().signal }, FIRM, async (held) => {
      // In one stride, as for a process that stands still: no renewal comes between.
      await clock.leap(0);
      clock.set(setBy);
      const began = held.inTime;
      const standing = clock.leap(passes);
      const answer = began();
      await standing;
      return answer;
    });
  } finally {
    await store.close();
  }
}

test.each([
  ['a moment later it is', 10_000, 0, true],
  ['a lease that ran out is over', 71_000, 0, false],
  ['a clock set back does not hide that it ran out', 71_000, -3_600_000, false],
  ['a clock set ahead ends it early, as a machine that slept would', 1_000, 3_600_000, false],
])('%s', async (_says, passes, setBy, answer) => {
  expect(await inTimeAfter(passes, setBy)).toBe(answer);
});
