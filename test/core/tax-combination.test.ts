import { combinationRate, configuredTaxKey, legacyTaxKey, plainRate, taxCombinationKey } from '../../src/core/tax-combination.js';

const gst = { key: legacyTaxKey('primary', '5.0'), rate: '5.0', compounds: false };
const qst = (rule: 'pre' | 'post') => ({ key: legacyTaxKey('secondary', 9.975, rule), rate: '9.975', compounds: rule === 'post' });

test.each([
  ['none', []], ['primary:5', [gst]], ['secondary:9.975:post', [qst('post')]], ['primary:5+secondary:9.975:pre', [gst, qst('pre')]],
  ['none', [{ key: 'primary:0', rate: '0', compounds: false }]], ['cfg:3101:pre', [{ key: configuredTaxKey('3101', 'pre'), rate: '0', compounds: false }]],
])('%s', (key, taxes) => expect(taxCombinationKey(taxes)).toBe(key));

test('5 % and 9.975 % are 14.975 % side by side and 15.47375 % compounded', () => {
  expect(combinationRate([gst, qst('pre')])).toBe('14.975');
  expect(combinationRate([gst, qst('post')])).toBe('15.47375');
  expect(combinationRate([])).toBe('0');
});

test('one text per rate, however the vendor wrote it', () => {
  expect(['5', '5.0', 5, '05.00', 0.00000001, '100', 0].map(plainRate)).toEqual(['5', '5', '5', '5', '0.00000001', '100', '0']);
});
