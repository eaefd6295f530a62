import { aBill, aClient, IN_STEP, stateOf } from './practice.js';
import { endStories, Story } from './story.js';

afterEach(endStories);

const MINUTE = 60_000;

/** What Xero was asked while this happened and until nothing was owed: `GET Invoices by IDs`. */
async function asked(story: Story, happens: () => unknown): Promise<string[]> {
  const before = story.xero.calls().length;
  happens();
  await story.settle();
  return story.xero.calls().slice(before).map(({ method, path, query }) => {
    const by = ['IDs', 'InvoiceNumbers', 'ContactIDs', 'where'].find((name) => new URLSearchParams(query).has(name));
    return `${method} ${path.replace(/^.*\/2\.0\//, '').replace(/[0-9a-f-]{36}/, 'one')}${by ? ` by ${by}` : ''}`;
  });
}

test('Xero is asked before each write and believed when it answers; its notices of what we wrote ourselves cost nothing', async () => {
  const story = await Story.begin();
  await story.ready();
  await story.pass(2 * MINUTE);
  const client = aClient(story);
  await story.settle();
  const bills: number[] = [];
  const first = await asked(story, () => bills.push(aBill(story, { client })));
  const second = await asked(story, () => bills.push(aBill(story, { client })));
  expect(first).toEqual(['GET Invoices by InvoiceNumbers', 'GET Contacts by where', 'PUT Contacts', 'GET Invoices by ContactIDs', 'PUT Invoices']);
  expect(second).toEqual(['GET Invoices by InvoiceNumbers', 'GET Invoices by ContactIDs', 'PUT Invoices']);

  const [paidInClio = 0, paidInXero = 0] = bills;
  await story.pass(5 * MINUTE);
  const edit = () => story.clio.editLine(story.clio.bill(paidInClio).lines[0]?.id ?? 0, { price: 260 });
  expect(await asked(story, edit)).toEqual(['GET Invoices by IDs', 'POST Invoices']);
  await story.pass(6 * MINUTE);
  expect(await asked(story, () => story.clio.recordPayment({ billIds: [paidInClio], amount: 104_000 }))).toEqual(['GET Invoices by IDs', 'GET Organisation', 'PUT Payments', 'GET Invoices by IDs']);
  expect(await asked(story, () => story.xero.recordPayment({ invoiceId: story.invoiceOf(paidInXero).id }))).toEqual(['GET Invoices by IDs', 'GET Invoices by IDs']);
  for (const bill of bills) expect(await stateOf(story, bill)).toEqual(IN_STEP);
});

test('a line in the history of an invoice says why it changed, once for all changes of ten minutes', async () => {
  const story = await Story.begin();
  await story.ready();
  const bill = aBill(story);
  await story.settle();
  const edit = (price: number) => () => story.clio.editLine(story.clio.bill(bill).lines[0]?.id ?? 0, { price });
  await story.pass(11 * MINUTE);
  expect(await asked(story, edit(260))).toContain('PUT Invoices/one/History');
  await story.pass(3 * MINUTE);
  expect(await asked(story, edit(270))).not.toContain('PUT Invoices/one/History');
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
});
