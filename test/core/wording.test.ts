import { planBill } from '../../src/core/plan-bill.js';
import { editBill, inStep, mainInvoice } from './cases.js';
import { inWords } from './in-words.js';
import { settle, type World } from './ideal-xero.js';
import { aBill, aLine, anAllocation, untaxed } from './law-firm.js';

const renamed = { clioId: '61', name: 'Advocacy', xeroCode: null };
const more = untaxed({ net: 8_000 });
const still = untaxed();

const texts = (at: World) => mainInvoice(at).lines.map((line) => line.text);
const then = (at: World, change: Parameters<typeof aBill>[0]) => settle(editBill(at, aBill(change)));

test('words that Clio changes follow while nobody changed them in Xero, and no amount moves with them', () => {
  const at = inStep();
  const before = mainInvoice(at);
  then(at, { lines: [aLine({ category: renamed }), still], dueOn: '2026-12-01', matters: [{ clioId: '31', number: '00099-Northgate', description: null, practiceArea: null, responsibleAttorney: null, office: null }] });
  expect(texts(at)).toEqual(['Advocacy', 'Court fees']);
  expect(mainInvoice(at)).toMatchObject({ reference: '00099-Northgate', dueOn: '2026-12-01', total: before.total, totalTax: before.totalTax });
});

test('words changed in Xero stay through every later edit in Clio, of money as of words', () => {
  const at = inStep();
  const [first] = mainInvoice(at).lines;
  Object.assign(mainInvoice(at), { reference: 'PO 4471', dueOn: '2027-01-31' });
  Object.assign(first ?? {}, { text: 'As agreed with Ms Hale' });
  for (const change of [{ lines: [aLine(), more] }, { lines: [aLine({ category: renamed }), more], dueOn: '2026-12-01' }, { lines: [aLine({ category: renamed, net: 110_000, taxes: [{ ...aLine().taxes[0], key: 'primary:20', name: 'VAT', rate: '20', compounds: false, amount: 22_000 }] }), more], dueOn: '2026-12-02' }]) {
    then(at, change);
    expect(texts(at)).toEqual(['As agreed with Ms Hale', 'Court fees']);
    expect(mainInvoice(at)).toMatchObject({ reference: 'PO 4471', dueOn: '2027-01-31' });
    expect(mainInvoice(at).total).toBe(at.truth.bill.due);
  }
});

test('that somebody worded a line anew is noted once, and white space is no wording', () => {
  const at = inStep();
  const [first] = mainInvoice(at).lines;
  Object.assign(first ?? {}, { text: ' Drafting\n' });
  expect(planBill(at.truth).steps).toEqual([]);
  Object.assign(first ?? {}, { text: 'Drafting, phase 1' });
  expect(inWords(planBill(at.truth))).toEqual(['rebase main inv-1']);
  expect(inWords(settle(at))).toEqual([]);
});

test.each([
  ['part-paid', { allocations: [anAllocation()] }, null],
  ['closed', {}, '2026-10-31'],
])('words alone never touch an invoice that is %s', (_, change, lockedThrough) => {
  const at = inStep(change);
  at.truth.books = { ...at.truth.books, lockedThrough };
  editBill(at, aBill({ lines: [aLine({ category: renamed }), still], dueOn: '2026-12-01' }));
  expect(inWords(planBill(at.truth))).toEqual(['rebase main inv-1']);
  settle(at);
  expect(texts(at)).toEqual(['Drafting', 'Court fees']);
});

test('a typed invoice keeps the words it was typed with', () => {
  const at = inStep();
  mainInvoice(at).reference = 'Typed by hand';
  for (const link of at.truth.links) link.base = null;
  settle(at);
  then(at, { lines: [aLine(), more] });
  expect(mainInvoice(at).reference).toBe('Typed by hand');
});
