import type { Settings } from '../../src/core/settings.js';
import { maySecond, type TrustRequest } from '../../src/core/trust-consent.js';
import { trustGuardrails } from '../../src/core/trust-guardrails.js';
import { validateSettings } from '../../src/core/validate-settings.js';
import { account, books, settings } from './law-firm.js';

const lists = { bankAccounts: [{ clioId: '44', name: 'Office', type: 'operating' as const, currency: 'GBP' }, { clioId: '90', name: 'Client account', type: 'trust' as const, currency: 'GBP' }, { clioId: '91', name: 'Second client account', type: 'trust' as const, currency: null }], taxCombinations: [] };
const withTrust = {
  ...books,
  accounts: [
    ...books.accounts, account('093', 'Client account', { xeroId: 'bank-client', class: 'asset', isBank: true, currency: 'GBP' }), account('094', 'Second client account', { xeroId: 'bank-second', class: 'asset', isBank: true }),
    account('820', 'Money held for clients', { class: 'liability' }), account('821', 'More held for clients', { class: 'liability' }), account('829', 'VAT control', { class: 'liability', system: 'GST' }), account('828', 'Old liability', { class: 'liability', active: false }),
    account('495', 'Clearing', { xeroId: 'clearing', class: 'asset', takesPayments: true }),
  ],
};
const fit = { name: 'Client account', bankAccount: 'bank-client', liabilityAccount: '820' };
const second = { name: 'Second client account', bankAccount: 'bank-second', liabilityAccount: '821' };
const said = (change: Partial<Settings>, at = withTrust) => trustGuardrails({ ...settings, ...change }, at, lists).map((each) => `${each.field} ${each.facts['why'] ?? each.reason}`);

test.each<[string, Partial<Settings>, string[]]>([
  ['none is set up', { trust: {} }, []],
  ['one that stands apart', { trust: { 90: fit } }, []],
  ['two that stand apart from each other', { trust: { 90: fit, 91: second } }, []],
  ['an operating account', { trust: { 44: fit } }, ['trust.44 it is no trust account in Clio any more']],
  ['one that is gone in Clio', { trust: { 99: fit } }, ['trust.99 it is no trust account in Clio any more']],
  ['a bank that is gone', { trust: { 90: { ...fit, bankAccount: 'gone' } } }, ['trust.90 its bank is no active bank account in Xero']],
  ['a clearing account for a bank', { trust: { 90: { ...fit, bankAccount: 'clearing' } } }, ['trust.90 its bank is no active bank account in Xero']],
  ['a bank of another currency', { trust: { 90: { ...fit, bankAccount: 'bank-dollar' } } }, ['trust.90 its bank is held in USD']],
  ['the office account', { trust: { 90: { ...fit, bankAccount: 'bank-office' } } }, ['trust.90 its bank Office account is used for other money', 'bankMap.44 TRUST_NOT_OPERATING', 'bankMap.default TRUST_NOT_OPERATING']],
  ['income for a liability', { trust: { 90: { ...fit, liabilityAccount: '200' } } }, ['trust.90 its liability account is no active liability account in Xero', 'trust.90 its liability account 200 is used for other money', 'income.feeAccount TRUST_NOT_OPERATING']],
  ['a tax account for a liability', { trust: { 90: { ...fit, liabilityAccount: '829' } } }, ['trust.90 its liability account is no active liability account in Xero']],
  ['an archived liability', { trust: { 90: { ...fit, liabilityAccount: '828' } } }, ['trust.90 its liability account is no active liability account in Xero']],
  ['one bank for two', { trust: { 90: fit, 91: { ...second, bankAccount: 'bank-client' } } }, ['trust.90 another trust account has the same bank', 'trust.91 another trust account has the same bank']],
  ['one liability for two', { trust: { 90: fit, 91: { ...second, liabilityAccount: '820' } } }, ['trust.90 another trust account has the same liability account', 'trust.91 another trust account has the same liability account']],
  ['payments mapped into it afterwards', { trust: { 90: fit }, bankMap: { ...settings.bankMap, 'online:card': 'bank-client' } }, ['trust.90 its bank Client account is used for other money', 'bankMap.online:card TRUST_NOT_OPERATING']],
  ['costs paid from it', { trust: { 90: fit }, costs: { ...settings.costs, bankAccount: 'bank-client' } }, ['trust.90 its bank Client account is used for other money', 'costs.bankAccount TRUST_NOT_OPERATING']],
  ['costs recovered into it', { trust: { 90: fit }, income: { ...settings.income, hardCostAccount: '820' } }, ['trust.90 its liability account 820 is used for other money', 'income.hardCostAccount TRUST_NOT_OPERATING']],
])('trust: %s', (_, change, expected) => expect(said(change)).toEqual(expected));

test('no settings are called good that break one of these rules', () => {
  const broken = { ...settings, trust: { 90: { ...fit, bankAccount: 'bank-office' } } };
  expect(validateSettings(broken, withTrust, lists).map((each) => each.reason)).toEqual(expect.arrayContaining(['TRUST_ACCOUNT_UNFIT', 'TRUST_NOT_OPERATING']));
});

const at = Date.parse('2026-11-20T09:00:00Z');
const request: TrustRequest = { ...fit, first: { userId: '1', name: 'Dana', at: '2026-11-20T09:00:00Z' }, second: null };

test.each([
  ['another person, at once', { userId: '2', now: at, typed: '', onePersonFirm: false }, 'yes'],
  ['the same person of a firm of several', { userId: '1', now: at + 7_200_000, typed: 'Client account', onePersonFirm: false }, 'same-person'],
  ['the only person, too soon', { userId: '1', now: at + 3_599_999, typed: 'Client account', onePersonFirm: true }, 'too-early'],
  ['the only person, an hour later, without the name', { userId: '1', now: at + 3_600_000, typed: 'Client', onePersonFirm: true }, 'name-differs'],
  ['the only person, an hour later, by name', { userId: '1', now: at + 3_600_000, typed: ' client ACCOUNT ', onePersonFirm: true }, 'yes'],
])('second consent: %s', (_, by, answer) => expect(maySecond(request, by)).toBe(answer));
