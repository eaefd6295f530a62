import { billToCore } from '../../src/clio/bill-to-core.js';
import { billWire, type BillWire, type LineWire } from '../../src/clio/wire.js';
import * as example from './example-bodies.js';

const inCore = (bill: BillWire, lines: LineWire[] = example.linesOfBill(), terms = example.terms()) =>
  billToCore({
    bill, lines, terms,
    activities: new Map([
      ['66120911', example.activity()],
      ['66120940', example.activity({ id: 66120940, type: 'HardCostEntry', activity_description: null, expense_category: { id: 9005, name: 'Court fees', entry_type: 'hard_cost', xero_expense_code: ' ' } })],
      ['66120941', example.activity({ id: 66120941, type: 'SoftCostEntry', activity_description: null, expense_category: { id: 9006, name: 'Photocopies', entry_type: 'soft_cost', xero_expense_code: '430' } })],
    ]),
    matters: new Map([['1500231', example.matter()]]),
  });

/** What the plan checks before it sends anything. */
const addsUp = (bill: ReturnType<typeof inCore>): boolean =>
  bill.lines.reduce((sum, line) => sum + line.net, 0) - (bill.discount?.amount ?? 0) + bill.totalTax + bill.interest === bill.due;

test('an ordinary bill keeps every cent, date and tax of Clio', () => {
  const bill = inCore(example.bill());
  expect(bill).toMatchObject({
    clioId: '9100451', number: '2107', kind: 'revenue', state: 'awaiting_payment', canBecomePaid: true, currency: 'CAD', issuedOn: '2026-03-02', dueOn: '2026-04-01',
    client: { clioId: '1201001', name: 'Northgate Fabrication Ltd.' }, discount: null, interest: 0, originalBillId: null, subTotal: 173_900, totalTax: 18_223,
    total: 192_123, due: 192_123, paid: 100_000, credited: 2_123, balance: 90_000, pending: 0, split: null, legalAid: false, version: '"a3d5"', updatedAt: '2026-03-20T22:03:18.000Z',
  });
  expect(bill.matters).toEqual([
    { clioId: '1500231', number: '00042-Northgate', description: 'Shareholder dispute', practiceArea: 'Commercial Litigation', responsibleAttorney: 'Rafael Ortiz', office: 'Vancouver' },
  ]);
  expect(bill.taxes.map(({ key, amount }) => [key, amount])).toEqual([['primary:5', 7_695], ['secondary:7:pre', 10_528]]);
  expect(addsUp(bill)).toBe(true);
});

test('lines tell their kind, category, hours and taxes', () => {
  const { lines } = inCore(example.bill());
  expect(lines.map(({ kind, net, quantity, category, taxes }) => [kind, net, quantity, category?.xeroCode ?? null, taxes.map(({ key }) => key).join('+')])).toEqual([
    ['fee', 112_000, '3.5', '200', 'primary:5+secondary:7:pre'],
    ['fee', 38_400, '1.2', '200', 'primary:5+secondary:7:pre'],
    ['hard-cost', 20_000, '1', null, ''],
    ['soft-cost', 3_500, '350', '430', 'primary:5'],
  ]);
  expect(lines[0]).toMatchObject({ text: 'Drafting', narrative: 'Draft statement of claim', timekeeper: { clioId: '350115', name: 'Rafael Ortiz' } });
});

test('a narrative never stands in for missing wording', () => {
  const [line] = inCore(example.bill(), [example.line({ description: '', note: 'privileged words', activity: null })]).lines;
  expect(line).toMatchObject({ text: 'Professional services', narrative: 'privileged words', category: null });
});

test('a discounted line is net of its discount, with the discount beside it', () => {
  const [line] = inCore(example.bill(), [example.line({ discount: { rate: 10, type: 'percentage' }, tax: 50.4, secondary_tax: 70.56, total: 1128.96 })]).lines;
  expect(line).toMatchObject({ net: 100_800, lineDiscount: 11_200 });
});

test('amounts may come as text', () => {
  expect(inCore(example.bill({ due: '1921.23', total_tax: '182.23', tax_rate: '5.0' }))).toMatchObject({ due: 192_123, totalTax: 18_223 });
});

