import { aBill, aClient, aMatter, answer, changeSettings, IN_STEP, ORGANISATION, readBooks, stateOf, writtenAgain } from './practice.js';
import { endStories, Story } from './story.js';

let story: Story;
beforeAll(async () => {
  story = await Story.begin();
  await story.ready();
});
afterAll(endStories);

const EURO = 4;

/** A bill of 1,000.00 that both sides agree on. */
async function billed(facts: Parameters<typeof aBill>[1] = {}): Promise<number> {
  const bill = aBill(story, facts);
  await story.settle();
  return bill;
}
const accountOf = (id: string) => story.xero.accounts(ORGANISATION).find((account) => account.id === id)?.code;
const paid = (bill: number) => story.paymentsOn(story.invoiceOf(bill).id).map((payment) => `${payment.amount} ${payment.date} ${accountOf(payment.accountId) ?? ''}`);
const payInClio = (bill: number, more: Partial<Parameters<typeof story.clio.recordPayment>[0]> = {}) => story.clio.recordPayment({ billIds: [bill], amount: 40_000, date: '2026-11-19', ...more });
const payInXero = (bill: number, amount: number, more: { date?: string; reference?: string } = {}) => story.xero.recordPayment({ invoiceId: story.invoiceOf(bill).id, amount, date: '2026-11-19', ...more });
const bankOf = (code: string) => story.xero.accounts(ORGANISATION).find((account) => account.code === code)?.id ?? '';
const tasksOf = (bill: number) => story.clio.tasks().filter((task) => task.name.endsWith(story.clio.bill(bill).number)).map(({ name, status }) => `${name.replace(/ bill .*/, '')}: ${status}`);

test('a card payment goes to the account for cards', async () => {
  await changeSettings(story, { 'bankMap.online:card': bankOf('097') });
  const bill = await billed({ currencyId: EURO });
  payInClio(bill, { online: 'Credit Card' });
  await story.settle();
  expect([await stateOf(story, bill), paid(bill)]).toEqual([IN_STEP, ['40000 2026-11-19 097']]);
  expect(await writtenAgain(story, bill)).toEqual([]);
  await changeSettings(story, { 'bankMap.online:card': '' });
});

test('a payment of a bill over several matters is one payment on its one invoice', async () => {
  const client = aClient(story);
  const matters = [client.matterId, aMatter(story, client.clientId)];
  const bill = await billed({ client, matterIds: matters });
  payInClio(bill);
  await story.settle();
  expect([await stateOf(story, bill), paid(bill)]).toEqual([IN_STEP, ['40000 2026-11-19 090']]);
  expect(await writtenAgain(story, bill)).toEqual([]);
});

test('a payment of interest goes on the invoice that charges it', async () => {
  const bill = await billed();
  story.clio.chargeInterest(bill, 1_250);
  await story.settle();
  payInClio(bill, { amount: 1_250, interest: true });
  await story.settle();
  expect([await stateOf(story, bill), paid(bill)]).toEqual([IN_STEP, ['1250 2026-11-19 090']]);
  expect(await writtenAgain(story, bill)).toEqual([]);
});

test('a bill in euros is paid into a bank of the home currency, at the rate that Xero takes', async () => {
  const bill = await billed({ currencyId: EURO });
  payInClio(bill);
  await story.settle();
  expect([await stateOf(story, bill), paid(bill)]).toEqual([IN_STEP, ['40000 2026-11-19 090']]);
  expect(await writtenAgain(story, bill)).toEqual([]);
});

test('a bank in a third currency is named, and never paid into', async () => {
  await changeSettings(story, { 'bankMap.online:card': bankOf('097') });
  const bill = await billed();
  payInClio(bill, { online: 'Credit Card' });
  await story.settle();
  expect([await stateOf(story, bill), paid(bill)]).toEqual([expect.objectContaining({ status: 'needs-you', holds: ['PAY_CURRENCY'] }), []]);
  expect(await writtenAgain(story, bill)).toEqual([]);
  await changeSettings(story, { 'bankMap.online:card': bankOf('090') });
  expect([await stateOf(story, bill), paid(bill)]).toEqual([IN_STEP, ['40000 2026-11-19 090']]);
});

test('a bank account that nobody mapped keeps the payment back until the settings say which it is', async () => {
  await changeSettings(story, { 'bankMap.default': '' });
  const bill = await billed();
  payInClio(bill, { bankAccountId: null });
  await story.settle();
  expect([await stateOf(story, bill), paid(bill)]).toEqual([expect.objectContaining({ status: 'needs-you', holds: ['BANK_UNMAPPED'] }), []]);
  expect(await writtenAgain(story, bill)).toEqual([]);
  await changeSettings(story, { 'bankMap.default': bankOf('090') });
  expect([await stateOf(story, bill), paid(bill)]).toEqual([IN_STEP, ['40000 2026-11-19 090']]);
});

test('a payment of a closed day waits, and goes by itself once the lock moves', async () => {
  const bill = await billed();
  story.xero.setLockDates(ORGANISATION, { period: '2026-11-19' });
  await readBooks(story);
  payInClio(bill);
  await story.settle();
  expect([(await stateOf(story, bill)).holds, paid(bill)]).toEqual([['PERIOD_CLOSED'], []]);
  story.xero.setLockDates(ORGANISATION, {});
  await readBooks(story);
  expect([await stateOf(story, bill), paid(bill)]).toEqual([IN_STEP, ['40000 2026-11-19 090']]);
});

