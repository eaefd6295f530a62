import type { Settings } from '../../src/core/settings.js';
import type { Case } from './cases.js';
import { aBill, aLine, aTruth, books, settings, taxRate, untaxed, vat } from './law-firm.js';

const created = ['create main 1043 of 2026-10-12: 1,050.00 + 200.00 = 1,250.00'];
const tagged = (categories: Settings['costTax']['categories'], untagged: 'ask' | 'as-clio' = 'ask') => ({ settings: { ...settings, costTax: { categories, untagged } } });
const tracked = (tracking: typeof books.tracking) => ({ settings: { ...settings, tracking: [{ categoryId: 'cat-1', from: 'office' as const }] }, books: { ...books, tracking } });
const office = { xeroId: 'cat-1', name: 'Office', active: true, options: [{ xeroId: 'o-1', name: 'Leeds', active: true }] };

/** Disbursement or recharge, and coding that stopped working in Xero: a question, never a refused request. */
export const CODING_CASES: Case[] = [
  { says: 'a cost nobody tagged is asked about once', truth: () => aTruth({ ...tagged({}), bill: aBill({ lines: [aLine(), untaxed(), untaxed({ clioId: '503' })] }) }), plans: ['hold TAX_TAG_NEEDED (tax-tag:62)'] },
  { says: 'so is a cost without a category', truth: () => aTruth({ ...tagged({ 62: 'disbursement' }), bill: aBill({ lines: [untaxed({ category: null })] }) }), plans: ['hold TAX_TAG_NEEDED (tax-tag:none)'] },
  { says: 'a firm that leaves tax to Clio is not asked', truth: () => aTruth(tagged({}, 'as-clio')), plans: created },
  { says: 'a disbursement goes without tax', truth: () => aTruth(tagged({ 62: 'disbursement' })), plans: created },
  { says: 'a disbursement that Clio taxes is held', truth: () => aTruth({ ...tagged({ 62: 'disbursement' }), bill: aBill({ lines: [untaxed({ taxes: [{ ...vat, amount: 1_000 }] })] }) }), plans: ['hold TAX_TAG_DIFFERS (tax-tag:62)'] },
  { says: 'what the firm charges for its own costs is never asked about', truth: () => aTruth({ ...tagged({}), bill: aBill({ lines: [aLine(), untaxed({ kind: 'soft-cost' })] }) }), plans: created },
  { says: 'a code of its own for disbursements must have the same rate', truth: () => aTruth({ settings: { ...tagged({ 62: 'disbursement' }).settings, taxMap: { ...settings.taxMap, 'disbursement/none': 'OUTPUT2' } } }), plans: ['hold TAX_RATE_DIFFERS (tax:none)'] },
  { says: 'and must be there', truth: () => aTruth({ settings: { ...tagged({ 62: 'disbursement' }).settings, taxMap: { ...settings.taxMap, 'disbursement/none': 'OUTSIDE' } }, books: { ...books, taxRates: [...books.taxRates, taxRate('OUTSIDE', '0', { active: false })] } }), plans: ['hold TAX_GONE (tax:none)'] },
  { says: 'the account of a rule that was archived is named', truth: () => aTruth({ settings: { ...settings, income: { ...settings.income, rules: [{ when: 'category', value: '61', accountCode: '299' }] } } }), plans: ['hold ACCOUNT_GONE (account:299)'] },
  { says: 'a tracking option archived in Xero is named', truth: () => aTruth(tracked([{ ...office, options: [{ xeroId: 'o-1', name: 'Leeds', active: false }] }])), plans: ['hold TRACKING_OPTION (tracking:cat-1:Leeds)'] },
  { says: 'so is one of an archived category', truth: () => aTruth(tracked([{ ...office, active: false }])), plans: ['hold TRACKING_OPTION (tracking:cat-1:Leeds)'] },
  { says: 'or of a category that is gone', truth: () => aTruth(tracked([])), plans: ['hold TRACKING_OPTION (tracking:cat-1:Leeds)'] },
  { says: 'a branding theme that is gone gives way to the default', truth: () => aTruth({ settings: { ...settings, invoice: { ...settings.invoice, brandingThemeId: 'theme-gone' } } }), plans: created },
];
