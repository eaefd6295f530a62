import { checkExchanges } from '../conformance/check-exchanges.js';
import { filesAreHere } from '../conformance/described.js';
import { aBill, aClient, answer, happened, IN_STEP, ORGANISATION, stateOf, writtenAgain } from './practice.js';
import { endStories, Story } from './story.js';

let story: Story;
beforeAll(async () => {
  story = await Story.begin();
  await story.ready({ 'credits.treatment': 'ask' });
});
afterAll(endStories);

/** A bill of 1,000.00, 400.00 of it paid in Clio, both sides in step. */
async function partlyPaid(client = aClient(story)): Promise<{ bill: number; payment: number }> {
  const bill = aBill(story, { client });
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

/** The refund is in Xero before Clio tells of it: on a note of somebody's own, which carries nothing of ours. */
async function refundedByHand(how: { paidOut?: boolean; draft?: boolean } = {}): Promise<{ bill: number; note: string; since: number }> {
  const { bill, payment } = await partlyPaid();
  const note = story.xero.refundByHand({ invoiceId: story.invoiceOf(bill).id, amount: 10_000, date: '2026-11-20', ...how });
  story.clio.lowerPayment(payment, 30_000);
  story.clio.recordCredit({ billId: bill, amount: 10_000 });
  const since = story.exchanges.length;
  await story.settle();
  return { bill, note: note.id, since };
}
const paidOutOf = (note: string) => story.paymentsOn(note).map((payment) => payment.amount);

test('a refund made by hand on a note of its own is asked about and nothing is written; that is it: linked, nothing is written after it either', async () => {
  const { bill, note, since } = await refundedByHand();
  expect(await stateOf(story, bill)).toMatchObject({ status: 'needs-you', holds: ['REFUND_UNMATCHED'] });
  expect(story.writes('xero', since)).toEqual([]);
  await answer(story, bill, 'paid out already');
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(story.writes('xero', since)).toEqual([]);
  expect([notesOf(bill), paidOutOf(note), paidOn(bill)]).toEqual([[], [10_000], [40_000]]);
  expect(await happened(story, bill)).toEqual(['credit-linked', 'hold-answered', 'hold-closed', 'hold-opened', 'invoice-created', 'payment-created']);
  expect(await writtenAgain(story, bill)).toEqual([]);
});

test('another refund of as much: ours is made beside the one made by hand, once', async () => {
  const { bill, note, since } = await refundedByHand();
  expect(story.writes('xero', since)).toEqual([]);
  await answer(story, bill, 'It is another refund');
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect([refundsOf(bill).map((each) => each.amount), paidOutOf(note)]).toEqual([[10_000], [10_000]]);
  expect(await writtenAgain(story, bill)).toEqual([]);
});

test('a note made by hand that is not paid out yet is linked, and paid out once', async () => {
  const { bill, note, since } = await refundedByHand({ paidOut: false });
  expect(story.writes('xero', since)).toEqual([]);
  await answer(story, bill, 'pay out what it has left');
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect([notesOf(bill), paidOutOf(note)]).toEqual([[], [10_000]]);
  expect(await writtenAgain(story, bill)).toEqual([]);
});

test('a draft made by hand is asked about, and cannot be chosen before it is approved', async () => {
  const { bill, since } = await refundedByHand({ draft: true });
  expect((await story.openHolds(bill)).map(({ reason, choices }) => [reason, choices.map((choice) => choice.id)])).toEqual([['REFUND_UNMATCHED', ['new']]]);
  expect(story.writes('xero', since)).toEqual([]);
});

test('a refund that belongs to one bill, by our hand or another, is not taken for that of the client\'s next bill', async () => {
  const client = aClient(story);
  const [byHand, ours, last] = [await partlyPaid(client), await partlyPaid(client), await partlyPaid(client)];
  story.xero.refundByHand({ invoiceId: story.invoiceOf(byHand.bill).id, amount: 10_000, date: '2026-11-20' });
  const goBack = async ({ bill, payment }: { bill: number; payment: number }) => {
    story.clio.lowerPayment(payment, 30_000);
    story.clio.recordCredit({ billId: bill, amount: 10_000 });
    await story.settle();
  };
  await goBack(byHand);
  await answer(story, byHand.bill, 'paid out already');
  await goBack(ours);
  await goBack(last);
  expect([await stateOf(story, byHand.bill), await stateOf(story, ours.bill), await stateOf(story, last.bill)]).toEqual([IN_STEP, IN_STEP, IN_STEP]);
  expect([notesOf(byHand.bill).length, notesOf(ours.bill).length, notesOf(last.bill).length]).toEqual([0, 1, 1]);
});

test('one refund made by hand is said to be that of two bills: it is the first one\'s, and the second is asked again', async () => {
  const client = aClient(story);
  const [first, second] = [await partlyPaid(client), await partlyPaid(client)];
  const note = story.xero.refundByHand({ invoiceId: story.invoiceOf(first.bill).id, amount: 10_000, date: '2026-11-20' });
  for (const { bill, payment } of [first, second]) {
    story.clio.lowerPayment(payment, 30_000);
    story.clio.recordCredit({ billId: bill, amount: 10_000 });
  }
  await story.settle();
  const since = story.exchanges.length;
  for (const { bill } of [first, second]) expect((await story.openHolds(bill)).map((each) => each.reason)).toEqual(['REFUND_UNMATCHED']);
  // Both are answered before the work on either goes on, so that both are carried out together.
  for (const { bill } of [first, second]) {
    const [hold] = await story.openHolds(bill);
    await story.person.open(`${story.world.appUrl}/inbox`);
    await story.person.press('paid out already', {}, `article[aria-labelledby="hold-${hold?.id ?? ''}"] form`);
  }
  await story.settle();
  expect(await stateOf(story, first.bill)).toEqual(IN_STEP);
  expect((await story.openHolds(second.bill)).map(({ reason, choices }) => [reason, choices.map((choice) => choice.id)])).toEqual([['REFUND_UNMATCHED', ['new']]]);
  expect([story.writes('xero', since), paidOutOf(note.id)]).toEqual([[], [10_000]]);
  await answer(story, second.bill, 'It is another refund');
  expect(await stateOf(story, second.bill)).toEqual(IN_STEP);
  expect(refundsOf(second.bill).map((each) => each.amount)).toEqual([10_000]);
  for (const { bill } of [first, second]) expect(await writtenAgain(story, bill)).toEqual([]);
});

test('Xero is asked for notes made by hand only when a note is about to be made', async () => {
  const asked = () => story.exchanges.filter((each) => each.vendor === 'xero' && each.path.includes('/CreditNotes') && JSON.stringify(each).includes('Contact.ContactID')).length;
  const before = asked();
  const since = story.exchanges.length;
  const { bill, payment } = await partlyPaid();
  expect(asked()).toBe(before);
  story.clio.lowerPayment(payment, 30_000);
  story.clio.recordCredit({ billId: bill, amount: 10_000 });
  await story.settle();
  expect(asked()).toBe(before + 1);
  await writtenAgain(story, bill);
  expect(asked()).toBe(before + 1);
  if (filesAreHere) expect(checkExchanges(story.exchanges.slice(since)).faults).toEqual([]);
});