describe('a discount on the bill', () => {
  const percent = { discount: { rate: 10, type: 'percentage', note: 'Loyalty' } };
  test.each([
    ['already in total', { total: 1747.33, due: 1747.33 }],
    ['in due only', { total: 1921.23, due: 1747.33 }],
  ])('%s: the same amount', (_, totals) => {
    const bill = inCore(example.bill({ ...percent, ...totals }));
    expect(bill.discount).toEqual({ amount: 17_390, appliesTo: 'all', note: 'Loyalty' });
    expect(addsUp(bill)).toBe(true);
  });

  test.each([['true'], [true]])('on services only (%p)', (flag) => {
    const bill = inCore(example.bill({ ...percent, discount_services_only: flag, total: 1770.83, due: 1770.83 }));
    expect(bill.discount).toMatchObject({ amount: 15_040, appliesTo: 'services' });
    expect(addsUp(bill)).toBe(true);
  });

  test('in money', () => {
    const bill = inCore(example.bill({ discount: { rate: 50.5, type: 'money', note: null }, due: 1870.73 }));
    expect(bill.discount?.amount).toBe(5_050);
    expect(addsUp(bill)).toBe(true);
  });

  test('a cent of rounding is Clio’s to decide', () => {
    const bill = inCore(example.bill({ discount: { rate: 3.33, type: 'percentage', note: null }, due: 1863.33 }));
    expect(bill.discount?.amount).toBe(5_790);
    expect(addsUp(bill)).toBe(true);
  });

  test('a difference that the rate does not explain is not made into a discount', () => {
    const bill = inCore(example.bill({ ...percent, due: 1600 }));
    expect(bill.discount?.amount).toBe(17_390);
    expect(addsUp(bill)).toBe(false);
  });

  test('a missing line is not made into one either', () => {
    expect(addsUp(inCore(example.bill({ due: 1800 })))).toBe(false);
  });
});

describe('interest', () => {
  test('inside the bill', () => {
    const bill = inCore(example.bill({ interest: { total: 18.75 }, total: 1939.98, due: 1939.98 }));
    expect(bill.interest).toBe(1_875);
    expect(addsUp(bill)).toBe(true);
  });

  test('shown on the bill but charged on its own', () => {
    const bill = inCore(example.bill({ interest: { total: 18.75 } }));
    expect(bill.interest).toBe(0);
    expect(addsUp(bill)).toBe(true);
  });

  test('together with a discount', () => {
    const bill = inCore(example.bill({ interest: { total: 18.75 }, discount: { rate: 10, type: 'percentage', note: null }, due: 1766.08 }));
    expect(bill).toMatchObject({ interest: 1_875, discount: { amount: 17_390 } });
  });

  test('as a bill of its own', () => {
    const own = { original_bill: { id: 9100398 }, sub_total: 0, tax_sum: 0, secondary_tax_sum: 0, total_tax: 0, total: 18.75, due: 18.75, balance: 18.75 };
    const bill = inCore(example.bill(own), []);
    expect(bill).toMatchObject({ interest: 1_875, originalBillId: '9100398' });
    expect(addsUp(bill)).toBe(true);
  });
});

describe('summaries', () => {
  const summary = example.line({ id: 1, type: 'SummaryLineItem', sub_total: 1504.0, tax: 75.2, secondary_tax: 105.28, total: 1684.48, activity: null });
  test('give way to the lines they stand for', () => {
    expect(inCore(example.bill(), [summary, ...example.linesOfBill()]).lines.map(({ clioId }) => clioId)).toEqual(['88120411', '88120412', '88120413', '88120414']);
  });
  test('count when those are not listed', () => {
    const bill = inCore(example.bill(), [summary, ...example.linesOfBill().slice(2)]);
    expect(bill.lines.map(({ clioId }) => clioId)).toEqual(['1', '88120413', '88120414']);
    expect(addsUp(bill)).toBe(true);
  });
  test('work without charge has no line', () => {
    expect(inCore(example.bill(), [...example.linesOfBill(), example.line({ id: 2, type: 'NoChargeLineItem' })]).lines).toHaveLength(4);
  });
});

