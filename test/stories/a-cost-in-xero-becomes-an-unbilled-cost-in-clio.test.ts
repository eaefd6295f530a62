import { aBill, aClient, changeSettings, ORGANISATION } from './practice.js';
import { accountId, aHardCost, costHolds, costLine, costsOn, spent, supplierBill, supplierBills, withCosts, type CostFirm } from './costs.js';
import { endStories, FIRM, Story } from './story.js';

afterEach(endStories);

interface Imports extends CostFirm {
  clientId: number;
  /** Tags a line with the matter. */
  tag: { TrackingCategoryID: string; TrackingOptionID: string };
}

async function importing(story: Story, fields: Record<string, string> = {}): Promise<Imports> {
  const firm = await withCosts(story, { 'costs.importFromXero': 'on', ...fields });
  const matter = story.clio.matters().find((each) => each.id === firm.matterId);
  const { categoryId, optionId } = story.xero.addTrackingOption(ORGANISATION, { category: 'Office', name: matter?.displayNumber ?? '' });
  await want(story, 'books');
  return { ...firm, clientId: matter?.clientId ?? 0, tag: { TrackingCategoryID: categoryId, TrackingOptionID: optionId } };
}

async function want(story: Story, kind: 'books' | 'catch-up' | 'nightly'): Promise<void> {
  await story.pass(60_000);
  await story.store.marks.want([{ firm: FIRM, kind, id: 'all', priority: 0 }], new Date(story.clock.now()).toISOString());
  await story.settle();
}

/** What the schedule does every hour. */
const lookAgain = (story: Story): Promise<void> => want(story, 'catch-up');

const spend = (story: Story, lines: Record<string, unknown>[]) => story.xero.createBankTransaction(ORGANISATION, { Type: 'SPEND', Contact: { Name: 'City Couriers' }, BankAccount: { AccountID: accountId(story, '090') }, Date: '2026-11-20', Reference: '4471', LineAmountTypes: 'NoTax', LineItems: lines });

test('from bills and from money spent, one for each tagged line, once', async () => {
  const story = await Story.begin();
  const { matterId, tag } = await importing(story);
  story.xero.createInvoice(ORGANISATION, supplierBill(story, { LineItems: [costLine(story, { Tracking: [tag] }), costLine(story, { UnitAmount: 20 }), costLine(story, { UnitAmount: 30, Tracking: [tag] })] }));
  spend(story, [costLine(story, { UnitAmount: 12.5, Tracking: [tag] })]);
  await lookAgain(story);
  const brought = ['HardCostEntry, 85, 2026-11-20', 'HardCostEntry, 30, 2026-11-20', 'HardCostEntry, 12.5, 2026-11-20'];
  expect(costsOn(story, matterId).sort()).toEqual([...brought].sort());
  const since = story.exchanges.length;
  await lookAgain(story);
  await lookAgain(story);
  expect([...story.writes('clio', since), ...story.writes('xero', since)]).toEqual([]);
  expect([costsOn(story, matterId).length, spent(story).length, supplierBills(story).length, await costHolds(story)]).toEqual([3, 1, 1, []]);
});

test('but not what came from Clio in the first place, also when it is tagged with its matter', async () => {
  const story = await Story.begin();
  const firm = await importing(story, { 'costs.hard': 'spend' });
  aHardCost(story, firm);
  await story.settle();
  const [document] = story.xero.bankTransactions();
  story.xero.editBankTransaction(document?.id ?? '', { LineItems: (document?.lines ?? []).map((line) => ({ LineItemID: line.id, Description: line.description, Quantity: 1, UnitAmount: 119, AccountID: line.accountId, TaxType: 'NONE', Tracking: [firm.tag] })) });
  await lookAgain(story);
  await lookAgain(story);
  expect([costsOn(story, firm.matterId), spent(story).length, await costHolds(story)]).toEqual([['HardCostEntry, 119, 2026-11-18'], 1, []]);
});

test('a draft comes once it is approved, a line of two matters once one tag is left', async () => {
  const story = await Story.begin();
  const { matterId, tag } = await importing(story);
  const second = aClient(story).matterId;
  const { categoryId, optionId } = story.xero.addTrackingOption(ORGANISATION, { category: 'Practice area', name: story.clio.matters().find((each) => each.id === second)?.displayNumber ?? '' });
  await want(story, 'books');
  const draft = story.xero.createInvoice(ORGANISATION, supplierBill(story, { Status: 'DRAFT', LineItems: [costLine(story, { Tracking: [tag] })] }));
  const both = spend(story, [costLine(story, { UnitAmount: 30, Tracking: [tag, { TrackingCategoryID: categoryId, TrackingOptionID: optionId }] })]);
  await lookAgain(story);
  expect([costsOn(story, matterId), await costHolds(story)]).toEqual([[], ['COST_MATTER_UNCLEAR']]);
  story.xero.editInvoice(draft.id, { Status: 'AUTHORISED' });
  story.xero.editBankTransaction(both.id, { LineItems: both.lines.map((line) => costLine(story, { LineItemID: line.id, UnitAmount: 30, Tracking: [tag] })) });
  await lookAgain(story);
  expect([costsOn(story, matterId).sort(), costsOn(story, second), await costHolds(story)]).toEqual([['HardCostEntry, 30, 2026-11-20', 'HardCostEntry, 85, 2026-11-20'], [], []]);
});

