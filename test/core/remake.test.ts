import type { BillTruth } from '../../src/core/plan.js';
import { planBill } from '../../src/core/plan-bill.js';
import type { Settings } from '../../src/core/settings.js';
import { editBill, inStep, mainInvoice } from './cases.js';
import { settle, type World } from './ideal-xero.js';
import { aBill, aLine, anAllocation, settings, untaxed } from './law-firm.js';

const moved: Settings = { ...settings, income: { ...settings.income, feeAccount: '201' } };
const AT = '2099-01-01T00:00:00Z';
/** The settings are `moved` by now, and somebody asks for the invoice to follow. */
const asked = (at: World, earlier: Settings[] = [settings]): World => {
  at.truth = { ...at.truth, settings: moved, books: withAccount(at.truth), remake: { earlier, at: AT } };
  return at;
};
const withAccount = ({ books }: BillTruth): BillTruth['books'] => ({ ...books, accounts: books.accounts.flatMap((account) => (account.code === settings.income.feeAccount ? [account, { ...account, xeroId: 'acc-201', code: '201' }] : [account])) });
const steps = (at: World) => planBill(at.truth).steps.map((step) => step.do);
const accounts = (at: World) => mainInvoice(at).lines.map((line) => line.accountCode);

test('an open invoice that stands as earlier settings made it follows, with its number, and does so once', () => {
  const at = inStep();
  const [number, lines] = [mainInvoice(at).number, mainInvoice(at).lines.map((line) => line.xeroId)];
  expect(steps(asked(at))).toEqual(['update-invoice']);
  settle(at);
  expect([accounts(at), mainInvoice(at).number, mainInvoice(at).lines.map((line) => line.xeroId), mainInvoice(at).total]).toEqual([expect.arrayContaining(['201']), number, lines, at.truth.bill.due]);
  expect(accounts(at)).not.toContain(settings.income.feeAccount);
  expect(steps(at)).toEqual([]);
});

test('also one that was made several versions ago', () => {
  const between: Settings = { ...settings, invoice: { ...settings.invoice, detail: 'activity' } };
  expect(steps(asked(inStep(), [moved, between, settings]))).toEqual(['update-invoice']);
  expect(steps(asked(inStep(), [moved, between]))).toEqual([]);
});

test('nobody asked, or it was agreed on since: it stays', () => {
  const at = asked(inStep());
  expect(steps({ ...at, truth: { ...at.truth, remake: null } })).toEqual([]);
  expect(steps({ ...at, truth: { ...at.truth, remake: { earlier: [settings], at: '2000-01-01T00:00:00Z' } } })).toEqual([]);
});

test.each<[string, (at: World) => unknown]>([
  ['its account', (at) => { const [line] = mainInvoice(at).lines; if (line) line.accountCode = '260'; }],
  ['its words', (at) => { const [line] = mainInvoice(at).lines; if (line) line.text = 'For Clara'; }],
  ['its tracking', (at) => { const [line] = mainInvoice(at).lines; if (line) line.tracking = [{ categoryId: 'cat-1', optionId: 'o-1' }]; }],
])('an invoice whose coding a person changed in Xero stays theirs: %s', (_what, change) => {
  const at = inStep();
  change(at);
  expect(steps(asked(at))).not.toContain('update-invoice');
});

test('what is paid in part, or in a closed period, stays', () => {
  const paid = inStep({ allocations: [anAllocation({ amount: 10_000 })] });
  expect(steps(asked(paid))).toEqual([]);
  const closed = asked(inStep());
  closed.truth.books = { ...closed.truth.books, lockedThrough: '2099-12-31' };
  expect(steps(closed)).toEqual([]);
});

test('a bill that changed in Clio as well is brought over first, with what Xero has', () => {
  const at = asked(inStep());
  editBill(at, aBill({ lines: [aLine({ net: 60_000 }), untaxed()] }));
  const plan = planBill(at.truth);
  expect(plan.holds.length + plan.steps.length).toBeGreaterThan(0);
  expect(plan.steps.flatMap((step) => (step.do === 'update-invoice' ? step.invoice.lines.map((line) => line.accountCode) : []))).not.toContain('201');
});
