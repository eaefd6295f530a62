import { PRIORITY } from '../../src/store/store.js';
import { aBill, aClient, IN_STEP, ORGANISATION, stateOf } from './practice.js';
import { endStories, FIRM, Story } from './story.js';

afterEach(endStories);

const DAY = 86_400_000;
const MINUTE = 60_000;
const cursors = async (story: Story) => (await story.store.cursors.list(FIRM)).filter(({ id }) => id.startsWith('clio:') || id.startsWith('xero:'));

test('four days off, edits on both sides, no notice ever heard of: a quarter of an hour after the start both sides are equal or somebody is asked', async () => {
  const story = await Story.begin();
  await story.ready();
  const client = aClient(story);
  const names = ['paid in Clio', 'edited in Clio', 'void in Clio', 'deleted in Clio', 'paid in Xero', 'void in Xero', 'left alone'] as const;
  const bills = new Map(names.map((name) => [name, aBill(story, { client })]));
  const bill = (name: (typeof names)[number]): number => bills.get(name) ?? 0;
  await story.settle();
  const gone = story.invoiceOf(bill('deleted in Clio')).id;

  // What the vendors would have told later is lost.
  story.clio.setFeature('webhookRetries', 0);
  story.world.xero.switches.webhookLosses = true;
  await story.off(DAY);
  story.clio.recordPayment({ billIds: [bill('paid in Clio')], amount: 40_000 });
  story.clio.addLine(bill('edited in Clio'), { price: 250, quantity: 1 });
  await story.clock.advance(DAY);
  story.xero.recordPayment({ invoiceId: story.invoiceOf(bill('paid in Xero')).id, amount: 100_000 });
  story.xero.voidInvoice(story.invoiceOf(bill('void in Xero')).id);
  await story.clock.advance(DAY);
  story.clio.voidBill(bill('void in Clio'));
  story.clio.deleteBill(bill('deleted in Clio'));
  // More than a page of Clio's, which gives two hundred at a time.
  const fresh = Array.from({ length: 6 }, () => aBill(story, { client }));
  const drafts = Array.from({ length: 200 }, () => aBill(story, { client, state: 'draft' }));
  await story.clock.advance(DAY);

  await Promise.all([story.clio.settled(), story.xero.settled()]);
  const before = new Date(story.clock.now()).toISOString();
  // The second page of the first look fails, and fails again when it is asked for once more.
  story.clio.injectFault({ kind: 'drop-before', method: 'GET', path: /\/bills\.json$/, after: 1, times: 3 });
  const since = story.exchanges.length;
  await story.on();
  await story.pass(15 * MINUTE);
  await story.settle();

  const asked = story.exchanges.slice(since).filter(({ vendor, method, path }) => vendor === 'clio' && method === 'GET' && /\/bills\.json/.test(path));
  const looks = asked.map(({ query }) => new URLSearchParams(query)).filter((query) => query.has('updated_since') && !query.has('state'));
  // Page one, then, with the cursor where it was, page one and two.
  expect(looks.slice(0, 3).map((query) => query.has('page_token'))).toEqual([false, false, true]);
  expect(looks[1]?.get('updated_since')).toBe(looks[0]?.get('updated_since'));
  for (const each of await cursors(story)) expect(each.at >= before).toBe(true);
  expect(await Promise.all(drafts.map(async (id) => (await story.link(id))?.reason))).toEqual(drafts.map(() => 'NOT_APPROVED_YET'));
  for (const name of ['edited in Clio', 'left alone', 'paid in Clio', 'paid in Xero'] as const) expect([name, await stateOf(story, bill(name))]).toEqual([name, IN_STEP]);
  expect(story.paymentsOn(story.invoiceOf(bill('paid in Clio')).id).map((payment) => payment.amount)).toEqual([40_000]);
  expect(story.clio.bill(bill('paid in Xero'))).toMatchObject({ state: 'paid', sums: { balance: 0 } });
  expect(await story.holds(bill('void in Xero'))).toEqual(['REMOVED_IN_XERO']);
  expect(story.invoicesOf(bill('void in Clio'))).toEqual([]);
  expect(story.xero.invoices(ORGANISATION).find(({ id }) => id === gone)?.status).toBe('VOIDED');
  for (const id of fresh) expect(story.invoicesOf(id)).toHaveLength(1);
  expect(await story.marks()).toEqual([]);
  const writes = story.exchanges.length;
  await story.store.marks.want([{ firm: FIRM, kind: 'catch-up', id: 'everything', priority: PRIORITY.person }], new Date(story.clock.now()).toISOString());
  await story.settle();
  expect([...story.writes('xero', writes), ...story.writes('clio', writes)]).toEqual([]);
}, 120_000);

test('what no list of changes ever told of is found at night', async () => {
  const story = await Story.begin();
  await story.ready();
  const bill = aBill(story);
  await story.settle();
  // Longer than the overlap with which Clio's side is read again.
  await story.pass(10 * MINUTE);
  await story.sweep();
  story.world.xero.switches.webhookLosses = true;
  story.xero.voidInvoice(story.invoiceOf(bill).id);
  // As if the list had lagged: the sweep has been there already.
  for (const each of await story.store.cursors.list(FIRM)) if (each.id.startsWith('xero:')) await story.store.cursors.replace({ ...each, at: new Date(story.clock.now() + 10 * MINUTE).toISOString() });
  await story.sweep();
  expect(await story.holds(bill)).toEqual([]);
  await story.store.marks.want([{ firm: FIRM, kind: 'nightly', id: 'all', priority: PRIORITY.sweep }], new Date(story.clock.now()).toISOString());
  await story.settle();
  expect(await story.holds(bill)).toEqual(['REMOVED_IN_XERO']);
});
