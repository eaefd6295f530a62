import { costsByMatter, isForJournal, isLongUnbilled, type AdvancedCost } from '../../src/core/advanced-cost.js';

const cost = (change: Partial<AdvancedCost> = {}): AdvancedCost => ({ costId: '1', date: '2026-11-01', amount: 10_000, currency: 'USD', matterId: '31', matter: '00031', category: 'Court fees', vendor: 'County Court', bill: null, recovered: false, notCharged: false, ...change });
const bill = { clioId: '9', number: '1043', seenAt: '2026-11-10T09:00:00Z' };

test('paid less billed stands on the account, by matter and currency, whatever was recovered', () => {
  const sums = costsByMatter([
    cost(), cost({ costId: '2', amount: 2_500, bill }), cost({ costId: '3', amount: 500, bill, recovered: true }), cost({ costId: '4', amount: 700, notCharged: true }),
    cost({ costId: '5', matterId: '32', matter: '00032', amount: 90_000 }), cost({ costId: '6', currency: 'EUR', amount: 100 }), cost({ costId: '7', matterId: null, matter: '', amount: 1 }),
  ]);
  expect(sums.map(({ matter, currency, paid, billed, recovered, notCharged, onAccount, costs }) => [matter, currency, paid, billed, recovered, notCharged, onAccount, costs.length])).toEqual([
    ['00032', 'USD', 90_000, 0, 0, 0, 90_000, 1], ['00031', 'USD', 13_700, 3_000, 500, 700, 10_700, 4], ['00031', 'EUR', 100, 0, 0, 0, 100, 1], ['', 'USD', 1, 0, 0, 0, 1, 1],
  ]);
});

test('what will never be charged needs a journal, unless it was billed before', () => {
  expect([cost(), cost({ notCharged: true }), cost({ notCharged: true, bill })].map(isForJournal)).toEqual([false, true, false]);
});

test('unbilled for more than ninety days is told, to the day', () => {
  const today = '2026-11-20';
  expect([cost({ date: '2026-08-22' }), cost({ date: '2026-08-21' }), cost({ date: '2026-08-21', bill }), cost({ date: '2026-08-21', notCharged: true }), cost({ date: '2027-03-01' })].map((each) => isLongUnbilled(each, today))).toEqual([false, true, false, false, false]);
});
