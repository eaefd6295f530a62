import { aBill, aClient, aMatter, answer, changeSettings, happened, IN_STEP, ORGANISATION, postings, readBooks, stateOf, writtenAgain } from './practice.js';
import { endStories, Story } from './story.js';

let story: Story;
beforeAll(async () => {
  story = await Story.begin();
  await story.ready();
});
afterAll(endStories);

const TAXED = { taxRate: 8.25 };
const MINUTE = 60_000;
const EURO = 4;
const POUND = 3;

test('fees with tax, hard and soft costs without, become lines on their accounts', async () => {
  const bill = aBill(story, { ...TAXED, lines: [{ price: 250, quantity: 4, taxable: true }, { price: 50, cost: 'hard', taxable: false }, { price: 4.5, cost: 'soft', taxable: false }] });
  await story.settle();
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(postings(story, bill)).toEqual(['200: 100000 + 8250', '620: 5000 + 0', '260: 450 + 0']);
  expect(await happened(story, bill)).toEqual(['invoice-created']);
  expect(await writtenAgain(story, bill)).toEqual([]);
});

test('a line carries its discount, the bill shares its own out over the accounts it covers', async () => {
  const onLine = aBill(story, { ...TAXED, lines: [{ price: 1000, discount: { rate: 10, type: 'percentage' }, taxable: true }] });
  const onBill = aBill(story, { ...TAXED, lines: [{ price: 100, taxable: true }, { price: 50, cost: 'hard', taxable: false }], discount: { rate: 10, type: 'money', note: null } });
  const onServices = aBill(story, { ...TAXED, lines: [{ price: 100, taxable: true }, { price: 50, cost: 'hard', taxable: false }], discount: { rate: 10, type: 'money', note: null }, discountServicesOnly: true });
  await story.settle();
  for (const bill of [onLine, onBill, onServices]) expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(postings(story, onLine)).toEqual(['200: 90000 + 7425']);
  expect(postings(story, onBill)).toEqual(['200: 10000 + 825', '620: 5000 + 0', '200: -667 + 0', '620: -333 + 0']);
  expect(postings(story, onServices)).toEqual(['200: 10000 + 825', '620: 5000 + 0', '200: -1000 + 0']);
  expect(await writtenAgain(story, onBill)).toEqual([]);
});

test('interest on the overdue bill becomes a line of the same invoice', async () => {
  const bill = aBill(story);
  await story.settle();
  story.clio.chargeInterest(bill, 1_875);
  await story.settle();
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(postings(story, bill)).toEqual(['200: 100000 + 0', '270: 1875 + 0']);
  expect(await happened(story, bill)).toEqual(['invoice-created', 'invoice-updated']);
  expect(await writtenAgain(story, bill)).toEqual([]);
});

test('interest billed on its own becomes an invoice of its own', async () => {
  const bill = aBill(story);
  await story.settle();
  story.world.clio.switches.interest = 'own-bill';
  const interest = story.clio.chargeInterest(bill, 1_875).id;
  story.world.clio.switches.interest = 'on-same-bill';
  await story.settle();
  expect(interest).not.toBe(bill);
  expect(await stateOf(story, interest)).toEqual(IN_STEP);
  expect(postings(story, interest)).toEqual(['270: 1875 + 0']);
  expect(postings(story, bill)).toEqual(['200: 100000 + 0']);
  expect(await writtenAgain(story, interest)).toEqual([]);
});

test('several matters on one bill become one invoice whose reference names them', async () => {
  const client = aClient(story);
  const second = aMatter(story, client.clientId);
  const bill = aBill(story, { client, matterIds: [client.matterId, second], lines: [{ price: 300, matterId: client.matterId }, { price: 200, matterId: second }] });
  await story.settle();
  const numbers = story.clio.matters().filter((matter) => [client.matterId, second].includes(matter.id)).map((matter) => matter.displayNumber);
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(story.invoiceOf(bill).reference).toBe(numbers.join(', '));
  expect(story.invoiceOf(bill).total).toBe(50_000);
  expect(await writtenAgain(story, bill)).toEqual([]);
});

test('a bill in a currency that Xero has becomes an invoice in it', async () => {
  const bill = aBill(story, { currencyId: EURO });
  await story.settle();
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(story.invoiceOf(bill)).toMatchObject({ currency: 'EUR', total: 100_000 });
  expect(await writtenAgain(story, bill)).toEqual([]);
});

test('a bill in a currency that Xero lacks waits, and goes by itself once it is added', async () => {
  const bill = aBill(story, { currencyId: POUND });
  await story.settle();
  expect(await stateOf(story, bill)).toEqual({ status: 'needs-you', reason: 'CURRENCY_NOT_ENABLED', holds: ['CURRENCY_NOT_ENABLED'], differences: ['no invoice'] });
  expect(await writtenAgain(story, bill)).toEqual([]);
  story.xero.addCurrency(ORGANISATION, { code: 'GBP', description: 'British Pound', rate: 0.78 });
  await story.pass(61 * MINUTE);
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(story.invoiceOf(bill).currency).toBe('GBP');
  expect(await happened(story, bill)).toEqual(['hold-closed', 'hold-opened', 'invoice-created', 'sync-asked']);
});

test.each([
  { code: 'JPY', what: 'without cents', lines: [{ price: 25_000, quantity: 4 }], total: 100_000_00, part: 30_000_00 },
  { code: 'KWD', what: 'with three decimals, of which Xero keeps two', lines: [{ price: 12.34, quantity: 3 }], total: 37_02, part: 12_34 },
])('a bill in a currency $what, and a payment of part of it, are equal on both sides', async ({ code, lines, total, part }) => {
  story.xero.addCurrency(ORGANISATION, { code, description: code, rate: 1.5 });
  await readBooks(story);
  const bill = aBill(story, { lines, currencyId: story.clio.currencies().find((each) => each.code === code)?.id ?? 0 });
  await story.settle();
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(story.invoiceOf(bill)).toMatchObject({ currency: code, total });
  story.clio.recordPayment({ billIds: [bill], amount: part, date: '2026-11-19' });
  await story.settle();
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(story.invoiceOf(bill).amountDue).toBe(total - part);
  expect(await writtenAgain(story, bill)).toEqual([]);
});

