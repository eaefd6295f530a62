import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { INVARIANTS } from './invariants.js';
import { MUTANTS } from './mutants.js';
import { runSeed } from './run-seed.js';

/** Seeds within which each mistake is found; hunt-mutants.ts looks further. */
const WITHIN = 120;

test.each(Object.entries(MUTANTS))('the simulation catches the mistake: %s', async (_name, mutant) => {
  const caught: string[] = [];
  for (let seed = 1; seed <= WITHIN && caught.length === 0; seed += 1) caught.push(...(await runSeed(seed, mutant)).violations);
  expect(caught.length).toBeGreaterThan(0);
});

test('all 26 invariants have their place, and each test named for one is there', () => {
  expect(INVARIANTS.map(({ number }) => number)).toEqual(Array.from({ length: 26 }, (_each, index) => index + 1));
  for (const { checked } of INVARIANTS) {
    expect(checked.length).toBeGreaterThan(0);
    for (const where of checked) {
      if (typeof where === 'string' || 'unchecked' in where) continue;
      const path = join(__dirname, '../..', where.file);
      expect(existsSync(path)).toBe(true);
      expect(readFileSync(path, 'utf8')).toContain(where.test);
    }
  }
});