test('a payment waits while its invoice is a draft, and follows once it is approved', async () => {
  await changeSettings(story, { 'invoice.status': 'draft' });
  const bill = await billed();
  payInClio(bill);
  await story.settle();
  expect([await story.holds(bill), paid(bill)]).toEqual([['PAY_INVOICE_NOT_READY'], []]);
  story.xero.editInvoice(story.invoiceOf(bill).id, { Status: 'AUTHORISED' });
  await story.settle();
  expect([await stateOf(story, bill), paid(bill)]).toEqual([IN_STEP, ['40000 2026-11-19 090']]);
  await changeSettings(story, { 'invoice.status': 'authorised' });
});

test('more than what is open in Xero is never sent', async () => {
  const bill = await billed();
  story.xero.creditInvoice({ invoiceId: story.invoiceOf(bill).id, amount: 70_000 });
  payInClio(bill);
  await story.settle();
  expect([(await story.holds(bill)).includes('PAY_TOO_MUCH'), paid(bill)]).toEqual([true, []]);
  expect(await writtenAgain(story, bill)).toEqual([]);
});

test('two equal payments in Xero for one of Clio: a person picks, and the other one is asked for', async () => {
  const bill = await billed();
  for (const reference of ['Cheque 1', 'Cheque 2']) payInXero(bill, 40_000, { reference });
  payInClio(bill);
  await story.settle();
  expect(await stateOf(story, bill)).toMatchObject({ status: 'needs-you', holds: ['PAY_MANY_CANDIDATES'] });
  expect(await writtenAgain(story, bill)).toEqual([]);
  await answer(story, bill, 'It is the payment of');
  expect([await story.holds(bill), paid(bill)]).toEqual([['PAY_RECORD_IN_CLIO'], ['40000 2026-11-19 090', '40000 2026-11-19 090']]);
  expect(await writtenAgain(story, bill)).toEqual([]);
});

test('one deposit over two invoices settles both bills', async () => {
  const bills = [await billed(), await billed()];
  story.xero.recordBatch({ invoiceIds: bills.map((bill) => story.invoiceOf(bill).id), date: '2026-11-19' });
  await story.settle();
  for (const bill of bills) expect([await stateOf(story, bill), story.clio.bill(bill).state]).toEqual([IN_STEP, 'paid']);
  for (const bill of bills) expect(await writtenAgain(story, bill)).toEqual([]);
});

test("Xero's payment, recorded in Clio and then deleted in Xero, is to be voided in Clio, and closes by itself", async () => {
  const bill = await billed();
  const inXero = payInXero(bill, 40_000);
  await story.settle();
  const inClio = payInClio(bill);
  await story.settle();
  story.xero.deletePayment(inXero.id);
  await story.settle();
  expect(await stateOf(story, bill)).toMatchObject({ status: 'needs-you', holds: ['PAY_REMOVE_IN_CLIO'] });
  expect(tasksOf(bill)).toEqual(['Record payment of 400.00 USD on: complete', 'Remove payment of 400.00 USD from: pending']);
  expect(await writtenAgain(story, bill)).toEqual([]);
  story.clio.voidPayment(inClio.id);
  await story.settle();
  expect([await stateOf(story, bill), paid(bill)]).toEqual([IN_STEP, []]);
  expect(tasksOf(bill)).toEqual(['Record payment of 400.00 USD on: complete', 'Remove payment of 400.00 USD from: complete']);
  expect(await writtenAgain(story, bill)).toEqual([]);
});

test("Xero's payment, recorded in Clio and then voided there, is never deleted by us", async () => {
  const bill = await billed();
  const inXero = payInXero(bill, 40_000);
  await story.settle();
  const inClio = payInClio(bill);
  await story.settle();
  story.clio.voidPayment(inClio.id);
  await story.settle();
  expect([(await stateOf(story, bill)).holds, paid(bill)]).toEqual([['PAY_REMOVED_IN_CLIO'], ['40000 2026-11-19 090']]);
  expect(await writtenAgain(story, bill)).toEqual([]);
  story.xero.deletePayment(inXero.id);
  await story.settle();
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
});

test('a whole bill paid and marked so, then the payment deleted in Xero: a person undoes it in Clio', async () => {
  const bill = await billed();
  const inXero = payInXero(bill, 100_000);
  await story.settle();
  story.xero.deletePayment(inXero.id);
  await story.settle();
  expect((await stateOf(story, bill)).holds).toEqual(['PAY_REMOVE_IN_CLIO']);
  expect(tasksOf(bill)).toEqual(['Remove payment of 1,000.00 USD from: pending']);
  expect(await writtenAgain(story, bill)).toEqual([]);
});

test('a payment since the start on a bill from before it is asked about, and the invoice made on request', async () => {
  const old = aBill(story, { issuedAt: '2019-12-02' });
  await story.settle();
  expect(await stateOf(story, old)).toMatchObject({ status: 'left-out', reason: 'BEFORE_CUTOFF' });
  payInClio(old);
  await story.settle();
  expect(await stateOf(story, old)).toMatchObject({ status: 'needs-you', holds: ['PAY_BEFORE_CUTOFF'] });
  await answer(story, old, 'Create the invoice');
  expect([await stateOf(story, old), paid(old)]).toEqual([IN_STEP, ['40000 2026-11-19 090']]);
  expect(await writtenAgain(story, old)).toEqual([]);
});
