import { checkAnswer } from '../../src/core/check-answer.js';

const planned = { subTotal: 7_629, totalTax: 1_144, total: 8_773 };
const rounding = { tolerance: 5, account: '860' };

test.each([
  ['as planned', planned, rounding, { verdict: 'ok' }],
  ['a cent of tax less', { ...planned, totalTax: 1_143, total: 8_772 }, rounding, { verdict: 'needs-rounding-line', amount: 1 }],
  ['a cent of tax more', { ...planned, totalTax: 1_145, total: 8_774 }, rounding, { verdict: 'needs-rounding-line', amount: -1 }],
  ['six cents of tax', { ...planned, totalTax: 1_138, total: 8_767 }, rounding, { verdict: 'TOTAL_MISMATCH', amount: 6 }],
  ['a cent without a rounding account', { ...planned, totalTax: 1_143, total: 8_772 }, { ...rounding, account: null }, { verdict: 'TOTAL_MISMATCH', amount: 1 }],
  ['another net is never rounding', { ...planned, subTotal: 7_628, total: 8_772 }, rounding, { verdict: 'TOTAL_MISMATCH', amount: 1 }],
  ['net and tax shifted within one total', { subTotal: 7_630, totalTax: 1_143, total: 8_773 }, rounding, { verdict: 'TOTAL_MISMATCH', amount: 1 }],
])('Xero answers %s', (_, answered, allowed, expected) => expect(checkAnswer(planned, answered, allowed)).toEqual(expected));
