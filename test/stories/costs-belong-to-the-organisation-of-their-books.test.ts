import { PRIORITY } from '../../src/store/store.js';
import { aHardCost, costHolds, costLine, costsOn, supplierBill, withCosts } from './costs.js';
import { connectSecond, openOrganisations, saveRules, SECOND, setUpSecond } from './organisations.js';
import { aBill, aClient, IN_STEP, ORGANISATION, stateOf } from './practice.js';
import { endStories, FIRM, Story } from './story.js';

afterEach(endStories);

const sentCosts = (story: Story, name: string) => story.xero.invoices(name).filter((each) => each.type === 'ACCPAY' && each.number.includes('CLIO-COST')).map((each) => each.number);

/** What the schedule does every hour. */
async function lookAgain(story: Story, kind: 'catch-up' | 'books' | 'nightly' = 'catch-up'): Promise<void> {
  await story.pass(60_000);
  await story.store.marks.want([{ firm: FIRM, kind, id: 'all', priority: 0 }], new Date(story.clock.now()).toISOString());
  await story.settle();
}

/** Two organisations that take costs, and a client whose costs a rule leads to the second. */
async function twoWithCosts(story: Story) {
  const first = await withCosts(story, { 'costs.hard': 'draft-bill' });
  await connectSecond(story);
  await setUpSecond(story, { 'costs.hard': 'draft-bill', 'costs.account': '620' });
  const client = aClient(story, { name: 'Cost Client Ltd' });
  await saveRules(story, [['client', String(client.clientId), SECOND]]);
  return { first, client };
}

test('a cost entered in Clio goes to the books of its matter; one that no rule places asks, and goes by itself once there is a rule', async () => {
  const story = await Story.begin();
  const { first, client } = await twoWithCosts(story);
  const [here, there] = [aHardCost(story, first), aHardCost(story, { ...first, matterId: client.matterId })];
  await story.settle();
  expect([sentCosts(story, ORGANISATION), sentCosts(story, SECOND)]).toEqual([[`55120 CLIO-COST-${here}`], [`55120 CLIO-COST-${there}`]]);

  await saveRules(story, [['client', '', SECOND]], '');
  const unplaced = aHardCost(story, { ...first, matterId: client.matterId });
  await story.settle();
  expect(await costHolds(story)).toEqual(['ROUTE_UNCLEAR']);
  await saveRules(story, [['client', String(client.clientId), SECOND]], '');
  expect(sentCosts(story, SECOND)).toContain(`55120 CLIO-COST-${unplaced}`);
  expect(await costHolds(story)).toEqual([]);
});

test('an organisation that refuses its costs holds up nobody else: the costs and bills of the others go on, and its own go once it is back', async () => {
  const story = await Story.begin();
  const { first, client } = await twoWithCosts(story);
  story.xero.disconnect(SECOND);
  // All three are owed when the one is refused.
  const [there, here, bill] = [aHardCost(story, { ...first, matterId: client.matterId }), aHardCost(story, first), aBill(story)];
  await story.clio.settled();
  await story.store.marks.want([{ firm: FIRM, kind: 'expense', id: String(there), priority: PRIORITY.person }], new Date(story.clock.now()).toISOString());
  await story.quiet();
  await story.pass(60_000);
  expect([sentCosts(story, ORGANISATION), sentCosts(story, SECOND), await stateOf(story, bill)]).toEqual([[`55120 CLIO-COST-${here}`], [], IN_STEP]);
  expect((await story.marks()).find((each) => each.id === String(there))?.lastReason).toMatch(/^(CONN_XERO_REMOVED|ORG_NOT_CONNECTED)$/);

  await openOrganisations(story);
  await story.person.follow(`Connect again: ${SECOND}`);
  await story.person.open(story.xero.consent({ authorizeUrl: story.person.url.href, organisation: SECOND }));
  await story.settle();
  expect(sentCosts(story, SECOND)).toEqual([`55120 CLIO-COST-${there}`]);
});

test('a cost entered in the books of a further organisation comes to Clio and stays with these books, wherever the bills of its matter go', async () => {
  const story = await Story.begin();
  const first = await withCosts(story, { 'costs.importFromXero': 'on' });
  await connectSecond(story);
  await setUpSecond(story, { 'costs.importFromXero': 'on', 'costs.hard': 'draft-bill', 'costs.account': '620' });
  await saveRules(story, [['office', 'Nowhere', SECOND]]);
  const matter = story.clio.matters().find((each) => each.id === first.matterId);
  const { categoryId, optionId } = story.xero.addTrackingOption(SECOND, { category: 'Office', name: matter?.displayNumber ?? '' });
  await lookAgain(story, 'books');
  const account = (code: string) => story.xero.accounts(SECOND).find((each) => each.code === code)?.id ?? '';
  const line = (change: Record<string, unknown> = {}) => costLine(story, { AccountID: account('400'), Tracking: [{ TrackingCategoryID: categoryId, TrackingOptionID: optionId }], ...change });
  const bill = story.xero.createInvoice(SECOND, supplierBill(story, { LineItems: [line(), line({ UnitAmount: 30 })] }));
  const bank = story.xero.accounts(SECOND).find((each) => each.type === 'BANK')?.id ?? '';
  story.xero.createBankTransaction(SECOND, { Type: 'SPEND', Contact: { Name: 'City Couriers' }, BankAccount: { AccountID: bank }, Date: '2026-11-20', Reference: '4471', LineAmountTypes: 'NoTax', LineItems: [line({ UnitAmount: 12.5 })] });
  await lookAgain(story);
  const brought = ['HardCostEntry, 12.5, 2026-11-20', 'HardCostEntry, 30, 2026-11-20', 'HardCostEntry, 85, 2026-11-20'];
  expect(costsOn(story, first.matterId).sort()).toEqual(brought);

  // Clio announces them, and every night all are looked at again: neither sends them anywhere, or takes them for gone.
  const since = story.exchanges.length;
  await lookAgain(story, 'nightly');
  await lookAgain(story);
  expect([...story.writes('clio', since), ...story.writes('xero', since)]).toEqual([]);
  expect([sentCosts(story, ORGANISATION), sentCosts(story, SECOND), await costHolds(story)]).toEqual([[], [], []]);

  const lines = story.xero.invoices(SECOND).find((each) => each.id === bill.id)?.lines ?? [];
  story.xero.editInvoice(bill.id, { LineItems: lines.map((each, index) => line({ LineItemID: each.id, UnitAmount: index === 0 ? 90 : 30 })) });
  await lookAgain(story);
  expect(costsOn(story, first.matterId).sort()).toEqual(['HardCostEntry, 12.5, 2026-11-20', 'HardCostEntry, 30, 2026-11-20', 'HardCostEntry, 90, 2026-11-20']);
  story.xero.voidInvoice(bill.id);
  await lookAgain(story);
  expect(costsOn(story, first.matterId)).toEqual(['HardCostEntry, 12.5, 2026-11-20']);
});

test('a further organisation that may not see money spent is named until it may', async () => {
  const story = await Story.begin();
  await story.ready();
  await connectSecond(story);
  await setUpSecond(story, { 'costs.importFromXero': 'on' });
  await openOrganisations(story);
  expect(story.person.$('.alarm').text()).toContain(`${SECOND}: Xero has not allowed us to see money spent.`);
  await story.person.open(story.person.$('.alarm a').attr('href') ?? '');
  await story.person.open(story.xero.consent({ authorizeUrl: story.person.url.href, organisation: SECOND }));
  await story.settle();
  await openOrganisations(story);
  expect(story.person.$('.alarm').text()).toBe('');
});
