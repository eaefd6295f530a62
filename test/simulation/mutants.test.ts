import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import caughtAt from './caught-at.json';
import { FAULT_TABLE } from './fault-table.js';
import { INVARIANTS } from './invariants.js';
import { MUTANTS } from './mutants.js';
import { runSeed } from './run-seed.js';

/** From the seed that caught the mistake when hunt-mutants.ts last looked; a change of the product can move that a little. */
const FURTHER = 150;

test.each(Object.entries(MUTANTS))('the simulation catches the mistake: %s', async (name, mutant) => {
  const from = new Map(Object.entries(caughtAt)).get(name) ?? 1;
  const caught: string[] = [];
  for (let seed = from; seed < from + FURTHER && caught.length === 0; seed += 1) caught.push(...(await runSeed(seed, mutant)).violations);
  expect(caught.length).toBeGreaterThan(0);
});

test('where each mistake was caught is kept for all of them, and for no other', () => {
  expect(Object.keys(caughtAt).sort()).toEqual(Object.keys(MUTANTS).sort());
  expect(Math.max(...Object.values(caughtAt))).toBeLessThanOrEqual(2_000);
});

test('all 26 invariants have their place, and each test named for one is there', () => {
  expect(INVARIANTS.map(({ number }) => number)).toEqual(Array.from({ length: 26 }, (_each, index) => index + 1));
  for (const { checked } of INVARIANTS) {
    expect(checked.length).toBeGreaterThan(0);
    for (const where of checked) {
      if (typeof where === 'string') continue;
      const path = join(__dirname, '../..', where.file);
      expect(existsSync(path)).toBe(true);
      expect(readFileSync(path, 'utf8')).toContain(where.test);
    }
  }
});

test('all 44 faults of the list are injected, or held by a test that is there', () => {
  expect(FAULT_TABLE.map(({ number }) => number)).toEqual(Array.from({ length: 44 }, (_each, index) => index + 1));
  const files = FAULT_TABLE.flatMap(({ from }) => (typeof from === 'string' ? from.split(', ') : []));
  expect(files.filter((file) => !existsSync(join(__dirname, '../..', file)))).toEqual([]);
});
