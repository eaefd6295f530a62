import { checkExchanges } from '../conformance/check-exchanges.js';
import { filesAreHere } from '../conformance/described.js';
import { aBill, answer, happened, IN_STEP, ORGANISATION, stateOf, writtenAgain } from './practice.js';
import { endStories, Story } from './story.js';

let story: Story;
beforeAll(async () => {
  story = await Story.begin();
  await story.ready({ 'credits.treatment': 'ask' });
});
afterAll(endStories);

/** A bill of 1,000.00, 400.00 of it paid in Clio, both sides in step. */
async function partlyPaid(): Promise<{ bill: number; payment: number }> {
  const bill = aBill(story);
  await story.settle();
  const payment = story.clio.recordPayment({ billIds: [bill], amount: 40_000, date: '2026-11-19' });
  await story.settle();
  return { bill, payment: payment.id };
}

const numberOf = (bill: number) => story.clio.bill(bill).number;
const notesOf = (bill: number) => story.xero.creditNotes(ORGANISATION).filter((note) => note.number.startsWith(`${numberOf(bill)}-CR`));
const refundsOf = (bill: number) => notesOf(bill).flatMap((note) => story.paymentsOn(note.id)).map(({ amount, accountId }) => ({ amount, account: story.xero.accounts(ORGANISATION).find((each) => each.id === accountId)?.type }));
const paidOn = (bill: number) => story.paymentsOn(story.invoiceOf(bill).id).map((payment) => payment.amount);

test('a payment lowered and a credit of the same amount: the payment stays, a credit note is made and paid out', async () => {
  const { bill, payment } = await partlyPaid();
  story.clio.lowerPayment(payment, 30_000);
  story.clio.recordCredit({ billId: bill, amount: 10_000 });
  await story.settle();
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(paidOn(bill)).toEqual([40_000]);
  expect(notesOf(bill).map(({ total, status }) => ({ total, status }))).toEqual([{ total: 10_000, status: 'PAID' }]);
  expect(refundsOf(bill)).toEqual([{ amount: 10_000, account: 'BANK' }]);
  expect(story.invoiceOf(bill)).toMatchObject({ amountDue: 60_000, amountCredited: 0 });
  expect(await happened(story, bill)).toEqual(['credit-created', 'invoice-created', 'payment-created', 'refund-paid']);
  expect(await writtenAgain(story, bill)).toEqual([]);
  if (filesAreHere) expect(checkExchanges(story.exchanges).faults).toEqual([]);
});

test('a reconciled payment is refunded all the same, as it is left alone', async () => {
  const { bill, payment } = await partlyPaid();
  story.xero.reconcilePayment(story.paymentsOn(story.invoiceOf(bill).id)[0]?.id ?? '');
  story.clio.lowerPayment(payment, 30_000);
  story.clio.recordCredit({ billId: bill, amount: 10_000 });
  await story.settle();
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect([paidOn(bill), refundsOf(bill).map((each) => each.amount)]).toEqual([[40_000], [10_000]]);
  expect(await writtenAgain(story, bill)).toEqual([]);
});

test('a payment lowered alone is asked about; money that went back waits for its credit in Clio, and then goes by itself', async () => {
  const { bill, payment } = await partlyPaid();
  story.clio.lowerPayment(payment, 30_000);
  await story.settle();
  expect(await stateOf(story, bill)).toMatchObject({ status: 'needs-you', holds: ['REFUND_UNCLEAR'] });
  expect(await writtenAgain(story, bill)).toEqual([]);
  await answer(story, bill, 'Money went back to the client');
  expect(await story.holds(bill)).toEqual(['REFUND_NEEDS_CREDIT']);
  expect(notesOf(bill)).toEqual([]);
  story.clio.recordCredit({ billId: bill, amount: 10_000 });
  await story.settle();
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect([paidOn(bill), refundsOf(bill).map((each) => each.amount)]).toEqual([[40_000], [10_000]]);
  expect(await writtenAgain(story, bill)).toEqual([]);
});

test('an entry that was corrected downwards is deleted and made again', async () => {
  const { bill, payment } = await partlyPaid();
  story.clio.lowerPayment(payment, 30_000);
  await story.settle();
  await answer(story, bill, 'An entry was corrected');
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect([paidOn(bill), notesOf(bill)]).toEqual([[30_000], []]);
  expect(await writtenAgain(story, bill)).toEqual([]);
});

test('the answer to paying out is lost after Xero saved it: paid out once', async () => {
  const { bill, payment } = await partlyPaid();
  story.clio.lowerPayment(payment, 30_000);
  story.clio.recordCredit({ billId: bill, amount: 10_000 });
  story.xero.injectFault({ kind: 'drop-after-commit', method: 'PUT', path: /\/Payments$/, times: 2 });
  await story.settle();
  expect(refundsOf(bill).map((each) => each.amount)).toEqual([10_000]);
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(await writtenAgain(story, bill)).toEqual([]);
});

test('a refund deleted in Xero is asked about, and made again on request', async () => {
  const { bill, payment } = await partlyPaid();
  story.clio.lowerPayment(payment, 30_000);
  story.clio.recordCredit({ billId: bill, amount: 10_000 });
  await story.settle();
  const [refund] = notesOf(bill).flatMap((note) => story.paymentsOn(note.id));
  story.xero.deletePayment(refund?.id ?? '');
  expect(await writtenAgain(story, bill)).toEqual([]);
  expect(await stateOf(story, bill)).toMatchObject({ status: 'needs-you', holds: ['REFUND_REMOVED_IN_XERO'] });
  await answer(story, bill, 'Pay it out in Xero again');
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(refundsOf(bill).map((each) => each.amount)).toEqual([10_000]);
});
