import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { planBill } from '../../src/core/plan-bill.js';
import { isReason, REASONS, sentence, type Reason } from '../../src/core/reasons.js';
import { TABLES } from './tables.js';

const all = Object.keys(REASONS).filter(isReason);
const root = join(__dirname, '../..');

test.each(all)('%s says what happened and what to do in three sentences at most', (reason: Reason) => {
  const { title, whatToDo, who, retry } = REASONS[reason];
  expect(['bookkeeper', 'administrator', 'accountant', 'trust', 'support', 'nobody']).toContain(who);
  expect(['auto', 'heal', 'no']).toContain(retry);
  expect(title.length).toBeGreaterThan(5);
  expect(title).not.toMatch(/[.!]$|[A-Z]{3,}_/);
  expect(whatToDo).toMatch(/[.]$/);
  const filled = whatToDo.replace(/\{\w+\}/g, 'x');
  expect(filled.split(/(?<=[.?!])\s/).length).toBeLessThanOrEqual(title.endsWith('?') ? 2 : 3);
  expect(sentence(reason, {})).not.toMatch(/[{}]|undefined/);
});

test('facts stand where the sentence wants them', () => {
  expect(sentence('CURRENCY_NOT_ENABLED', { currency: 'USD' })).toBe('USD is not set up in Xero. The organisation does not hold this currency. Add it in Xero; the bill then goes by itself.');
});

test('a stored text that is no reason is recognised', () => {
  expect([isReason('toString'), isReason('NUMBER_TAKEN')]).toEqual([false, true]);
});

/** Reasons that plans of the tables give when they are run: as a hold, or for leaving a bill out. */
function givenByPlans(): Set<Reason> {
  const plans = TABLES.flatMap(([, cases]) => cases.map(({ truth }) => planBill(truth())));
  return new Set(plans.flatMap(({ holds, leftOut }) => [...holds, ...(leftOut ? [leftOut] : [])]).map(({ reason }) => reason));
}

/** Planners that are no part of `planBill`, or need a refusal of Xero first, each with the test that has to show every reason of theirs. */
const OWN_TESTS: Record<string, string> = {
  'plan-expense.ts': 'plan-expense.test.ts',
  'expense-to-document.ts': 'plan-expense.test.ts',
  'cost-sides.ts': 'plan-expense.test.ts',
  'free-number.ts': 'bill-cases.ts',
  'plan-import.ts': 'plan-import.test.ts',
  'match-contact.ts': 'match-contact.test.ts',
  'route-bill.ts': 'route-bill.test.ts',
  'validate-settings.ts': 'propose-settings.test.ts',
  'trust-guardrails.ts': 'trust-guardrails.test.ts',
};

const reasonsIn = (source: string): Reason[] => [...new Set([...source.matchAll(/\b[A-Z]+(?:_[A-Z]+)*\b/g)].map((match) => match[0]).filter(isReason))];
const quotedIn = (source: string): Reason[] => [...new Set([...source.matchAll(/['"]([A-Z]+(?:_[A-Z]+)*)['"]/g)].map((match) => match[1] ?? '').filter(isReason))];
const sourcesUnder = (folder: string): { path: string; source: string }[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((path) => /\.(ts|ejs)$/.test(path)).map((path) => ({ path: join(folder, path), source: readFileSync(join(root, folder, path), 'utf8') }));
const core = sourcesUnder('src/core').filter(({ path }) => basename(path) !== 'reasons.ts');

test('every reason that a planner names is given by a plan in a table of cases', () => {
  const given = givenByPlans();
  const missing = core.flatMap(({ path, source }) => {
    const own = OWN_TESTS[basename(path)];
    const shown = own === undefined ? [] : reasonsIn(readFileSync(join(__dirname, own), 'utf8'));
    return quotedIn(source).filter((reason) => !given.has(reason) && !shown.includes(reason)).map((reason) => `${basename(path)}: ${reason}`);
  });
  expect(missing).toEqual([]);
});

test('no reason is without a place that gives it, nor without a test that sees it', () => {
  const named = new Set([...core, ...sourcesUnder('src').filter(({ path }) => !path.startsWith('src/core') && !path.startsWith('src/sandbox'))].flatMap(({ source }) => quotedIn(source)));
  const tests = sourcesUnder('test').filter(({ path }) => basename(path) !== 'reasons.test.ts');
  const told = all.filter((reason) => tests.some(({ source }) => source.includes(REASONS[reason].title)));
  const seen = new Set([...givenByPlans(), ...told, ...tests.flatMap(({ source }) => reasonsIn(source))]);
  expect(all.filter((reason) => !named.has(reason))).toEqual([]);
  expect(all.filter((reason) => !seen.has(reason))).toEqual([]);
});
