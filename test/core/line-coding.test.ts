import type { BillTruth } from '../../src/core/plan.js';
import { linesOf } from '../../src/core/bill-to-invoice.js';
import { placeRule } from '../../src/core/place-rule.js';
import type { AccountRule } from '../../src/core/settings.js';
import { account, aBill, aLine, aTruth, books, settings, taxRate, untaxed } from './law-firm.js';

const withRules = (...rules: [AccountRule['when'], string, string][]): Partial<BillTruth> => ({
  settings: { ...settings, income: { ...settings.income, rules: rules.map(([when, value, accountCode]) => ({ when, value, accountCode })) } },
  books: { ...books, accounts: [...books.accounts, ...['201', '202', '203'].map((code) => account(code, `Fees ${code}`))] },
});

const bill = aBill({ lines: [aLine({ utbms: ['511', '512'] })] });

const accountsOf = (change: Partial<BillTruth>): string[] => {
  const lines = linesOf(aTruth({ bill, ...change }));
  if (!lines.ok) throw new Error(lines.holds.map((hold) => hold.reason).join());
  return lines.lines.map((line) => line.accountCode);
};

test.each<[string, [AccountRule['when'], string, string][], string]>([
  ['no rule: the default of its kind', [], '200'],
  ['what was done', [['category', '61', '201']], '201'],
  ['any of its UTBMS codes', [['utbms', '512', '201']], '201'],
  ['who did it', [['timekeeper', '7', '201']], '201'],
  ['the practice area of its matter', [['practice-area', 'Litigation', '201']], '201'],
  ['the office of its matter', [['office', 'Leeds', '201']], '201'],
  ['its matter', [['matter', '31', '201']], '201'],
  ['another matter does not count', [['matter', '32', '201']], '200'],
  ['the first that fits, in the order the firm gave them', [['office', 'York', '201'], ['matter', '31', '202'], ['category', '61', '203']], '202'],
])('the account of a line comes from %s', (_says, rules, code) => {
  expect(accountsOf(withRules(...rules))).toEqual([code]);
});

test('a new rule goes before those that say less', () => {
  const whenOf = (each: string): AccountRule['when'] => (each.startsWith('c') ? 'category' : each.startsWith('t') ? 'timekeeper' : 'office');
  expect(['office-1', 'c-1', 't-1', 'c-2'].reduce<string[]>((rules, rule) => placeRule(rules, rule, whenOf), [])).toEqual(['c-1', 'c-2', 't-1', 'office-1']);
});

test('disbursements take their own code without tax, other lines theirs', () => {
  const coded = linesOf(aTruth({
    bill: aBill({ lines: [aLine({ taxes: [] }), untaxed()] }),
    settings: { ...settings, taxMap: { none: 'ZERO', 'disbursement/none': 'NONE' }, costTax: { categories: { 62: 'disbursement' }, untagged: 'ask' } },
    books: { ...books, taxRates: [...books.taxRates, taxRate('ZERO', '0')] },
  }));
  expect(coded.ok && coded.lines.map((line) => [line.accountCode, line.taxType])).toEqual([['200', 'ZERO'], ['265', 'NONE']]);
});

test.each([
  [true, ['Professional fees, R. Ortiz 1500', 'Professional fees, D. Whitlock 300', 'Court fees 50']],
  [false, ['Professional fees 1500', 'Professional fees 300', 'Court fees 50']],
])('one line per person who did the work, whatever the work was; named only where the firm says so (%s)', (timekeepers, lines) => {
  const fee = (clioId: string, net: number, who: { clioId: string; name: string }, category = '61') => aLine({ clioId, net, taxes: [], timekeeper: who, category: { clioId: category, name: `Work ${category}`, xeroCode: null } });
  const [ortiz, whitlock] = [{ clioId: '7', name: 'R. Ortiz' }, { clioId: '8', name: 'D. Whitlock' }];
  const charged = aBill({ lines: [fee('1', 100_000, ortiz), fee('2', 30_000, whitlock), fee('3', 50_000, ortiz, '63'), untaxed()] });
  const found = linesOf(aTruth({ bill: charged, settings: { ...settings, invoice: { ...settings.invoice, detail: 'timekeeper', timekeepers } } }));
  expect(found.ok && found.lines.map((line) => `${line.text} ${line.net / 100}`)).toEqual(lines);
});
