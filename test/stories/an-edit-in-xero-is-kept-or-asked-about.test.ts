import { aBill, answer, everyInvoice, happened, IN_STEP, ORGANISATION, postings, stateOf, writtenAgain } from './practice.js';
import { endStories, Story } from './story.js';

let story: Story;
beforeAll(async () => {
  story = await Story.begin();
  await story.ready();
});
afterAll(endStories);

const lineOf = (bill: number) => story.clio.bill(bill).lines[0]?.id ?? 0;

test('coding and wording changed in Xero are kept, and stay when the bill is edited again and again', async () => {
  const bill = aBill(story);
  await story.settle();
  const [line] = story.invoiceOf(bill).lines;
  story.xero.editInvoice(story.invoiceOf(bill).id, { LineItems: [{ LineItemID: line?.id, Description: 'Advice on supply', Quantity: 1, UnitAmount: 1000, AccountCode: '210', TaxType: 'NONE' }], DueDate: '2027-01-31', Reference: 'PO 4471' });
  await story.settle();
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  for (const [price, net] of [[300, 120_000], [310, 124_000]] as const) {
    story.clio.editLine(lineOf(bill), { price });
    story.clio.editBill(bill, { due_at: `2026-12-${price / 10}` });
    await story.settle();
    expect(await stateOf(story, bill)).toEqual(IN_STEP);
    expect(postings(story, bill)).toEqual([`210: ${net} + 0`]);
    expect(story.invoiceOf(bill)).toMatchObject({ dueDate: '2027-01-31', reference: 'PO 4471', lines: [{ description: 'Advice on supply' }] });
  }
  expect(await happened(story, bill)).toEqual(['change-accepted', 'invoice-created', 'invoice-updated', 'invoice-updated']);
  expect(await writtenAgain(story, bill)).toEqual([]);
});
const changeAmount = (bill: number, amount: number) => {
  const invoice = story.invoiceOf(bill);
  story.xero.editInvoice(invoice.id, { LineItems: [{ LineItemID: invoice.lines[0]?.id, Description: 'Time', Quantity: 1, UnitAmount: amount, AccountCode: '200', TaxType: 'NONE' }] });
};

test('an amount changed in Xero is asked about, and Clio\'s is restored on request', async () => {
  const bill = aBill(story);
  await story.settle();
  changeAmount(bill, 1_001);
  await story.settle();
  expect(await stateOf(story, bill)).toEqual({ status: 'needs-you', reason: 'DRIFT_AMOUNT', holds: ['DRIFT_AMOUNT'], differences: ['total', 'open amount'] });
  expect(await writtenAgain(story, bill)).toEqual([]);
  await answer(story, bill, "Restore Clio's");
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(await writtenAgain(story, bill)).toEqual([]);
});

test('or Xero\'s is kept, and the question is not asked again', async () => {
  const bill = aBill(story);
  await story.settle();
  changeAmount(bill, 1_001);
  await story.settle();
  await answer(story, bill, "Keep Xero's");
  expect(await story.holds(bill)).toEqual([]);
  expect(story.invoiceOf(bill).total).toBe(100_100);
  expect(await writtenAgain(story, bill)).toEqual([]);
  expect(await story.holds(bill)).toEqual([]);
});

test('an invoice voided in Xero is asked about, and made again under the next number on request', async () => {
  const bill = aBill(story);
  await story.settle();
  story.xero.voidInvoice(story.invoiceOf(bill).id);
  await story.settle();
  expect(await stateOf(story, bill)).toMatchObject({ status: 'needs-you', reason: 'REMOVED_IN_XERO' });
  await answer(story, bill, 'Create the invoice again');
  expect(everyInvoice(story, bill)).toEqual(['# VOIDED', '#-R1 AUTHORISED']);
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(await writtenAgain(story, bill)).toEqual([]);
});

test('or a person accepts that it is gone', async () => {
  const bill = aBill(story);
  await story.settle();
  story.xero.voidInvoice(story.invoiceOf(bill).id);
  await story.settle();
  await answer(story, bill, 'Accept that it is gone');
  expect(await stateOf(story, bill)).toMatchObject({ status: 'left-out', reason: 'ACCEPTED_DIFFERENCE', holds: [] });
  expect(await writtenAgain(story, bill)).toEqual([]);
  expect(await stateOf(story, bill)).toMatchObject({ status: 'left-out', reason: 'ACCEPTED_DIFFERENCE', holds: [] });
});

test('an invoice moved to another contact in Xero is asked about', async () => {
  const bill = aBill(story);
  await story.settle();
  const other = story.xero.contacts(ORGANISATION).find((contact) => contact.name === 'Seminar guests');
  story.xero.editInvoice(story.invoiceOf(bill).id, { Contact: { ContactID: other?.id } });
  await story.settle();
  expect(await stateOf(story, bill)).toMatchObject({ status: 'needs-you', reason: 'DRIFT_CONTACT' });
  await answer(story, bill, "Restore Clio's");
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(story.invoiceOf(bill).contactId).not.toBe(other?.id);
});

