import { planBill } from '../../src/core/plan-bill.js';
import { sentence } from '../../src/core/reasons.js';
import { inWords } from './in-words.js';
import { TABLES } from './tables.js';

describe.each(TABLES)('%s', (_, cases) => {
  test.each(cases.map((each) => [each.says, each] as const))('%s', (_says, { truth, plans }) => {
    const before = truth();
    const frozen = JSON.stringify(before);
    const plan = planBill(before);
    expect(inWords(plan)).toEqual(plans);
    expect(JSON.stringify(before)).toBe(frozen);
    for (const { reason, facts } of [...plan.holds, ...(plan.leftOut ? [plan.leftOut] : [])]) expect(sentence(reason, facts)).not.toMatch(/…|[{}]/);
    expect(new Set(plan.holds.map((hold) => hold.about)).size).toBe(plan.holds.length);
  });
});
