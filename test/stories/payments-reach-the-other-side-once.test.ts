import { aBill, answer, changeSettings, happened, IN_STEP, ORGANISATION, stateOf, writtenAgain, type aClient } from './practice.js';
import { endStories, Story } from './story.js';

let story: Story;
beforeAll(async () => {
  story = await Story.begin();
  await story.ready();
});
afterAll(endStories);

type Client = ReturnType<typeof aClient>;
/** A bill of 1,000.00 that both sides agree on. */
async function billed(client?: Client): Promise<number> {
  const bill = aBill(story, client ? { client } : {});
  await story.settle();
  return bill;
}
const paid = (bill: number) => story.invoicesOf(bill).flatMap((invoice) => story.paymentsOn(invoice.id)).map((payment) => `${payment.amount} ${payment.date}`);
const payInClio = (bill: number, amount = 40_000, date = '2026-11-19') => story.clio.recordPayment({ billIds: [bill], amount, date });
const payInXero = (bill: number, amount: number, date = '2026-11-19') => story.xero.recordPayment({ invoiceId: story.invoiceOf(bill).id, amount, date });
const tasksOf = (bill: number) => story.clio.tasks().filter((task) => task.name.includes(story.clio.bill(bill).number)).map((task) => task.status);
const allocationOf = (bill: number) => story.clio.allocations(bill)[0]?.id ?? 0;

describe('recorded in Clio', () => {
  test('part of a bill is paid: one payment on the invoice, known by its mark', async () => {
    const bill = await billed();
    payInClio(bill);
    await story.settle();
    expect(await stateOf(story, bill)).toEqual(IN_STEP);
    expect(paid(bill)).toEqual(['40000 2026-11-19']);
    expect(story.paymentsOn(story.invoiceOf(bill).id)[0]?.reference).toBe(`${story.clio.bill(bill).number} C${allocationOf(bill)}`);
    expect(await happened(story, bill)).toEqual(['invoice-created', 'payment-created']);
    expect(await writtenAgain(story, bill)).toEqual([]);
  });

  test('one cheque over two bills becomes a payment on each', async () => {
    const [first, second] = [await billed(), await billed()];
    story.clio.recordPayment({ billIds: [first, second], amount: 130_000, date: '2026-11-19', reference: 'Cheque 4471' });
    await story.settle();
    for (const bill of [first, second]) expect(await stateOf(story, bill)).toEqual(IN_STEP);
    expect([paid(first), paid(second)]).toEqual([['100000 2026-11-19'], ['30000 2026-11-19']]);
    expect(story.doubledPayments()).toEqual([]);
    expect(await writtenAgain(story, first)).toEqual([]);
  });

  test('larger than each invoice of its bill: one payment on each, all of them gone when it is voided', async () => {
    const bill = await billed();
    payInXero(bill, 40_000);
    await story.settle();
    story.clio.addLine(bill, { price: 250 });
    payInClio(bill, 40_000);
    await story.settle();
    const payment = payInClio(bill, 80_000, '2026-11-20');
    await story.settle();
    expect(await stateOf(story, bill)).toMatchObject({ status: 'up-to-date', holds: [] });
    expect(paid(bill).sort()).toEqual(['20000 2026-11-20', '40000 2026-11-19', '60000 2026-11-20']);
    expect(story.doubledPayments()).toEqual([]);
    expect(await writtenAgain(story, bill)).toEqual([]);
    story.clio.voidPayment(payment.id);
    await story.settle();
    expect(await stateOf(story, bill)).toMatchObject({ status: 'up-to-date', holds: [] });
    expect(paid(bill)).toEqual(['40000 2026-11-19']);
    expect((await happened(story, bill)).filter((what) => what.startsWith('payment'))).toEqual(['payment-created', 'payment-created', 'payment-linked', 'payment-removed', 'payment-removed']);
    expect(await writtenAgain(story, bill)).toEqual([]);
  });

  test('a payment voided in Clio is deleted in Xero', async () => {
    const bill = await billed();
    const payment = payInClio(bill);
    await story.settle();
    story.clio.voidPayment(payment.id);
    await story.settle();
    expect(await stateOf(story, bill)).toEqual(IN_STEP);
    expect(paid(bill)).toEqual([]);
    expect(await happened(story, bill)).toEqual(['invoice-created', 'payment-created', 'payment-removed']);
    expect(await writtenAgain(story, bill)).toEqual([]);
  });

  test('a payment entered anew with another amount replaces the one in Xero', async () => {
    const bill = await billed();
    const payment = payInClio(bill, 40_000);
    await story.settle();
    story.clio.voidPayment(payment.id);
    payInClio(bill, 60_000);
    await story.settle();
    expect(await stateOf(story, bill)).toEqual(IN_STEP);
    expect(paid(bill)).toEqual(['60000 2026-11-19']);
    expect(await writtenAgain(story, bill)).toEqual([]);
  });

  test('a reconciled payment is never deleted; a person is told', async () => {
    const bill = await billed();
    const payment = payInClio(bill);
    await story.settle();
    story.xero.reconcilePayment(story.paymentsOn(story.invoiceOf(bill).id)[0]?.id ?? '');
    story.clio.voidPayment(payment.id);
    await story.settle();
    expect(await stateOf(story, bill)).toMatchObject({ status: 'needs-you', reason: 'PAY_RECONCILED', holds: ['PAY_RECONCILED'] });
    expect(paid(bill)).toEqual(['40000 2026-11-19']);
    expect(await writtenAgain(story, bill)).toEqual([]);
  });

  test('ours deleted in Xero is asked about, and sent again on request', async () => {
    const bill = await billed();
    payInClio(bill);
    await story.settle();
    story.xero.deletePayment(story.paymentsOn(story.invoiceOf(bill).id)[0]?.id ?? '');
    await story.settle();
    expect(await stateOf(story, bill)).toMatchObject({ status: 'needs-you', reason: 'PAY_DELETED_IN_XERO' });
    expect(await writtenAgain(story, bill)).toEqual([]);
    await answer(story, bill, 'Send the payment to Xero again');
    expect(await stateOf(story, bill)).toEqual(IN_STEP);
    expect(paid(bill)).toEqual(['40000 2026-11-19']);
    expect(await writtenAgain(story, bill)).toEqual([]);
  });

  test('or Xero is left without it, for good', async () => {
    const bill = await billed();
    payInClio(bill);
    await story.settle();
    story.xero.deletePayment(story.paymentsOn(story.invoiceOf(bill).id)[0]?.id ?? '');
    await story.settle();
    await answer(story, bill, 'Leave Xero without it');
    expect(await story.holds(bill)).toEqual([]);
    expect(await writtenAgain(story, bill)).toEqual([]);
    expect(paid(bill)).toEqual([]);
  });

  test('paid from trust into operating: the operating side only', async () => {
    const bill = await billed();
    const trust = story.clio.bankAccounts().find((account) => account.type === 'Trust');
    story.clio.recordPayment({ billIds: [bill], amount: 40_000, date: '2026-11-19', sourceBankAccountId: trust?.id ?? 0 });
    await story.settle();
    expect(await stateOf(story, bill)).toEqual(IN_STEP);
    expect(paid(bill)).toEqual(['40000 2026-11-19']);
    expect(story.xero.bankTransactions(ORGANISATION)).toEqual([]);
    expect(await writtenAgain(story, bill)).toEqual([]);
  });

  test('paid from trust with no account named: never into a default bank', async () => {
    const bill = await billed();
    const trust = story.clio.bankAccounts().find((account) => account.type === 'Trust');
    story.clio.recordPayment({ billIds: [bill], amount: 40_000, sourceBankAccountId: trust?.id ?? 0, bankAccountId: null });
    await story.settle();
    expect(await stateOf(story, bill)).toMatchObject({ status: 'needs-you', reason: 'TRUST_NOT_SET_UP' });
    expect(paid(bill)).toEqual([]);
    expect(await writtenAgain(story, bill)).toEqual([]);
  });
});

