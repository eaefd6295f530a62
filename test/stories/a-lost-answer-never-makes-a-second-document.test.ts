import type { FaultSpec } from '../../src/sandbox/xero/gate/faults.js';
import { addBill, addClient } from './awkward-bills.js';
import { endStories, FIRM, Story } from './story.js';

const KINDS: FaultSpec['kind'][] = ['drop-after-commit', 'status-500-after-commit', 'html-200-after-commit', 'malformed-json-after-commit', 'slow-after-commit', 'drop-before', 'status-500-before', 'html-502', '503', '429-minute', '429-concurrent'];
const DOCUMENTS = ['Contacts', 'Invoices', 'Payments'];

let story: Story;
beforeAll(async () => {
  story = await Story.begin();
  await story.ready();
});
afterAll(endStories);

/** A new client's bill, paid in Clio: a contact, an invoice and a payment have to be made in Xero, some of them under faults. */
async function expectOneOfEachUnder(name: string, faults: FaultSpec[]): Promise<void> {
  for (const fault of faults) story.xero.injectFault(fault);
  const bill = addBill(story.clio, addClient(story.clio, name), { lines: [{ price: 320, quantity: 3.5 }] });
  story.clio.recordPayment({ billIds: [bill], amount: story.clio.bill(bill).sums.balance });
  await story.settle();
  await story.settle(3 * 3_600_000);
  story.xero.clearFaults();

  expect(story.xero.invoices().filter((each) => each.number === story.clio.bill(bill).number)).toHaveLength(1);
  expect(story.compare(bill)).toMatchObject({ differences: [], clio: { balance: 0 }, xero: { state: 'PAID', due: 0 } });
  expect(story.paymentsOn(story.invoiceOf(bill).id)).toHaveLength(1);
  expect(story.xero.contacts().filter((each) => each.name === name)).toHaveLength(1);
  expect(story.doubledPayments()).toEqual([]);
  expect([await story.holds(bill), await story.marks()]).toEqual([[], []]);
  expect((await story.link(bill))?.status).toBe('up-to-date');
  expect(await story.store.links.list(FIRM, { index: 'intent', value: 'open' })).toEqual([]);
}

test.each(DOCUMENTS.flatMap((what) => KINDS.map((kind) => ({ what, kind }))))('PUT /$what: $kind', async ({ what, kind }) => {
  await expectOneOfEachUnder(`${what} under ${kind}`, [{ kind, method: 'PUT', path: new RegExp(`/${what}$`) }]);
});

test('an answer lost five times in a row, for everything that is made', async () => {
  await expectOneOfEachUnder('Lost five times', DOCUMENTS.map((what) => ({ kind: 'drop-after-commit', method: 'PUT', path: new RegExp(`/${what}$`), times: 5 })));
});
