import { defaultSwitches as clioDefaults, type ClioSwitches } from '../../src/sandbox/clio/switches.js';
import { defaultSwitches as xeroDefaults, type XeroSwitches } from '../../src/sandbox/xero/switches.js';
import { addAwkwardBills, addBill, addClient } from './awkward-bills.js';
import { endStories, Story } from './story.js';

afterEach(endStories);

/** Other answers the vendors may give where money or documents depend on it, by the number of the open question. */
const ANSWERS: [string, { clio?: Partial<ClioSwitches>; xero?: Partial<XeroSwitches> }][] = [
  ['the answers expected', {}],
  ['C1 paid is never offered', { clio: { paidOffered: 'never' } }],
  ['C2 marking paid is refused', { clio: { patchPaid: 'refused' } }],
  ['C2 marking paid changes the state alone', { clio: { patchPaid: 'state-only' } }],
  ['C3 the discount is off due only', { clio: { billDiscount: 'in-due-only' } }],
  ['C4 tax is rounded per line', { clio: { taxRounding: 'per-line' } }],
  ['C5 the second tax follows the firm', { clio: { secondaryTaxRule: 'of-firm' } }],
  ['C7 interest is a bill of its own', { clio: { interest: 'own-bill' } }],
  ['C8 payments send no event', { clio: { billEventOnPayment: false } }],
  ['C12 deleted bills are gone', { clio: { deletedBills: 'gone' } }],
  ['C14 Retry-After as a date', { clio: { retryAfter: 'http-date', rateLimit: 50 } }],
  ['C18 a voided bill keeps its balance', { clio: { voidedBalance: 'as-before' } }],
  ['X1 settling sends nothing', { xero: { settlementEvents: 'none' } }],
  ['X4 a voided number is free', { xero: { voidedNumber: 'free' } }],
  ['X4 a voided number stays taken even renamed', { xero: { voidedNumber: 'taken-for-good' } }],
  ['X5 Xero works tax out itself', { xero: { postedTax: 'recalculated' } }],
  ['X11 lists lag', { xero: { lookupLagMs: 5_000 } }],
  ['X14 a deleted number stays taken', { xero: { deletedNumber: 'taken' } }],
  ['webhooks never', { xero: { webhookLosses: true } }],
];

/** Six bills sent, two of them paid on either side, one voided, one draft deleted, and looked for what nobody announced. */
async function tell(story: Story): Promise<number[]> {
  const { clio, xero } = story;
  const sent = addAwkwardBills(clio);
  const other = addClient(clio, 'Third Client and Co');
  const wrong = addBill(clio, other, { lines: [{ price: 99.95 }] });
  const draft = addBill(clio, other, { lines: [{ price: 12 }], state: 'draft' });
  await story.ready();
  await story.sweep();
  const bills = clio.bills().filter((bill) => bill.state !== 'draft').map((bill) => bill.id);

  clio.recordPayment({ billIds: [sent.plain], amount: clio.bill(sent.plain).sums.balance });
  const [toPay] = story.invoicesOf(sent.untaxed);
  if (toPay) xero.recordPayment({ invoiceId: toPay.id });
  await story.sweep();
  clio.voidBill(wrong);
  clio.deleteBill(draft);
  await story.sweep();
  await story.sweep();
  return bills;
}

test.each(ANSWERS)('%s', async (_what, { clio = {}, xero = {} }) => {
  const story = await Story.begin({ clioSwitches: clio, xeroSwitches: xero });
  const bills = await tell(story);
  await story.settle(12 * 3_600_000);

  for (const bill of bills) {
    const { state } = story.clio.bill(bill);
    const reasons = await story.holds(bill);
    const status = (await story.link(bill))?.status;
    const said = { bill, state, status, reasons };
    if (state === 'void') {
      // A voided bill leaves no invoice behind, or a question.
      expect({ ...said, invoices: reasons.length > 0 ? 0 : story.invoicesOf(bill).length }).toEqual({ ...said, invoices: 0 });
      continue;
    }
    const { differences } = story.compare(bill);
    // Never a double; equal, or an open question with a reason.
    expect({ ...said, most: story.invoicesOf(bill).length <= 1, agreed: differences.length === 0 || reasons.length > 0, differences: reasons.length > 0 ? [] : differences }).toEqual({ ...said, most: true, agreed: true, differences: [] });
    if (reasons.length > 0) expect(status).toBe('needs-you');
  }
  expect(story.doubledPayments()).toEqual([]);
  expect(await story.marks()).toEqual([]);
});

test('each of these answers is another than the one expected', () => {
  const usual = Object.entries({ ...clioDefaults('us'), ...xeroDefaults });
  const others = ANSWERS.slice(1).filter(([, { clio = {}, xero = {} }]) => Object.entries({ ...clio, ...xero }).some(([name, value]) => usual.some(([known, expected]) => known === name && expected !== value)));
  expect(others).toHaveLength(ANSWERS.length - 1);
});
