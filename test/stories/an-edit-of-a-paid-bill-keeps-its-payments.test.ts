import { aBill, answer, changeSettings, happened, IN_STEP, ORGANISATION, postings, readBooks, stateOf, writtenAgain } from './practice.js';
import { endStories, Story } from './story.js';

let story: Story;
beforeAll(async () => {
  story = await Story.begin();
  await story.ready();
  await changeSettings(story, { editPaid: 'reapply' });
});
afterAll(endStories);

const paid = (bill: number) => story.paymentsOn(story.invoiceOf(bill).id).map((payment) => `${payment.amount} ${payment.date}`).sort();

/** In step, paid twice in Clio; Clio itself lets nothing change on such a bill but its interest, number and days. */
async function paidTwice(): Promise<number> {
  const bill = aBill(story);
  await story.settle();
  story.clio.recordPayment({ billIds: [bill], amount: 40_000, date: '2026-11-19' });
  story.clio.recordPayment({ billIds: [bill], amount: 25_000, date: '2026-11-20' });
  await story.settle();
  expect(paid(bill)).toEqual(['25000 2026-11-20', '40000 2026-11-19']);
  return bill;
}

test('interest and another number reach the one invoice; the payments stand on it as before', async () => {
  const bill = await paidTwice();
  story.clio.chargeInterest(bill, 1_000);
  story.clio.editBill(bill, { number: `${story.clio.bill(bill).number}-B` });
  await story.settle();
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(postings(story, bill)).toEqual(['200: 100000 + 0', '270: 1000 + 0']);
  expect(story.invoiceOf(bill)).toMatchObject({ number: story.clio.bill(bill).number, amountDue: 36_000 });
  expect(paid(bill)).toEqual(['25000 2026-11-20', '40000 2026-11-19']);
  expect(await happened(story, bill)).toEqual(['invoice-created', 'invoice-updated', 'payment-created', 'payment-created', 'payment-created', 'payment-created', 'payment-taken-off', 'payment-taken-off']);
  expect(await writtenAgain(story, bill)).toEqual([]);
});

test.each([
  ['the first payment was taken off', 'POST', /\/Payments\/[^/]+$/],
  ['the invoice changed', 'POST', /\/Invoices\/[^/]+$/],
  ['the payments went back', 'PUT', /\/Payments$/],
] as const)('an answer lost when %s doubles nothing and loses nothing', async (_what, method, path) => {
  const bill = await paidTwice();
  story.clio.chargeInterest(bill, 1_000);
  story.xero.injectFault({ kind: 'drop-after-commit', method, path });
  await story.settle();
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(paid(bill)).toEqual(['25000 2026-11-20', '40000 2026-11-19']);
  expect(story.doubledPayments()).toEqual([]);
  expect(await writtenAgain(story, bill)).toEqual([]);
});

test('a payment that Xero would not let go for a moment, and that somebody deletes before we try again, is not put back', async () => {
  const bill = await paidTwice();
  const [first] = story.paymentsOn(story.invoiceOf(bill).id);
  story.clio.chargeInterest(bill, 1_000);
  // Nothing was sent that Xero took: whose deletion it is, is known.
  const deletion = { method: 'POST', path: /\/Payments\/[^/]+$/ };
  const before = story.xero.calls(deletion).length;
  story.xero.injectFault({ kind: '429-minute', ...deletion, times: 100 });
  while (story.xero.calls(deletion).length === before) await story.pass(10_000);
  story.xero.deletePayment(first?.id ?? '');
  story.xero.clearFaults();
  await story.pass(2 * 60 * 60_000);
  expect(paid(bill)).toEqual(['25000 2026-11-20']);
  expect(await story.holds(bill)).toEqual(['PAY_DELETED_IN_XERO']);
});

test('a reconciled payment is not touched: the difference is an invoice of its own', async () => {
  const bill = await paidTwice();
  const [main] = story.invoicesOf(bill);
  story.xero.reconcilePayment(story.paymentsOn(main?.id ?? '')[0]?.id ?? '');
  story.clio.chargeInterest(bill, 1_000);
  await story.settle();
  expect(story.invoicesOf(bill).map((invoice) => [invoice.number.replace(story.clio.bill(bill).number, '#'), invoice.total])).toEqual([['#', 100_000], ['#-INT1', 1_000]]);
  expect(story.paymentsOn(main?.id ?? '')).toHaveLength(2);
  expect(await writtenAgain(story, bill)).toEqual([]);
});

test('a firm that wants to be asked is asked, and may choose either way', async () => {
  await changeSettings(story, { editPaid: 'ask' });
  const [apart, together] = [await paidTwice(), await paidTwice()];
  for (const bill of [apart, together]) story.clio.chargeInterest(bill, 1_000);
  await story.settle();
  for (const bill of [apart, together]) expect(await stateOf(story, bill)).toMatchObject({ status: 'needs-you', reason: 'INVOICE_FROZEN' });
  await answer(story, together, 'Take our payments off');
  expect(await stateOf(story, together)).toEqual(IN_STEP);
  expect(paid(together)).toEqual(['25000 2026-11-20', '40000 2026-11-19']);
  await answer(story, apart, 'Make a second invoice');
  expect(story.invoicesOf(apart).map((invoice) => invoice.total)).toEqual([100_000, 1_000]);
  for (const bill of [apart, together]) expect(await writtenAgain(story, bill)).toEqual([]);
  await changeSettings(story, { editPaid: 'reapply' });
});

test('where Xero refuses the change after all, the payments stand on the invoice as it was, and a person is told', async () => {
  const bill = await paidTwice();
  await readBooks(story);
  story.xero.archiveAccount(story.xero.accounts(ORGANISATION).find((account) => account.code === '270')?.id ?? '');
  story.clio.chargeInterest(bill, 1_000);
  await story.settle();
  expect(story.invoiceOf(bill)).toMatchObject({ total: 100_000, amountDue: 35_000 });
  expect(paid(bill)).toEqual(['25000 2026-11-20', '40000 2026-11-19']);
  expect(await stateOf(story, bill)).toMatchObject({ status: 'needs-you', reason: 'ACCOUNT_GONE' });
  expect((await happened(story, bill)).filter((what) => what === 'payment-taken-off')).toHaveLength(2);
  await writtenAgain(story, bill);
  expect(paid(bill)).toEqual(['25000 2026-11-20', '40000 2026-11-19']);
  expect((await happened(story, bill)).filter((what) => what === 'payment-taken-off')).toHaveLength(2);
});
