import { aBill, answer, changeSettings, IN_STEP, stateOf, writtenAgain } from './practice.js';
import { endStories, Story } from './story.js';

let story: Story;
beforeAll(async () => {
  story = await Story.begin();
  await story.ready({ 'credits.treatment': 'reduction' });
});
afterAll(endStories);

/** A bill of 1,000.00 that both sides agree on. */
async function billed(): Promise<number> {
  const bill = aBill(story);
  await story.settle();
  return bill;
}
const tasksOf = (bill: number) => story.clio.tasks().filter((task) => task.name.endsWith(story.clio.bill(bill).number)).map(({ name, status }) => `${name.replace(/ on bill .*/, '')}: ${status}`);
const open = (bill: number) => [story.compare(bill).clio.balance, story.invoiceOf(bill).amountDue];
const bankPayments = (bill: number) => story.paymentsOn(story.invoiceOf(bill).id).map((payment) => payment.amount);
const held = (bill: number, kind: 'overpayment' | 'prepayment', amount: number) => story.xero.receiveAdvance({ contactId: story.invoiceOf(bill).contactId, kind, amount, date: '2026-11-02' }).id;
const operating = () => story.clio.bankAccounts().find((account) => account.type === 'Operating')?.id ?? 0;
const payFromHeld = (bill: number, amount: number) => story.clio.recordPayment({ billIds: [bill], amount, date: '2026-11-19', sourceBankAccountId: operating(), bankAccountId: null });

test('a credit note made by hand: one task to write it off, completed once Clio has it', async () => {
  const bill = await billed();
  story.xero.creditInvoice({ invoiceId: story.invoiceOf(bill).id, amount: 7_500 });
  await story.settle();
  expect(await stateOf(story, bill)).toMatchObject({ status: 'needs-you', holds: ['CREDIT_IN_XERO'] });
  expect(tasksOf(bill)).toEqual(['Write off 75.00 USD: pending']);
  expect(await writtenAgain(story, bill)).toEqual([]);
  story.clio.writeOff({ billId: bill, amount: 7_500 });
  await story.settle();
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(tasksOf(bill)).toEqual(['Write off 75.00 USD: complete']);
  expect(open(bill)).toEqual([92_500, 92_500]);
  expect(await writtenAgain(story, bill)).toEqual([]);
});

test.each(['overpayment', 'prepayment'] as const)('an %s put on the invoice: one task to record it, and the recording never becomes a bank payment', async (kind) => {
  const bill = await billed();
  const invoiceId = story.invoiceOf(bill).id;
  story.xero.putAdvanceOn({ advanceId: held(bill, kind, 30_000), invoiceId, amount: 20_000, date: '2026-11-19' });
  await story.settle();
  expect(await stateOf(story, bill)).toMatchObject({ status: 'needs-you', holds: ['ADVANCE_IN_XERO'] });
  expect(tasksOf(bill)).toEqual(['Record 200.00 USD paid earlier: pending']);
  expect(await writtenAgain(story, bill)).toEqual([]);
  story.clio.recordPayment({ billIds: [bill], amount: 20_000, date: '2026-11-19' });
  await story.settle();
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(tasksOf(bill)).toEqual(['Record 200.00 USD paid earlier: complete']);
  expect([open(bill), bankPayments(bill)]).toEqual([[80_000, 80_000], []]);
  expect(await writtenAgain(story, bill)).toEqual([]);
});

test('one overpayment over two bills is asked for on both', async () => {
  const first = await billed();
  const contactId = story.invoiceOf(first).contactId;
  const client = { clientId: story.clio.bill(first).clientId, matterId: story.clio.bill(first).matterIds[0] ?? 0 };
  const second = aBill(story, { client });
  await story.settle();
  const { id: advanceId } = story.xero.receiveAdvance({ contactId, kind: 'overpayment', amount: 50_000, date: '2026-11-02' });
  for (const bill of [first, second]) story.xero.putAdvanceOn({ advanceId, invoiceId: story.invoiceOf(bill).id, amount: 25_000, date: '2026-11-19' });
  await story.settle();
  for (const bill of [first, second]) expect(tasksOf(bill)).toEqual(['Record 250.00 USD paid earlier: pending']);
  for (const bill of [first, second]) story.clio.recordPayment({ billIds: [bill], amount: 25_000, date: '2026-11-19' });
  await story.settle();
  for (const bill of [first, second]) expect([await stateOf(story, bill), open(bill)]).toEqual([IN_STEP, [75_000, 75_000]]);
});

test('taken off the invoice again before it was recorded: the task is completed', async () => {
  const bill = await billed();
  const invoiceId = story.invoiceOf(bill).id;
  const advanceId = held(bill, 'overpayment', 20_000);
  story.xero.putAdvanceOn({ advanceId, invoiceId, amount: 20_000, date: '2026-11-19' });
  await story.settle();
  story.xero.takeAdvanceOff({ advanceId, invoiceId });
  await story.settle();
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(tasksOf(bill)).toEqual(['Record 200.00 USD paid earlier: complete']);
  expect(await writtenAgain(story, bill)).toEqual([]);
});

test('paid in Clio out of money held in operating: it waits until the overpayment is put on the invoice, and is then linked', async () => {
  const bill = await billed();
  const advanceId = held(bill, 'overpayment', 20_000);
  payFromHeld(bill, 20_000);
  await story.settle();
  expect(await stateOf(story, bill)).toMatchObject({ status: 'needs-you', holds: ['PAY_FROM_HELD_MONEY'] });
  expect(bankPayments(bill)).toEqual([]);
  expect(await writtenAgain(story, bill)).toEqual([]);
  story.xero.putAdvanceOn({ advanceId, invoiceId: story.invoiceOf(bill).id, amount: 20_000, date: '2026-11-19' });
  await story.settle();
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect([tasksOf(bill), bankPayments(bill)]).toEqual([[], []]);
  expect(await writtenAgain(story, bill)).toEqual([]);
});

test('or is sent as a payment, when nobody entered the money in Xero before', async () => {
  const bill = await billed();
  payFromHeld(bill, 20_000);
  await story.settle();
  await answer(story, bill, 'It is not in Xero yet');
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(bankPayments(bill)).toEqual([20_000]);
  expect(await writtenAgain(story, bill)).toEqual([]);
});

test('a firm that wants its inbox only gets no task', async () => {
  await changeSettings(story, { 'payments.fromXero': 'inbox' });
  const bill = await billed();
  story.xero.creditInvoice({ invoiceId: story.invoiceOf(bill).id, amount: 7_500 });
  await story.settle();
  expect([await story.holds(bill), tasksOf(bill)]).toEqual([['CREDIT_IN_XERO'], []]);
  expect(await writtenAgain(story, bill)).toEqual([]);
});
