import { aBill, aClient, changeSettings, ORGANISATION, readBooks } from './practice.js';
import { accountId, aHardCost, costHolds, costLine, reconnect, spent, supplierBills, withCosts } from './costs.js';
import { endStories, FIRM, Story } from './story.js';

afterEach(endStories);

/** Presses this button on the only question about a cost. */
async function say(story: Story, button: string): Promise<void> {
  const [hold] = (await story.openHolds()).filter((each) => each.billId.startsWith('expense:') && each.choices.some((choice) => choice.label === button));
  await story.person.open(`${story.world.appUrl}/inbox`);
  await story.person.press(button, {}, `article[aria-labelledby="hold-${hold?.id ?? ''}"] form`);
  await story.settle();
}

const writes = (story: Story, since: number) => [...story.writes('xero', since), ...story.writes('clio', since)];

test('as money spent, once, and never again', async () => {
  const story = await Story.begin();
  const firm = await withCosts(story, { 'costs.hard': 'spend' });
  const cost = aHardCost(story, firm);
  await story.settle();
  expect(spent(story)).toEqual([`55120 CLIO-COST-${cost}, 11900, 620`]);
  expect(await costHolds(story)).toEqual([]);
  expect((await story.activity()).filter((what) => what === 'cost-entered')).toHaveLength(1);
  const since = story.exchanges.length;
  await story.store.marks.want([{ firm: FIRM, kind: 'expense', id: String(cost), priority: 0 }], new Date(story.clock.now()).toISOString());
  await story.settle();
  expect(writes(story, since)).toEqual([]);
});

test('what was paid, billed, recovered, or will never be charged is told by matter', async () => {
  const story = await Story.begin();
  const firm = await withCosts(story, { 'costs.hard': 'spend' });
  const clientId = story.clio.matters().find((each) => each.id === firm.matterId)?.clientId ?? 0;
  const [billed, free, open] = [aHardCost(story, firm), aHardCost(story, firm, { price: 20, nonBillable: true }), aHardCost(story, firm, { price: 7.5 })];
  await story.settle();
  const sums = async () => {
    await story.store.marks.want([billed, free, open].map((id) => ({ firm: FIRM, kind: 'expense', id: String(id), priority: 0 as const })), new Date(story.clock.now()).toISOString());
    await story.settle();
    await story.person.open(`${story.world.appUrl}/costs`);
    return story.person.$('table tbody td').map((_index, each) => story.person.$(each).text().replace(/\s+/g, ' ').trim()).get();
  };
  expect(await sums()).toEqual(['146.50', '0.00', '0.00', '20.00', '146.50USD']);
  expect(story.person.$('#journal').parent().text()).toContain('20.00');

  const bill = aBill(story, { client: { clientId, matterId: firm.matterId }, state: 'awaiting_payment', lines: [{ price: 119, quantity: 1, type: 'LineItem' }] });
  story.clio.putOnBill(billed, bill);
  await story.settle();
  expect(await sums()).toEqual(['146.50', '119.00', '0.00', '20.00', '27.50USD']);
  const since = (await story.store.links.get(FIRM, `expense:c${billed}`))?.cost?.bill?.seenAt;
  await story.pass(60_000);
  story.clio.recordPayment({ billIds: [bill], amount: story.clio.bill(bill).sums.balance });
  await story.settle();
  await story.sweep();
  expect(await sums()).toEqual(['146.50', '119.00', '119.00', '20.00', '27.50USD']);
  expect((await story.store.links.get(FIRM, `expense:c${billed}`))?.cost?.bill?.seenAt).toBe(since);
  await story.person.open(`${story.world.appUrl}/costs.csv`);
  expect(story.person.text).toContain('119.00,119.00,119.00,0.00');
});

test('as a draft bill of the supplier, made because nobody in Xero is like them', async () => {
  const story = await Story.begin();
  const firm = await withCosts(story, { 'costs.hard': 'draft-bill' });
  const cost = aHardCost(story, firm);
  await story.settle();
  expect([supplierBills(story), spent(story)]).toEqual([[`55120 CLIO-COST-${cost}, 11900, DRAFT`], []]);
  expect(story.xero.contacts().filter((contact) => contact.name === 'County Court Office')).toHaveLength(1);
});