test('it follows its line until it is on a bill', async () => {
  const story = await Story.begin();
  const { matterId, clientId, tag } = await importing(story);
  const transaction = spend(story, [costLine(story, { Tracking: [tag] })]);
  await lookAgain(story);
  const change = async (amount: number) => {
    const lines = story.xero.bankTransactions().find((each) => each.id === transaction.id)?.lines ?? [];
    story.xero.editBankTransaction(transaction.id, { LineItems: lines.map((line) => costLine(story, { LineItemID: line.id, UnitAmount: amount, Tracking: [tag] })) });
    await lookAgain(story);
  };
  await change(90);
  expect(costsOn(story, matterId)).toEqual(['HardCostEntry, 90, 2026-11-20']);

  story.clio.putOnBill(story.clio.activities().find((each) => each.matterId === matterId)?.id ?? 0, aBill(story, { client: { clientId, matterId }, state: 'draft', lines: [{ price: 100, quantity: 1, type: 'LineItem' }] }));
  await change(95);
  expect([costsOn(story, matterId).filter((each) => each.startsWith('Hard')), await costHolds(story)]).toEqual([['HardCostEntry, 90, 2026-11-20'], ['COST_BILLED']]);
  await change(90);
  expect(await costHolds(story)).toEqual([]);
});

test('voided in Xero, it goes; deleted in Clio, it stays away', async () => {
  const story = await Story.begin();
  const { matterId, tag } = await importing(story);
  const bill = story.xero.createInvoice(ORGANISATION, supplierBill(story, { LineItems: [costLine(story, { Tracking: [tag] })] }));
  spend(story, [costLine(story, { UnitAmount: 7, Tracking: [tag] })]);
  await lookAgain(story);
  expect(costsOn(story, matterId)).toHaveLength(2);
  story.xero.voidInvoice(bill.id);
  await lookAgain(story);
  expect(costsOn(story, matterId)).toEqual(['HardCostEntry, 7, 2026-11-20']);
  story.clio.removeActivity(story.clio.activities().find((each) => each.matterId === matterId)?.id ?? 0);
  await want(story, 'nightly');
  await lookAgain(story);
  expect([costsOn(story, matterId), await costHolds(story)]).toEqual([[], []]);
});

test.each(['drop-after-commit', 'drop-before', 'status-500-after-commit'] as const)('an answer of Clio lost makes no second one: %s', async (kind) => {
  const story = await Story.begin();
  const { matterId, tag } = await importing(story);
  story.clio.injectFault({ kind, method: 'POST', path: 'activities', times: 1 });
  spend(story, [costLine(story, { Tracking: [tag] })]);
  await lookAgain(story);
  expect([costsOn(story, matterId), spent(story).length]).toEqual([['HardCostEntry, 85, 2026-11-20'], 1]);
});

test('firms whose Clio knows no hard costs get plain expenses', async () => {
  const story = await Story.begin({ clioSwitches: { hardAndSoftCosts: false } });
  const { matterId, tag } = await importing(story);
  spend(story, [costLine(story, { Tracking: [tag] })]);
  await lookAgain(story);
  await lookAgain(story);
  expect(costsOn(story, matterId)).toEqual(['ExpenseEntry, 85, 2026-11-20']);
});

test('dated before it was switched on, nothing comes; and nothing more once it is off', async () => {
  const story = await Story.begin();
  const { matterId, tag } = await importing(story);
  story.xero.createInvoice(ORGANISATION, supplierBill(story, { Date: '2026-11-01', LineItems: [costLine(story, { Tracking: [tag] })] }));
  await lookAgain(story);
  await changeSettings(story, { 'costs.importFromXero': '' });
  spend(story, [costLine(story, { Tracking: [tag] })]);
  await lookAgain(story);
  await lookAgain(story);
  expect(costsOn(story, matterId)).toEqual([]);
  expect(story.clio.webhooks().map((each) => each.model)).not.toContain('activity');
});
