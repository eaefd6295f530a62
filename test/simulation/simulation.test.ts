import regressions from './regressions.json';
import { Figures } from './report.js';
import { runSeed } from './run-seed.js';

/** `npm run simulate` goes on from here. */
const FIRST = [1, 11];

test.each(FIRST)('seeds from %i: whatever fails in whatever order, nothing is lost or doubled and both ledgers come to rest', async (from) => {
  const figures = new Figures();
  for (let seed = from; seed < from + 10; seed += 1) figures.add(await runSeed(seed));
  expect(figures.failures.map(({ seed, violations }) => `seed ${seed}: ${violations.join('; ')}`)).toEqual([]);
  expect(figures.runs).toBe(10);
});

test.each([...regressions.asTheyWereThen.map((seed) => ({ seed, plain: true })), ...regressions.asTheyAre.map((seed) => ({ seed, plain: false }))])('seed $seed, which failed once, stays mended', async ({ seed, plain }) => {
  expect((await runSeed(seed, {}, plain)).violations).toEqual([]);
});

test('the same seed tells the same story', async () => {
  const first = await runSeed(17);
  const second = await runSeed(17);
  expect(second.history()).toEqual(first.history());
  expect(second.hash()).toBe(first.hash());
  expect((await runSeed(18)).hash()).not.toBe(first.hash());
});