test('not at all while that is off, nor later what was entered before', async () => {
  const story = await Story.begin();
  const firm = await withCosts(story, { 'costs.hard': 'off' });
  aHardCost(story, firm);
  await story.settle();
  await story.pass(60_000);
  await changeSettings(story, { 'costs.hard': 'bill' });
  await story.store.marks.want([{ firm: FIRM, kind: 'catch-up', id: 'all', priority: 0 }], new Date(story.clock.now()).toISOString());
  await story.settle();
  expect([supplierBills(story), spent(story), await costHolds(story)]).toEqual([[], [], []]);
});

test('edited and deleted in Clio, it follows, until the bank has it', async () => {
  const story = await Story.begin();
  const firm = await withCosts(story, { 'costs.hard': 'spend' });
  const cost = aHardCost(story, firm);
  await story.settle();
  story.clio.editActivity(cost, { price: 130 });
  await story.settle();
  expect(spent(story)).toEqual([`55120 CLIO-COST-${cost}, 13000, 620`]);
  expect(story.xero.bankTransactions()).toHaveLength(1);

  story.xero.reconcileBankTransaction(story.xero.bankTransactions()[0]?.id ?? '');
  story.clio.editActivity(cost, { price: 140 });
  await story.settle();
  expect([spent(story), await costHolds(story)]).toEqual([[`55120 CLIO-COST-${cost}, 13000, 620`], ['COST_FINAL']]);
  story.clio.editActivity(cost, { price: 130 });
  await story.settle();
  expect(await costHolds(story)).toEqual([]);

  const another = aHardCost(story, firm, { reference: '77' });
  await story.settle();
  expect(spent(story)).toHaveLength(2);
  story.clio.removeActivity(another);
  await story.settle();
  expect(spent(story)).toEqual([`55120 CLIO-COST-${cost}, 13000, 620`]);
});

test('an approved bill is voided when the cost is deleted', async () => {
  const story = await Story.begin();
  const cost = aHardCost(story, await withCosts(story, { 'costs.hard': 'bill' }));
  await story.settle();
  expect(supplierBills(story)).toEqual([`55120 CLIO-COST-${cost}, 11900, AUTHORISED`]);
  story.clio.removeActivity(cost);
  await story.settle();
  expect(supplierBills(story)).toEqual([]);
});

test('what people in Xero did to it is kept or asked about, and in a closed period nothing is undone', async () => {
  const story = await Story.begin();
  const firm = await withCosts(story, { 'costs.hard': 'bill' });
  aHardCost(story, firm, { type: 'SoftCostEntry', quantity: 1, reference: 'copies' });
  const cost = aHardCost(story, firm);
  await story.settle();
  expect(supplierBills(story)).toEqual([`55120 CLIO-COST-${cost}, 11900, AUTHORISED`]);
  const [document] = story.xero.invoices(ORGANISATION).filter((each) => each.number === `55120 CLIO-COST-${cost}`);
  const lines = (document?.lines ?? []).map((line) => costLine(story, { LineItemID: line.id, UnitAmount: 119, TaxType: 'NONE' }));
  story.xero.editInvoice(document?.id ?? '', { LineItems: lines });
  story.clio.editActivity(cost, { price: 130 });
  await story.settle();
  const moved = story.xero.invoices(ORGANISATION).find((each) => each.id === document?.id);
  expect(moved).toMatchObject({ total: 13_000, lines: [{ accountId: accountId(story, '400') }] });

  story.xero.voidInvoice(document?.id ?? '');
  await story.pass(70 * 60_000);
  expect([supplierBills(story), await costHolds(story)]).toEqual([[], ['COST_REMOVED_IN_XERO']]);
  await say(story, 'Enter it in Xero again');
  expect([supplierBills(story).length, await costHolds(story)]).toEqual([1, []]);

  story.xero.setLockDates(ORGANISATION, { period: '2026-11-19' });
  await readBooks(story);
  story.clio.removeActivity(cost);
  await story.settle();
  expect([supplierBills(story).length, await costHolds(story)]).toEqual([1, ['PERIOD_CLOSED']]);
});

