import { aBill, answer, happened, IN_STEP, ORGANISATION, postings, readBooks, stateOf, writtenAgain, changeSettings } from './practice.js';
import { endStories, Story } from './story.js';

let story: Story;
beforeAll(async () => {
  story = await Story.begin();
  await story.ready();
});
afterAll(endStories);

const waiting = (reason: string) => ({ status: 'needs-you', reason, holds: [reason], differences: ['no invoice'] });

test('a bill in a closed period waits, and goes by itself when the lock date moves', async () => {
  story.xero.setLockDates(ORGANISATION, { period: '2026-11-19' });
  await readBooks(story);
  const bill = aBill(story);
  await story.settle();
  expect(await stateOf(story, bill)).toEqual(waiting('PERIOD_CLOSED'));
  expect(await writtenAgain(story, bill)).toEqual([]);
  story.xero.setLockDates(ORGANISATION, { period: '2026-10-31' });
  await readBooks(story);
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(await happened(story, bill)).toEqual(['hold-closed', 'hold-opened', 'invoice-created', 'sync-asked']);
  expect(await writtenAgain(story, bill)).toEqual([]);
  story.xero.setLockDates(ORGANISATION, {});
  await readBooks(story);
});

test('a bill in a closed period goes to the first open day as a draft, where the firm wants that, and is approved by a person', async () => {
  story.xero.setLockDates(ORGANISATION, { period: '2026-11-19' });
  await readBooks(story);
  await changeSettings(story, { lockPolicy: 'draft' });
  const bill = aBill(story);
  await story.settle();
  expect(await stateOf(story, bill)).toMatchObject({ status: 'needs-you', reason: 'STUCK_DRAFT', holds: ['STUCK_DRAFT'] });
  expect(story.invoiceOf(bill)).toMatchObject({ status: 'DRAFT', date: '2026-11-20', total: 100_000 });
  await answer(story, bill, 'Approve invoice');
  expect(story.invoiceOf(bill).status).toBe('AUTHORISED');
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(await writtenAgain(story, bill)).toEqual([]);
  await changeSettings(story, { lockPolicy: 'hold' });
  story.xero.setLockDates(ORGANISATION, {});
  await readBooks(story);
});

test('books locked a moment ago, unknown to us: Xero refuses, the bill waits, says which day is locked, and goes on later', async () => {
  await story.clock.advance(6_000);
  story.xero.setLockDates(ORGANISATION, { period: '2026-11-19' });
  const bill = aBill(story);
  await story.settle();
  expect(await stateOf(story, bill)).toEqual(waiting('PERIOD_CLOSED'));
  expect((await story.openHolds(bill)).map(({ facts }) => facts)).toEqual([{ date: '19 November 2026', lockedThrough: '19 November 2026' }]);
  story.xero.setLockDates(ORGANISATION, {});
  await readBooks(story);
  await writtenAgain(story, bill);
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
});

test('a payment in a closed period waits while its invoice is in step, and goes when the lock date moves', async () => {
  const bill = aBill(story);
  await story.settle();
  story.xero.setLockDates(ORGANISATION, { period: '2026-11-19' });
  await readBooks(story);
  story.clio.recordPayment({ billIds: [bill], amount: 40_000, date: '2026-11-19' });
  await story.settle();
  expect(await stateOf(story, bill)).toEqual({ ...waiting('PERIOD_CLOSED'), differences: ['open amount'] });
  story.xero.setLockDates(ORGANISATION, {});
  await readBooks(story);
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(story.paymentsOn(story.invoiceOf(bill).id)).toHaveLength(1);
});

test('a person who added the currency and presses the button at once is believed', async () => {
  const bill = aBill(story, { currencyId: 3 });
  await story.settle();
  expect(await stateOf(story, bill)).toEqual(waiting('CURRENCY_NOT_ENABLED'));
  await story.clock.advance(6_000);
  story.xero.addCurrency(ORGANISATION, { code: 'GBP', description: 'British Pound', rate: 0.78 });
  await writtenAgain(story, bill);
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
});

test('an account archived a moment ago, unknown to us: Xero refuses, and the bill names the account', async () => {
  await story.clock.advance(6_000);
  const costs = story.xero.accounts(ORGANISATION).find((account) => account.code === '260');
  const bill = aBill(story, { lines: [{ price: 40, quantity: 1, kind: 'Expense', cost: 'soft' }] });
  story.xero.archiveAccount(costs?.id ?? '');
  await story.settle();
  expect([await stateOf(story, bill), (await story.openHolds(bill)).map(({ facts }) => facts['code'])]).toEqual([waiting('ACCOUNT_GONE'), ['260']]);
  await changeSettings(story, { 'income.softCostAccount': '210' });
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
});

test('an archived account keeps the bill back until the settings choose another', async () => {
  const fees = story.xero.accounts(ORGANISATION).find((account) => account.code === '200');
  story.xero.archiveAccount(fees?.id ?? '');
  await readBooks(story);
  const bill = aBill(story);
  await story.settle();
  expect(await stateOf(story, bill)).toEqual(waiting('ACCOUNT_GONE'));
  await changeSettings(story, { 'income.feeAccount': '210' });
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(postings(story, bill)).toEqual(['210: 100000 + 0']);
  expect(await writtenAgain(story, bill)).toEqual([]);
});