test('a bill of zero, a draft and a request for trust money are left out, each with its reason', async () => {
  const zero = aBill(story, { lines: [{ price: 0 }] });
  const draft = aBill(story, { state: 'draft' });
  const trust = aBill(story, { kind: 'trust_kind' });
  await story.settle();
  for (const [bill, reason] of [[zero, 'ZERO_BILL'], [draft, 'NOT_APPROVED_YET'], [trust, 'TRUST_REQUEST']] as const) {
    await writtenAgain(story, bill);
    expect(await stateOf(story, bill)).toEqual({ status: 'left-out', reason, holds: [], differences: ['no invoice'] });
    expect(await writtenAgain(story, bill)).toEqual([]);
  }
});

test('a negative line lowers the invoice; a bill below zero is for a person', async () => {
  const lowered = aBill(story, { lines: [{ price: 1000 }, { price: -100 }] });
  const below = aBill(story, { lines: [{ price: 100 }, { price: -150 }] });
  await story.settle();
  expect(await stateOf(story, lowered)).toEqual(IN_STEP);
  expect(story.invoiceOf(lowered).total).toBe(90_000);
  expect(await stateOf(story, below)).toMatchObject({ status: 'needs-you', reason: 'BILL_NEGATIVE', holds: ['BILL_NEGATIVE'] });
  expect(await writtenAgain(story, lowered)).toEqual([]);
});

test('a tax that nobody mapped keeps the bill back until the settings say what it is', async () => {
  const bill = aBill(story, { taxRate: 5, lines: [{ price: 1000, taxable: true }] });
  await story.settle();
  expect(await stateOf(story, bill)).toMatchObject({ status: 'needs-you', reason: 'TAX_UNMAPPED', holds: ['TAX_UNMAPPED'] });
  await changeSettings(story, { 'taxMap.primary:5': 'TAX002' });
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(postings(story, bill)).toEqual(['200: 100000 + 5000']);
  expect(await happened(story, bill)).toEqual(['hold-closed', 'hold-opened', 'invoice-created']);
  expect(await writtenAgain(story, bill)).toEqual([]);
});

describe.each(['not-shown', 'shown'] as const)('a bill with two payers, its whole %s in Clio', (splitWhole) => {
  let parts: number[] = [];
  const payers = () => [{ client: aClient(story), portion: 66.67 }, { client: aClient(story), portion: 33.33 }];

  test('waits until both parts are approved, and then is one invoice to each payer over what Clio asks of each', async () => {
    story.world.clio.switches.splitWhole = splitWhole;
    const [first, second] = payers();
    if (!first || !second) throw new Error('two payers');
    parts = story.clio.createSplitBill({ clientId: first.client.clientId, matterIds: [first.client.matterId], lines: [{ price: 333.33, quantity: 3, taxable: true }, { price: 0.01, cost: 'hard', taxable: false }], taxRate: 8.25, secondaryTaxRate: 0, state: 'awaiting_payment', issuedAt: '2026-11-19' }, [{ clientId: first.client.clientId, portion: first.portion }, { clientId: second.client.clientId, portion: second.portion }]).map((bill) => bill.id);
    const [one = 0, two = 0, whole] = parts;
    story.clio.approveBill(one);
    await story.settle();
    expect(await stateOf(story, one)).toMatchObject({ status: 'needs-you', reason: 'SPLIT_INCOMPLETE', holds: ['SPLIT_INCOMPLETE'] });
    story.clio.approveBill(two);
    await story.settle();
    if (whole !== undefined) {
      expect(await stateOf(story, whole)).toMatchObject({ status: 'left-out', reason: 'SPLIT_PARENT', holds: [] });
      expect(story.invoicesOf(whole)).toEqual([]);
    }
    for (const part of [one, two]) expect(await stateOf(story, part)).toEqual(IN_STEP);
    const contacts = [one, two].map((part) => story.invoiceOf(part).contactId);
    expect(new Set(contacts).size).toBe(2);
    expect(story.invoiceOf(one).total + story.invoiceOf(two).total).toBe(story.clio.bill(one).sums.due + story.clio.bill(two).sums.due);
  });

  test('and nothing is written again', async () => {
    for (const part of parts) expect(await writtenAgain(story, part)).toEqual([]);
    story.world.clio.switches.splitWhole = 'not-shown';
  });
});

test('a legal aid bill waits until somebody says that the client pays it', async () => {
  const bill = aBill(story, { legalAid: true });
  await story.settle();
  expect(await stateOf(story, bill)).toMatchObject({ status: 'needs-you', reason: 'BILL_LEGAL_AID', holds: ['BILL_LEGAL_AID'] });
  await answer(story, bill, 'Send it to');
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(await writtenAgain(story, bill)).toEqual([]);
});

test('a bill that sums others up, and so could count twice, is never sent by itself', async () => {
  const bill = aBill(story, { kind: 'summary_kind' });
  await story.settle();
  expect(await stateOf(story, bill)).toMatchObject({ status: 'needs-you', reason: 'BILL_KIND_UNKNOWN', holds: ['BILL_KIND_UNKNOWN'] });
  expect(story.invoicesOf(bill)).toEqual([]);
  expect(await writtenAgain(story, bill)).toEqual([]);
});
