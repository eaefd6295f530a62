import fc from 'fast-check';
import { distribute, nearest } from '../../src/core/distribute.js';
import { percent, plus, roundHalfUp, times, whole } from '../../src/core/fraction.js';
import { formatAmount, minorUnits, parseAmount, sum, toDecimal, toDecimalNumber } from '../../src/core/money.js';

const currency = fc.constantFrom('USD', 'JPY', 'KWD', 'GBP');
const minor = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 });

test.each([
  ['12.34', 'USD', 1234], [12.34, 'USD', 1234], ['-0.05', 'USD', -5], [1739, 'CAD', 173_900], ['1.500', 'EUR', 150], ['1234', 'JPY', 1234], ['1.234', 'KWD', 1234], [0.1 * 0, 'USD', 0], [1e21, 'JPY', null],
  ['0.005', 'USD', null], ['1.5', 'JPY', null], ['1,000.00', 'USD', null], ['', 'USD', null], ['NaN', 'USD', null], [Number.NaN, 'USD', null], [5e-7, 'USD', null], [0.1 + 0.2, 'USD', null],
])('%p in %s is read as %p', (text, code, expected) => {
  if (expected === null) expect(() => parseAmount(text, code)).toThrow(RangeError);
  else expect(parseAmount(text, code)).toBe(expected);
});

test('amounts survive being written for a vendor and read back, as text and as number', () => {
  fc.assert(fc.property(minor, currency, (amount, code) => {
    expect(parseAmount(toDecimal(amount, code), code)).toBe(amount);
    expect(parseAmount(toDecimalNumber(amount, code), code)).toBe(amount);
  }));
});

test.each([[125_000, 'USD', '1,250.00 USD'], [-5, 'GBP', '-0.05 GBP'], [1_234_567, 'JPY', '1,234,567 JPY'], [1_234, 'KWD', '1.234 KWD'], [-123_456_789, 'EUR', '-1,234,567.89 EUR']])('%i minor units of %s are shown as %s', (amount, code, shown) => {
  expect(formatAmount(amount, code)).toBe(shown);
});

test('currencies have the minor units of ISO 4217', () => {
  expect(['USD', 'JPY', 'KWD', 'XOF', 'TND'].map(minorUnits)).toEqual([2, 0, 3, 0, 3]);
});

test('sums that cannot be counted exactly are refused', () => {
  expect(() => sum([Number.MAX_SAFE_INTEGER, 1])).toThrow(RangeError);
});

test.each([[25_000, '8.25', 2_063], [52_500, '8.25', 4_331], [10_000, '8.25', 825], [-25_000, '8.25', -2_063], [2_543, '15', 381], [1, '0.00000001', 0]])('%i at %s %% is %i, half up as Xero was measured to round', (net, rate, tax) => {
  expect(roundHalfUp(times(whole(net), percent(rate)))).toBe(tax);
});

test('parts add up to the total, are near their share, and keep the order of equal weights', () => {
  fc.assert(fc.property(minor, fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 60 }), (total, weights) => {
    const parts = distribute(total, weights);
    expect(sum(parts)).toBe(total);
    const all = sum(weights);
    if (all > 0) parts.forEach((part, index) => expect(Math.abs(part - (total * (weights[index] ?? 0)) / all)).toBeLessThanOrEqual(1.001));
    weights.forEach((weight, index) => { if (index > 0 && weight === weights[index - 1] && total > 0) expect(parts[index]).toBeLessThanOrEqual(parts[index - 1] ?? 0); });
    expect(distribute(total, weights)).toEqual(parts);
  }));
});

test('ten over a hundred and fifty is 6.67 and 3.33', () => {
  expect(distribute(1_000, [10_000, 5_000])).toEqual([667, 333]);
});

test('where rounding each share half up gives the total, that is the split', () => {
  fc.assert(fc.property(fc.array(fc.record({ net: fc.integer({ min: -100_000, max: 1_000_000 }), rate: fc.integer({ min: 0, max: 2_500 }) }), { minLength: 1, maxLength: 30 }), (lines) => {
    const shares = lines.map((line) => times(whole(line.net), { top: BigInt(line.rate), bottom: 10_000n }));
    const rounded = shares.map(roundHalfUp);
    expect(nearest(sum(rounded), shares)).toEqual(rounded);
  }));
});

test('a total far from the shares is still split to the last unit', () => {
  fc.assert(fc.property(fc.integer({ min: -1_000, max: 1_000 }), fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 7 }), (total, shares) => {
    expect(sum(nearest(total, shares.map(whole)))).toBe(total);
  }));
  expect(() => nearest(1, [])).toThrow(RangeError);
});

test('fractions are exact', () => {
  const third = { top: 1n, bottom: 3n };
  expect(roundHalfUp(times(whole(3), plus(plus(third, third), third)))).toBe(3);
});