describe('recorded in Xero', () => {
  test('the whole bill: it is marked paid in Clio, and nothing comes back', async () => {
    const bill = await billed();
    payInXero(bill, 100_000);
    await story.settle();
    expect(story.clio.bill(bill)).toMatchObject({ state: 'paid', sums: { balance: 0 } });
    expect(await stateOf(story, bill)).toEqual(IN_STEP);
    expect(paid(bill)).toHaveLength(1);
    expect(await writtenAgain(story, bill)).toEqual([]);
  });

  test('part of it: one task for the biller; the recording closes it and is not sent back', async () => {
    const bill = await billed();
    payInXero(bill, 40_000);
    await story.settle();
    expect(await stateOf(story, bill)).toMatchObject({ status: 'needs-you', reason: 'PAY_RECORD_IN_CLIO' });
    expect(tasksOf(bill)).toEqual(['pending']);
    expect(await writtenAgain(story, bill)).toEqual([]);
    payInClio(bill, 40_000, '2026-11-20');
    await story.settle();
    expect(await stateOf(story, bill)).toEqual(IN_STEP);
    expect(tasksOf(bill)).toEqual(['complete']);
    expect(paid(bill)).toEqual(['40000 2026-11-19']);
    expect(await writtenAgain(story, bill)).toEqual([]);
  });

  test('what the biller records in two parts is that one payment: the task is closed, nothing is sent back', async () => {
    const bill = await billed();
    payInXero(bill, 70_000);
    await story.settle();
    const since = story.exchanges.length;
    payInClio(bill, 40_000, '2026-11-20');
    payInClio(bill, 30_000, '2026-11-18');
    await story.settle();
    expect(await stateOf(story, bill)).toEqual(IN_STEP);
    expect(tasksOf(bill)).toEqual(['complete']);
    expect(story.writes('xero', since)).toEqual([]);
    expect(await happened(story, bill)).toEqual(['biller-asked', 'hold-closed', 'hold-opened', 'invoice-created', 'payment-linked']);
    expect(await writtenAgain(story, bill)).toEqual([]);
  });

  test('one payment in Clio that came into the bank in two is linked with both', async () => {
    const bill = await billed();
    const since = story.exchanges.length;
    payInXero(bill, 40_000, '2026-11-18');
    payInXero(bill, 30_000, '2026-11-19');
    payInClio(bill, 70_000, '2026-11-20');
    await story.settle();
    expect(await stateOf(story, bill)).toEqual(IN_STEP);
    expect(story.writes('xero', since)).toEqual([]);
    expect(paid(bill)).toHaveLength(2);
    expect(await writtenAgain(story, bill)).toEqual([]);
  });

  test('one payment over two bills that the bookkeeper entered as one deposit is known on each bill', async () => {
    const [first, second] = [await billed(), await billed()];
    const since = story.exchanges.length;
    story.xero.recordBatch({ invoiceIds: [first, second].map((bill) => story.invoiceOf(bill).id), date: '2026-11-18' });
    story.clio.recordPayment({ billIds: [first, second], amount: 200_000, date: '2026-11-19' });
    await story.settle();
    for (const bill of [first, second]) expect(await stateOf(story, bill)).toEqual(IN_STEP);
    expect(story.writes('xero', since)).toEqual([]);
    expect(await writtenAgain(story, first)).toEqual([]);
  });

  test('deleted again before anybody recorded it: the task is closed', async () => {
    const bill = await billed();
    const payment = payInXero(bill, 40_000);
    await story.settle();
    story.xero.deletePayment(payment.id);
    await story.settle();
    expect(await stateOf(story, bill)).toEqual(IN_STEP);
    expect(tasksOf(bill)).toEqual(['complete']);
    expect(await writtenAgain(story, bill)).toEqual([]);
  });

  test('recorded in both, the bookkeeper being faster: linked, never doubled', async () => {
    const bill = await billed();
    const stop = story.exchanges.length;
    payInXero(bill, 40_000, '2026-11-18');
    payInClio(bill, 40_000, '2026-11-20');
    await story.settle();
    expect(await stateOf(story, bill)).toEqual(IN_STEP);
    expect(paid(bill)).toEqual(['40000 2026-11-18']);
    expect(story.writes('xero', stop)).toEqual([]);
    expect(await writtenAgain(story, bill)).toEqual([]);
  });

  test('recorded in both with different amounts: asked, and sent only when it is another payment', async () => {
    const bill = await billed();
    payInXero(bill, 39_000);
    payInClio(bill, 40_000);
    await story.settle();
    expect(await stateOf(story, bill)).toMatchObject({ status: 'needs-you', holds: ['PAY_MANY_CANDIDATES'] });
    await answer(story, bill, 'It is another payment');
    expect(paid(bill).sort()).toEqual(['39000 2026-11-19', '40000 2026-11-19']);
    expect(await story.holds(bill)).toEqual(['PAY_RECORD_IN_CLIO']);
    expect(await writtenAgain(story, bill)).toEqual([]);
  });

  test('two payments with one mark are found and shown', async () => {
    const bill = await billed();
    payInClio(bill);
    await story.settle();
    const [own] = story.paymentsOn(story.invoiceOf(bill).id);
    story.xero.recordPayment({ invoiceId: story.invoiceOf(bill).id, amount: 10_000, reference: own?.reference ?? '' });
    await story.settle();
    expect(await stateOf(story, bill)).toMatchObject({ status: 'needs-you', reason: 'PAY_TWIN', holds: ['PAY_TWIN'] });
    expect(await writtenAgain(story, bill)).toEqual([]);
  });

  test('a firm that paused sees what waits, and nothing is written to Xero until it goes on', async () => {
    const bill = await billed();
    await changeSettings(story, { mode: 'paused' });
    payInClio(bill);
    const since = story.exchanges.length;
    await story.settle();
    expect(await stateOf(story, bill)).toMatchObject({ status: 'on-its-way', reason: 'PAUSED', holds: [] });
    expect(story.writes('xero', since)).toEqual([]);
    await changeSettings(story, { mode: 'automatic' });
    expect(await stateOf(story, bill)).toEqual(IN_STEP);
    expect(paid(bill)).toEqual(['40000 2026-11-19']);
  });

  test('the firm may want its inbox instead of tasks', async () => {
    await changeSettings(story, { 'payments.fromXero': 'inbox' });
    const bill = await billed();
    payInXero(bill, 40_000);
    await story.settle();
    expect(await stateOf(story, bill)).toMatchObject({ status: 'needs-you', reason: 'PAY_RECORD_IN_CLIO' });
    expect(tasksOf(bill)).toEqual([]);
    expect(await writtenAgain(story, bill)).toEqual([]);
  });
});