test('on the account of its category, and only after somebody looked at it where the firm reviews first; billed, it is not entered again', async () => {
  const story = await Story.begin();
  const [category] = story.clio.expenseCategories();
  const firm = await withCosts(story, { 'costs.hard': 'bill' });
  await changeSettings(story, { mode: 'review', 'income.rules.0.on': `category:${category?.id ?? 0}`, 'income.rules.0.account': '400' });
  const cost = aHardCost(story, firm);
  await story.settle();
  expect([supplierBills(story), await costHolds(story)]).toEqual([[], ['READY_FOR_REVIEW']]);
  await say(story, 'Enter it in Xero');
  expect([supplierBills(story), await costHolds(story)]).toEqual([[`55120 CLIO-COST-${cost}, 11900, AUTHORISED`], []]);
  expect(story.xero.invoices(ORGANISATION).find((each) => each.number.includes(`COST-${cost}`))?.lines.map((line) => line.accountId)).toEqual([accountId(story, '400')]);
  const since = story.exchanges.length;
  story.clio.putOnBill(cost, aBill(story, { client: { clientId: story.clio.matters().find((each) => each.id === firm.matterId)?.clientId ?? 0, matterId: firm.matterId }, state: 'draft', lines: [{ price: 100, quantity: 1, type: 'LineItem' }] }));
  await story.settle();
  expect([story.writes('xero', since), supplierBills(story).length, await costHolds(story)]).toEqual([[], 1, []]);
});

test('without a supplier it waits for somebody, and goes once there is one', async () => {
  const story = await Story.begin();
  const firm = await withCosts(story, { 'costs.hard': 'bill' });
  const cost = aHardCost(story, firm, { vendorId: null });
  await story.settle();
  expect([supplierBills(story), await costHolds(story)]).toEqual([[], ['SUPPLIER_UNKNOWN']]);
  story.clio.editActivity(cost, { vendorId: firm.vendorId });
  await story.settle();
  expect([supplierBills(story), await costHolds(story)]).toEqual([[`55120 CLIO-COST-${cost}, 11900, AUTHORISED`], []]);
});

test.each(['spend', 'bill'])('an answer lost after Xero committed makes no second one: %s', async (hard) => {
  const story = await Story.begin();
  const firm = await withCosts(story, { 'costs.hard': hard });
  story.xero.injectFault({ kind: 'drop-after-commit', method: 'PUT', path: hard === 'spend' ? /\/BankTransactions$/ : /\/Invoices$/, times: 1 });
  const cost = aHardCost(story, firm);
  await story.settle();
  expect([...spent(story), ...supplierBills(story)]).toEqual([expect.stringContaining(`CLIO-COST-${cost}`)]);
  expect(await costHolds(story)).toEqual([]);
});

test('money spent waits for the permission, which connecting again asks for', async () => {
  const story = await Story.begin();
  await story.ready();
  const firm = await withCostsUnconnected(story);
  const cost = aHardCost(story, firm);
  await story.settle();
  expect([spent(story), await costHolds(story)]).toEqual([[], ['CONN_XERO_COSTS', 'CONN_XERO_COSTS']]);
  await story.person.open(`${story.world.appUrl}/inbox`);
  expect(story.person.text).toContain('Xero has not allowed us to see money spent');
  await reconnect(story);
  expect([spent(story), await costHolds(story)]).toEqual([[`55120 CLIO-COST-${cost}, 11900, 620`], []]);
});

async function withCostsUnconnected(story: Story) {
  const { matterId, clientId } = aClient(story);
  await changeSettings(story, { 'costs.hard': 'spend', 'costs.account': '620', 'costs.bankAccount': accountId(story, '090') });
  return { matterId, vendorId: clientId };
}
