import fc from 'fast-check';
import { lookForGaps, noteRange, pass } from '../../src/jobs/notice-gaps.js';
import { openSqliteStore } from '../../src/store/sqlite-store.js';
import { VirtualClock } from '../virtual-clock.js';

const MINUTE = 60_000;
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const FIRM = 'us:100234';

/** Two firms, the second without Xero. */
async function stage() {
  const clock = new VirtualClock();
  const store = await openSqliteStore(':memory:', { now: () => clock.now() });
  const now = new Date(clock.now()).toISOString();
  for (const id of [FIRM, 'us:2']) await store.firms.insert({ firm: '*', id, region: 'us', clioAccountId: id.slice(3), name: 'Harwood', timeZone: 'America/New_York', installedAt: now, people: {} });
  await store.connections.insert({ firm: FIRM, id: 'xero:o', side: 'xero', userId: 'u', organisationId: 'o', organisationName: 'H', xeroConnectionId: null, accessToken: 's', accessTokenEnds: now, refreshToken: null, previousRefreshToken: null, refreshedAt: now, scopes: [], state: 'live', stateReason: null, connectedAt: now });
  const heard = async (...ranges: [number, number][]) => {
    for (const [first, last] of ranges) await noteRange({ store, clock }, { first, last });
  };
  const looked = async (minutes: number): Promise<number> => {
    let looks = 0;
    for (let minute = 0; minute < minutes; minute += 1) {
      await lookForGaps({ store, clock, log: quiet });
      for (const mark of await store.marks.owed(FIRM)) {
        expect([mark.kind, mark.id]).toEqual(['catch-up', 'all']);
        looks += 1;
        await store.marks.finish(mark, 1, new Date(clock.now()).toISOString());
      }
      await clock.advance(MINUTE);
    }
    return looks;
  };
  return { store, clock, heard, looked };
}

test('numbers that follow each other, overtake each other or come twice make nobody look, and are not kept', async () => {
  const { store, heard, looked } = await stage();
  await heard([41, 41], [44, 50], [42, 43], [42, 43], [41, 41]);
  expect(await looked(30)).toBe(0);
  expect((await store.cursors.list('*')).map(({ id, position }) => [id, position])).toEqual([['xero:notices', '50']]);
  await heard([45, 45], [51, 51]);
  expect(await looked(30)).toBe(0);
  expect((await store.cursors.list('*')).map(({ position }) => position)).toEqual(['51']);
});

test('a number missing for twenty minutes has the changes of every connected firm looked for, once an hour at most', async () => {
  const { store, clock, heard, looked } = await stage();
  await heard([1, 5], [8, 8]);
  expect(await looked(20)).toBe(0);
  expect(await looked(2)).toBe(1);
  await heard([12, 12]);
  expect(await looked(30)).toBe(0);
  await clock.advance(60 * MINUTE);
  await heard([20, 20]);
  expect(await looked(30)).toBe(1);
  expect(await store.marks.owed('us:2')).toEqual([]);
});

test('a number that comes late, but comes, is no gap', async () => {
  const { heard, looked } = await stage();
  await heard([1, 1], [3, 3]);
  expect(await looked(16)).toBe(0);
  await heard([2, 2]);
  expect(await looked(60)).toBe(0);
});

test('of whatever ranges, in whatever order: a gap is found exactly where a number is missing', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), (numbers) => {
      const ranges = numbers.map((first) => ({ first, last: first, at: '2026-11-20T09:00:00.000Z' }));
      const { reached, passed, gap } = pass(null, ranges, '2026-11-20T09:20:00.000Z');
      const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
      expect([reached, passed.length]).toEqual([most, numbers.length]);
      const missing = Array.from({ length: most - least + 1 }, (_each, index) => least + index).filter((number) => !numbers.includes(number));
      expect(gap?.first ?? null).toBe(missing[0] ?? null);
    }),
  );
});
