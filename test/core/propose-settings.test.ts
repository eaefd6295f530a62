import { proposeSettings } from '../../src/core/propose-settings.js';
import { validateSettings } from '../../src/core/validate-settings.js';
import { account, books, settings, taxRate } from './law-firm.js';

const operating = { clioId: '44', name: 'Operating – Coast Bank', type: 'operating' as const, currency: 'GBP' };
const trust = { clioId: '45', name: 'Client account', type: 'trust' as const, currency: 'GBP' };
const vat = { key: 'primary:20', label: 'VAT 20%', rate: '20' };
const known = { books, lists: { taxCombinations: [vat], bankAccounts: [operating, trust], costCategories: [], workCategories: [] }, today: '2026-11-23' };

test('a usual chart of accounts needs no question but the ones nobody can guess', () => {
  const { settings: proposed, missing, why } = proposeSettings(known);
  expect(proposed.income).toEqual({ feeAccount: '200', softCostAccount: '260', hardCostAccount: '265', interestAccount: '270', discountAccount: '275', rules: [] });
  expect(proposed.taxMap).toEqual({ none: 'NONE', 'primary:20': 'OUTPUT2' });
  expect(proposed.bankMap).toEqual({ 44: 'bank-office', default: 'bank-office' });
  expect(proposed.rounding.account).toBe('860');
  expect(missing).toEqual(['credits.badDebtAccount']);
  expect(why.map((each) => each.field)).toContain('income.feeAccount');
  expect(proposed).toMatchObject({ mode: 'review', startOn: '2026-11-01' });
});

test('the start is never in a closed period', () => {
  expect(proposeSettings({ ...known, books: { ...books, lockedThrough: '2026-11-15' } }).settings.startOn).toBe('2026-11-16');
});

test('money held for clients is never mapped, whichever side names it', () => {
  const accounts = [account('091', 'Client account', { xeroId: 'bank-client', class: 'asset', isBank: true, currency: 'GBP' }), account('092', 'IOLTA', { xeroId: 'bank-iolta', class: 'asset', isBank: true, currency: 'GBP' })];
  const { settings: proposed, missing } = proposeSettings({ ...known, books: { ...books, accounts } });
  expect(proposed.bankMap).toEqual({});
  expect(missing).toContain('bankMap.44');
});

test('two accounts that could be meant are left for a person', () => {
  const accounts = [...books.accounts, account('201', 'Legal fees overseas'), account('093', 'Second office account', { xeroId: 'bank-2', class: 'asset', isBank: true, currency: 'GBP' })];
  const { missing } = proposeSettings({ ...known, books: { ...books, accounts } });
  expect(missing).toEqual(expect.arrayContaining(['income.feeAccount', 'bankMap.44']));
});

test('two tax codes of one rate are left for a person, unless the fee account uses one', () => {
  const taxRates = [...books.taxRates, taxRate('OUT20B', '20', { name: '20% (Other income)' })];
  expect(proposeSettings({ ...known, books: { ...books, taxRates } }).missing).toContain('taxMap.primary:20');
  const accounts = books.accounts.map((each) => (each.code === '200' ? { ...each, taxType: 'OUTPUT2' } : each));
  expect(proposeSettings({ ...known, books: { ...books, accounts, taxRates } }).settings.taxMap['primary:20']).toBe('OUTPUT2');
});

const lists = { bankAccounts: [operating, trust], taxCombinations: [vat] };
const problems = (change: object, at = books) => validateSettings({ ...settings, ...change }, at, lists).map((each) => `${each.field} ${each.reason}`);

test('account codes that Clio keeps on its categories become rules, where taxed lines may go there', () => {
  const costCategories = [{ clioId: '62', name: 'Court fees', xeroCode: '275', kind: 'hard' as const }, { clioId: '63', name: 'Copies', xeroCode: '998', kind: 'soft' as const }, { clioId: '64', name: 'Experts', xeroCode: '265', kind: 'hard' as const }];
  const workCategories = [{ clioId: '61', name: 'Drafting', xeroCode: '200' }, { clioId: '65', name: 'Hearings', xeroCode: '260' }];
  const { settings: proposed, why } = proposeSettings({ ...known, lists: { ...known.lists, costCategories, workCategories } });
  expect(proposed.income.rules.map((rule) => [rule.value, rule.accountCode])).toEqual([['65', '260'], ['62', '275']]);
  expect(why.filter((each) => each.field === 'income.rules').map((each) => each.reason)).toEqual(['Clio keeps account codes on its categories, as 260 on Hearings', 'Clio keeps account codes on its categories, as 275 on Court fees']);
});

test('where the law tells disbursements from recharges, the first cost is asked about', () => {
  expect(proposeSettings(known).settings.costTax.untagged).toBe('ask');
  expect(proposeSettings({ ...known, books: { ...books, organisation: { ...books.organisation, country: 'US' } } }).settings.costTax.untagged).toBe('as-clio');
});

test.each([
  ['all is well', {}, []],
  ['no account for fees', { income: { ...settings.income, feeAccount: null } }, ['income.feeAccount ACCOUNT_UNMAPPED']],
  ['an account that is gone', { income: { ...settings.income, feeAccount: '999' } }, ['income.feeAccount ACCOUNT_GONE']],
  ['a bank as income', { income: { ...settings.income, interestAccount: '090' } }, ['income.interestAccount ACCOUNT_WRONG_KIND']],
  ['a rule to nowhere', { income: { ...settings.income, rules: [{ when: 'office', value: 'Leeds', accountCode: '998' }] } }, ['income.rules ACCOUNT_GONE']],
  ['a tax without code', { taxMap: { none: 'NONE' } }, ['taxMap.primary:20 TAX_UNMAPPED']],
  ['a tax of another rate', { taxMap: { none: 'NONE', 'primary:20': 'NONE' } }, ['taxMap.primary:20 TAX_RATE_DIFFERS']],
  ['a tax code that is gone', { taxMap: { ...settings.taxMap, old: 'GONE' } }, ['taxMap.old TAX_GONE']],
  ['an operating account without place', { bankMap: {} }, ['bankMap.44 BANK_UNMAPPED']],
  ['an account that takes no payments', { bankMap: { 44: 'account-200' } }, ['bankMap.44 BANK_NOT_PAYABLE']],
  ['trust as operating', { bankMap: { 44: 'bank-office', 45: 'bank-office' } }, ['bankMap.45 TRUST_NOT_OPERATING']],
  ['tracking that is gone', { tracking: [{ categoryId: 'x', from: 'office' }] }, ['tracking.x TRACKING_OPTION']],
  ['a start in a closed period', { startOn: '2026-09-30' }, ['startOn PERIOD_CLOSED']],
])('settings: %s', (_, change, expected) => expect(problems(change)).toEqual(expected));
