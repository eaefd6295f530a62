import fc from 'fast-check';
import { generatedBill } from './bill-generator.js';
import { judge } from './judge-bill.js';

/** The same check over far more bills: `npx tsx test/core/run-many-bills.ts --count 100000 --seed 1`. */
test('of 2,000 generated bills each is equal in Xero to the cent or held with a reason, whether Xero keeps our tax or not', () => {
  const outcomes = new Map<string, number>();
  fc.assert(fc.property(generatedBill, (generated) => {
    const { outcome } = judge(generated);
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  }), { numRuns: 2_000, seed: 20_261_123 });
  expect(outcomes.get('equal')).toBeGreaterThan(1_500);
  expect(outcomes.get('held')).toBeGreaterThan(100);
});
