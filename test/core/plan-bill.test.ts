import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { planBill } from '../../src/core/plan-bill.js';
import { isReason, sentence, type Reason } from '../../src/core/reasons.js';
import { BILL_CASES } from './bill-cases.js';
import { CODING_CASES } from './coding-cases.js';
import { CENT_CASES } from './cent-cases.js';
import { CREDIT_CASES } from './credit-cases.js';
import { inWords } from './in-words.js';
import { LIFE_CASES } from './life-cases.js';
import { PAYMENT_CASES } from './payment-cases.js';
import { REFUND_CASES } from './refund-cases.js';

const seen = new Set<Reason>();

describe.each([
  ['a bill without an invoice', BILL_CASES],
  ['payments', PAYMENT_CASES],
  ['the life of an invoice', LIFE_CASES],
  ['credits', CREDIT_CASES],
  ['refunds', REFUND_CASES],
  ['cents', CENT_CASES],
  ['coding', CODING_CASES],
])('%s', (_, cases) => {
  test.each(cases.map((each) => [each.says, each] as const))('%s', (_says, { truth, plans }) => {
    const before = truth();
    const frozen = JSON.stringify(before);
    const plan = planBill(before);
    for (const { reason } of [...plan.holds, ...(plan.leftOut ? [plan.leftOut] : [])]) seen.add(reason);
    expect(inWords(plan)).toEqual(plans);
    expect(JSON.stringify(before)).toBe(frozen);
    for (const { reason, facts } of [...plan.holds, ...(plan.leftOut ? [plan.leftOut] : [])]) expect(sentence(reason, facts)).not.toMatch(/…|[{}]/);
    expect(new Set(plan.holds.map((hold) => hold.about)).size).toBe(plan.holds.length);
  });
});

/** Planners of costs have tables of their own. */
const COST_PLANNERS: readonly string[] = ['plan-expense.ts', 'expense-to-document.ts', 'plan-import.ts', 'cost-sides.ts'];

/** Given by planners that are no part of `planBill`, or by a refusal of Xero that a person answered; with their own tests. */
const ELSEWHERE: readonly Reason[] = ['NUMBER_TAKEN', 'ROUTE_UNCLEAR', 'CONTACT_PARTIAL', 'TRUST_ACCOUNT_UNFIT'];

test('every reason a plan can give is given by a case above', () => {
  const folder = join(__dirname, '../../src/core');
  const sources = readdirSync(folder).filter((name) => name !== 'reasons.ts' && !COST_PLANNERS.includes(name)).map((name) => readFileSync(join(folder, name), 'utf8'));
  const named = sources.flatMap((source) => [...source.matchAll(/'([A-Z]+(?:_[A-Z]+)+)'/g)].map((match) => match[1] ?? '')).filter(isReason);
  expect([...new Set(named)].filter((reason) => !seen.has(reason) && !ELSEWHERE.includes(reason))).toEqual([]);
});