describe('taxes', () => {
  test('a second tax on top of the first says so', () => {
    const post = example.terms({ secondary: { name: 'QST', rate: '9.975', compounds: true } });
    expect(inCore(example.bill(), example.linesOfBill(), post).lines[0]?.taxes[1]).toEqual({ key: 'secondary:9.975:post', name: 'QST', rate: '9.975', compounds: true, amount: 7_840 });
  });

  test('a firm without taxes has none, whatever is ticked', () => {
    const none = example.terms({ primary: { name: 'Tax', rate: '0' }, secondary: { name: 'Tax', rate: '0', compounds: false } });
    const untaxed = [example.line({ tax: 0, secondary_tax: 0, total: 1120 })];
    expect(inCore(example.bill({ tax_rate: 0, tax_sum: 0, secondary_tax_sum: 0, total_tax: 0, sub_total: 1120, total: 1120, due: 1120 }), untaxed, none)).toMatchObject({ taxes: [], lines: [{ taxes: [], net: 112_000 }] });
  });

  test('a line too small for a cent of tax keeps its tax', () => {
    expect(inCore(example.bill(), [example.line({ sub_total: 0.05, tax: 0, secondary_tax: 0, total: 0.05, secondary_taxable: false })]).lines[0]?.taxes).toMatchObject([{ key: 'primary:5', amount: 0 }]);
  });

  test('rounding of the bill’s tax is Clio’s, once or per line', () => {
    expect(inCore(example.bill({ tax_sum: 76.96, total_tax: 182.24 })).taxes[0]?.amount).toBe(7_696);
  });

  const setting = (over: object) => ({ tax_rate_configuration_id: 3101, name: 'GST', rate: 0.05, formatted_rate: '5%', rule: 'Pre', amount: 56.0, order: 1, ...over });
  const qst = setting({ tax_rate_configuration_id: 3102, name: 'QST', rate: 0.09975, formatted_rate: '9,975 %', rule: 'Post', amount: 78.4, order: 2 });

  test('Multi-Tax is told by its settings, in their order', () => {
    const bill = inCore(example.bill({ tax_sum: null, secondary_tax_sum: null, total_tax: 134.4 }), [example.line({ tax: null, secondary_tax: null, tax_settings: [qst, setting({})] })]);
    expect(bill.lines[0]).toMatchObject({ net: 112_000, taxes: [{ key: 'cfg:3101:pre', rate: '5' }, { key: 'cfg:3102:post', rate: '9.975', compounds: true }] });
    expect(bill.taxes.map(({ key, amount }) => [key, amount])).toEqual([['cfg:3101:pre', 5_600], ['cfg:3102:post', 7_840]]);
  });

  test.each([
    ['the configuration’s own percentage', { formatted_rate: '10%' }, new Map([['3101', '9.975']]), '9.975'],
    ['else the text for people', { formatted_rate: '9.975%' }, new Map<string, string>(), '9.975'],
    ['else the fraction', { formatted_rate: null, rate: '0.09975' }, new Map<string, string>(), '9.975'],
  ])('the rate is %s', (_, over, configured, rate) => {
    expect(inCore(example.bill(), [example.line({ tax_settings: [setting(over)] })], example.terms({ configured })).lines[0]?.taxes[0]?.rate).toBe(rate);
  });

  test('“Do not apply tax” is no tax; an old line beside it keeps the old model', () => {
    const none = setting({ tax_rate_configuration_id: 3001, name: 'Do not apply tax', rate: 0, formatted_rate: '0%', amount: 0 });
    const bill = inCore(example.bill(), [example.line({ tax: 0, secondary_tax: 0, total: 1120, tax_settings: [none] }), example.line({ id: 99120411, tax_settings: [] })]);
    expect(bill.lines.map(({ taxes }) => taxes.map(({ key }) => key))).toEqual([[], ['primary:5', 'secondary:7:pre']]);
  });
});

test.each([
  ['trust_kind', 'trust'],
  ['aggregate_split', 'revenue'],
  ['summary_kind', 'unknown'],
  ['kind_of_tomorrow', 'unknown'],
  [null, 'unknown'],
])('kind %p is %s', (kind, expected) => {
  expect(inCore(example.bill({ kind })).kind).toBe(expected);
});

test.each(['void', 'deleted'])('a %s bill asks for nothing, whatever balance it kept', (state) => {
  expect(inCore(example.bill({ state, balance: 900 })).balance).toBe(0);
});

test('a part of a split bill is known as one, with those it was split with and the whole it came from', () => {
  const splitOf = (fields: object) => inCore(example.bill({ split_invoice: { id: 3, ...fields } })).split;
  expect(splitOf({ bill_id: 9100450, linked_invoices_ids: [9100451, 9100452], split_portion: 60 })).toEqual({ ofBillId: '9100450', portion: '60', withBillIds: ['9100452'] });
  expect(splitOf({ linked_invoices_ids: [9100452], split_portion: 33.33 })).toEqual({ ofBillId: '9100451', portion: '33.33', withBillIds: ['9100452'] });
  expect(splitOf({ bill_id: 9100451, linked_invoices_ids: [], split_portion: null })).toBeNull();
});

test('a bill that legal aid pays is known as one', () => {
  expect(inCore(example.bill({ legal_aid_uk_bill: { id: 8 } })).legalAid).toBe(true);
});

test('a draft without a date of issue has the day it was made, in the firm’s zone', () => {
  expect(inCore(example.bill({ state: 'draft', issued_at: null, created_at: '2026-03-02T23:12:44-08:00' })).issuedOn).toBe('2026-03-02');
});

test('money that is hidden or unreadable is never taken for zero', () => {
  for (const broken of [{ due: null }, { balance: undefined }, { total: 'n/a' }]) expect(billWire.safeParse({ id: 1, state: 'paid', updated_at: '2026-03-20T15:03:18-07:00', total: 1, due: 1, balance: 1, ...broken }).success).toBe(false);
});

test('what the description leaves optional may be missing', () => {
  const bare = billWire.parse({ id: 1, state: 'draft', updated_at: '2026-03-20T15:03:18-07:00', total: 0, due: 0, balance: 0 });
  expect(inCore(bare, [])).toMatchObject({ clioId: '1', number: '', client: null, matters: [], lines: [], taxes: [], kind: 'unknown', issuedOn: '2026-03-20' });
});
