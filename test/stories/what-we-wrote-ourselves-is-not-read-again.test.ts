import { aBill, aClient, IN_STEP, stateOf } from './practice.js';
import { endStories, Story } from './story.js';

let story: Story;
beforeAll(async () => {
  story = await Story.begin();
  await story.ready({ 'credits.treatment': 'reduction' });
  // The first catch-up after a start comes five minutes later; the next not within this story.
  await story.pass(6 * 60_000);
});
afterAll(endStories);

/** Calls to Xero's books since, in order. */
const callsSince = (since: number) => story.exchanges.slice(since).filter((each) => each.vendor === 'xero' && each.path.includes('/api.xro/')).map((each) => `${each.method} ${each.path.replace(/.*2\.0\//, '')}`);
const notices = () => story.xero.deliveries().flatMap((each) => each.resourceIds).length;

test('the notices of an invoice, a contact and a payment that we made ourselves cost no call', async () => {
  const heard = notices();
  const bill = aBill(story, { client: aClient(story) });
  await story.settle();
  story.clio.recordPayment({ billIds: [bill], amount: 40_000, date: '2026-11-19' });
  await story.settle();
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  const lastWrite = story.exchanges.findLastIndex((each) => each.vendor === 'xero' && each.method !== 'GET');
  // The look after the payment is what the notices are held against.
  expect(callsSince(lastWrite)).toEqual(['PUT Payments', 'GET Invoices']);
  expect(notices()).toBeGreaterThanOrEqual(heard + 3);
});

test('nor do those of a credit note', async () => {
  const bill = aBill(story);
  await story.settle();
  const heard = notices();
  story.clio.recordCredit({ billId: bill, amount: 12_345 });
  await story.settle();
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  const lastWrite = story.exchanges.findLastIndex((each) => each.vendor === 'xero' && each.method !== 'GET');
  const looks = callsSince(lastWrite).filter((call) => call.startsWith('GET'));
  expect(looks).toEqual([expect.stringMatching(/^GET CreditNotes\/.+/), 'GET Invoices', 'GET CreditNotes']);
  expect(notices()).toBeGreaterThan(heard);
});

test('what a person changes in Xero afterwards is read, also when the notice of our own writing comes late with it', async () => {
  const bill = aBill(story);
  await story.settle();
  await story.pass(60_000);
  const since = story.exchanges.length;
  const own = story.xero.deliveries().find((each) => each.resourceIds.includes(story.invoiceOf(bill).id));
  story.xero.recordPayment({ invoiceId: story.invoiceOf(bill).id, amount: 100_000, date: '2026-11-19' });
  await story.xero.redeliver(own?.id ?? '');
  await story.settle();
  expect(callsSince(since)).toContain('GET Invoices');
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(story.clio.bill(bill).state).toBe('paid');
});