const editInXero = (bill: number, changes: Parameters<Story['xero']['editInvoice']>[1]) => story.xero.editInvoice(story.invoiceOf(bill).id, changes);
const lineInXero = (bill: number, place = 0) => story.invoiceOf(bill).lines[place]?.id;

test.each([
  ['day', 'DRIFT_AMOUNT', () => ({ Date: '2026-11-18' })],
  ['number', 'DRIFT_AMOUNT', () => ({ InvoiceNumber: `X-${String(story.clock.now())}` })],
  ['tax', 'DRIFT_TAX', (bill: number) => ({ LineItems: [{ LineItemID: lineInXero(bill), Description: 'Time', Quantity: 1, UnitAmount: 1000, AccountCode: '200', TaxType: 'OUTPUT', TaxAmount: 82.5 }] })],
] as const)('the %s changed in Xero is asked about, and Clio\'s is restored on request', async (_field, reason, changes) => {
  const bill = aBill(story);
  await story.settle();
  editInXero(bill, changes(bill));
  await story.settle();
  expect(await stateOf(story, bill)).toMatchObject({ status: 'needs-you', reason, holds: [reason] });
  expect(await writtenAgain(story, bill)).toEqual([]);
  await answer(story, bill, "Restore Clio's");
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(await writtenAgain(story, bill)).toEqual([]);
});

test('changed on both sides to different amounts: a person sees all three; to the same: accepted', async () => {
  const [apart, alike] = [aBill(story), aBill(story)];
  await story.settle();
  for (const bill of [apart, alike]) story.clio.editLine(lineOf(bill), { price: 300 });
  changeAmount(apart, 1_001);
  changeAmount(alike, 1_200);
  await story.settle();
  expect(await stateOf(story, alike)).toEqual(IN_STEP);
  const [hold] = await story.openHolds(apart);
  expect(hold).toMatchObject({ reason: 'DRIFT_AMOUNT', facts: { clio: '1,200.00 USD', xero: '1,001.00 USD', base: '1,000.00 USD' } });
  await answer(story, apart, "Restore Clio's");
  expect(await stateOf(story, apart)).toEqual(IN_STEP);
  for (const bill of [apart, alike]) expect(await writtenAgain(story, bill)).toEqual([]);
});

test('lines put together in Xero are its coding; the next edit in Clio asks before it replaces them', async () => {
  const bill = aBill(story, { lines: [{ price: 250, quantity: 4 }, { price: 50, cost: 'soft' }] });
  await story.settle();
  editInXero(bill, { LineItems: [{ Description: 'All in', Quantity: 1, UnitAmount: 1050, AccountCode: '200', TaxType: 'NONE' }] });
  await story.settle();
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  story.clio.editLine(lineOf(bill), { price: 300 });
  await story.settle();
  expect(await stateOf(story, bill)).toMatchObject({ status: 'needs-you', reason: 'DRIFT_LINES', holds: ['DRIFT_LINES'] });
  expect(await writtenAgain(story, bill)).toEqual([]);
  await answer(story, bill, 'Replace the lines');
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(postings(story, bill)).toEqual(['200: 120000 + 0', '260: 5000 + 0']);
  expect(await writtenAgain(story, bill)).toEqual([]);
});

test('a bill raised or lowered after somebody entered a payment in Xero gets a second invoice, or a credit note', async () => {
  const [raised, lowered] = [aBill(story), aBill(story)];
  await story.settle();
  // Clio knows nothing of the payment yet, so it lets the bill be edited.
  for (const bill of [raised, lowered]) story.xero.recordPayment({ invoiceId: story.invoiceOf(bill).id, amount: 40_000 });
  await story.settle();
  story.clio.editLine(lineOf(raised), { price: 300 });
  story.clio.editLine(lineOf(lowered), { price: 225 });
  await story.settle();
  expect(everyInvoice(story, raised)).toEqual(['# AUTHORISED', '#-ADJ1 AUTHORISED']);
  expect(postings(story, raised)).toEqual(['200: 100000 + 0', '200: 20000 + 0']);
  expect(everyInvoice(story, lowered)).toEqual(['# AUTHORISED']);
  expect(story.invoiceOf(lowered)).toMatchObject({ total: 100_000, amountDue: 50_000 });
  expect((await story.link(lowered))?.shown).toMatchObject({ clioTotal: 90_000, xeroTotal: 90_000 });
  for (const bill of [raised, lowered]) expect(await writtenAgain(story, bill)).toEqual([]);
});
