import { checkExchanges } from '../conformance/check-exchanges.js';
import { filesAreHere } from '../conformance/described.js';
import { aBill, answer, happened, IN_STEP, ORGANISATION, stateOf, writtenAgain } from './practice.js';
import { endStories, Story } from './story.js';

afterEach(endStories);

/** 1,000.00 of time, its credit treated as the firm chose. */
async function aBilledFirm(choices: Record<string, string>): Promise<{ story: Story; bill: number }> {
  const story = await Story.begin();
  await story.ready(choices);
  const bill = aBill(story);
  await story.settle();
  return { story, bill };
}

const notes = (story: Story) => story.xero.creditNotes(ORGANISATION).filter((note) => note.status !== 'VOIDED');
const settingsSaved = async (story: Story) => (await story.activity()).filter((what) => what === 'settings-saved').length;
const due = (story: Story, bill: number) => ({ clio: story.compare(bill).clio.balance, xero: story.invoiceOf(bill).amountDue });

test('a reduction, repeated notices, and its end', async () => {
  const { story, bill } = await aBilledFirm({ 'credits.treatment': 'reduction' });
  const memo = story.clio.recordCredit({ billId: bill, amount: 12_345 });
  await story.settle();
  expect(notes(story).map(({ total, status }) => ({ total, status }))).toEqual([{ total: 12_345, status: 'PAID' }]);
  expect(notes(story)[0]?.number).toMatch(/-CR\d+$/);
  expect(due(story, bill)).toEqual({ clio: 87_655, xero: 87_655 });
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(await writtenAgain(story, bill)).toEqual([]);

  const before = story.exchanges.length;
  for (const delivery of story.clio.deliveries().filter((each) => each.kind === 'event').slice(-2)) await story.clio.redeliver(delivery.id);
  for (const delivery of story.xero.deliveries().slice(-3)) await story.xero.redeliver(delivery.id);
  await story.settle();
  expect(story.writes('xero', before)).toEqual([]);

  story.clio.voidCredit(memo.id);
  await story.settle();
  expect(notes(story)).toEqual([]);
  expect(due(story, bill)).toEqual({ clio: 100_000, xero: 100_000 });
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  if (filesAreHere) expect(checkExchanges(story.exchanges).faults).toEqual([]);
});

test('a credit note somebody made by hand on no invoice is asked about, put on the invoice, and not made twice', async () => {
  const { story, bill } = await aBilledFirm({ 'credits.treatment': 'reduction' });
  const byHand = story.xero.refundByHand({ invoiceId: story.invoiceOf(bill).id, amount: 12_345, date: '2026-11-20', paidOut: false });
  const since = story.exchanges.length;
  story.clio.recordCredit({ billId: bill, amount: 12_345 });
  await story.settle();
  expect(await stateOf(story, bill)).toMatchObject({ status: 'needs-you', holds: ['CREDIT_BY_HAND'] });
  expect(story.writes('xero', since)).toEqual([]);
  await answer(story, bill, 'put it on the invoice');
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(notes(story).map(({ id, total, status }) => ({ id, total, status }))).toEqual([{ id: byHand.id, total: 12_345, status: 'PAID' }]);
  expect(due(story, bill)).toEqual({ clio: 87_655, xero: 87_655 });
  expect(await happened(story, bill)).toEqual(['credit-allocated', 'credit-linked', 'hold-answered', 'hold-closed', 'hold-opened', 'invoice-created']);
  expect(await writtenAgain(story, bill)).toEqual([]);

  story.xero.refundByHand({ invoiceId: story.invoiceOf(bill).id, amount: 500, date: '2026-11-20', paidOut: false });
  story.clio.recordCredit({ billId: bill, amount: 500 });
  await story.settle();
  await answer(story, bill, 'It is another credit');
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(notes(story).map(({ total }) => total).sort()).toEqual([12_345, 500, 500]);
  expect(await writtenAgain(story, bill)).toEqual([]);
  if (filesAreHere) expect(checkExchanges(story.exchanges).faults).toEqual([]);
});

test('a write-off waits for the accountant, who says bad debt', async () => {
  const { story, bill } = await aBilledFirm({ 'credits.treatment': 'ask', 'credits.badDebtAccount': '420' });
  story.clio.writeOff({ billId: bill, amount: 100_000 });
  await story.settle();
  expect(await stateOf(story, bill)).toMatchObject({ status: 'needs-you', holds: ['CREDIT_TREATMENT_NEEDED'], differences: ['open amount'] });
  expect(notes(story)).toEqual([]);

  await answer(story, bill, 'A bad debt');
  const badDebts = story.xero.accounts(ORGANISATION).find((account) => account.code === '420')?.id;
  expect(notes(story).map(({ total, totalTax, lines }) => ({ total, totalTax, accounts: lines.map((line) => line.accountId) }))).toEqual([{ total: 100_000, totalTax: 0, accounts: [badDebts] }]);
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(due(story, bill)).toEqual({ clio: 0, xero: 0 });
  expect(await happened(story, bill)).toEqual(expect.arrayContaining(['credit-created', 'credit-allocated']));
  expect(await writtenAgain(story, bill)).toEqual([]);
});

test('what the accountant says for the client, or for all, is remembered, and answers what is asked elsewhere', async () => {
  const { story, bill } = await aBilledFirm({ 'credits.treatment': 'ask', 'credits.badDebtAccount': '420' });
  const { clientId, matterIds } = story.clio.bill(bill);
  const ofTheSame = aBill(story, { client: { clientId, matterId: matterIds[0] ?? 0 } });
  const ofAnother = aBill(story);
  await story.settle();
  for (const each of [bill, ofTheSame, ofAnother]) story.clio.writeOff({ billId: each, amount: 10_000 });
  await story.settle();
  const before = await settingsSaved(story);
  await answer(story, bill, 'A bad debt, always for this client');
  for (const each of [bill, ofTheSame]) expect(await stateOf(story, each)).toEqual(IN_STEP);
  expect(await story.holds(ofAnother)).toEqual(['CREDIT_TREATMENT_NEEDED']);

  await answer(story, ofAnother, 'A reduction, always for every client');
  const next = aBill(story);
  await story.settle();
  story.clio.writeOff({ billId: next, amount: 10_000 });
  await story.settle();
  for (const each of [ofAnother, next]) expect(await stateOf(story, each)).toEqual(IN_STEP);
  expect(notes(story).map((note) => note.lines.map((line) => story.xero.accounts(ORGANISATION).find((account) => account.id === line.accountId)?.code).join()).sort()).toEqual(['200', '200', '420', '420']);
  expect(await settingsSaved(story)).toBe(before + 2);
});

test('a credit above what is due in Xero: the due part is put on, the rest waits until it has a place', async () => {
  const { story, bill } = await aBilledFirm({ 'credits.treatment': 'reduction', 'payments.fromXero': 'inbox' });
  const payment = story.xero.recordPayment({ invoiceId: story.invoiceOf(bill).id, amount: 90_000 });
  await story.settle();
  story.clio.recordCredit({ billId: bill, amount: 30_000 });
  await story.settle();
  expect(story.invoiceOf(bill)).toMatchObject({ amountCredited: 10_000, amountDue: 0 });
  expect(notes(story).map((note) => note.total)).toEqual([30_000]);
  expect(await story.holds(bill)).toEqual(['CREDIT_OVER_BALANCE', 'PAY_RECORD_IN_CLIO']);
  expect(await writtenAgain(story, bill)).toEqual([]);

  story.xero.deletePayment(payment.id);
  await story.settle();
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(due(story, bill)).toEqual({ clio: 70_000, xero: 70_000 });
});

test('a credit note made by hand in Xero is asked for in Clio, recognised there, and never echoed', async () => {
  const { story, bill } = await aBilledFirm({ 'credits.treatment': 'reduction' });
  story.xero.creditInvoice({ invoiceId: story.invoiceOf(bill).id, amount: 7_500 });
  await story.settle();
  expect(await stateOf(story, bill)).toMatchObject({ status: 'needs-you', holds: ['CREDIT_IN_XERO'] });

  const before = story.exchanges.length;
  const memo = story.clio.recordCredit({ billId: bill, amount: 7_500 });
  await story.settle();
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(notes(story)).toHaveLength(1);
  story.clio.voidCredit(memo.id);
  await story.settle();
  expect(await story.holds(bill)).toEqual(['CREDIT_IN_XERO']);
  expect(story.writes('xero', before)).toEqual([]);
});

test('a credit that began in Xero, was recorded in Clio and is withdrawn in Xero: on request it is sent from Clio', async () => {
  const { story, bill } = await aBilledFirm({ 'credits.treatment': 'reduction' });
  const byHand = story.xero.creditInvoice({ invoiceId: story.invoiceOf(bill).id, amount: 7_500 });
  await story.settle();
  story.clio.recordCredit({ billId: bill, amount: 7_500 });
  await story.settle();
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  await story.clock.advance(60_000);
  story.xero.withdrawCredit(byHand.id);
  await story.settle();
  expect(await story.holds(bill)).toEqual(['CREDIT_REMOVED_IN_XERO']);
  await answer(story, bill, 'Send the credit to Xero again');
  expect(notes(story).map(({ total, status, number }) => ({ total, status, ours: /-CR\d+$/.test(number) }))).toEqual([{ total: 7_500, status: 'PAID', ours: true }]);
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(due(story, bill)).toEqual({ clio: 92_500, xero: 92_500 });
  expect(await writtenAgain(story, bill)).toEqual([]);
});

test.each([
  ['making the note', /\/CreditNotes$/],
  ['putting it on the invoice', /\/Allocations$/],
])('the answer to %s is lost after Xero saved it: one note, put on once', async (_what, path) => {
  const { story, bill } = await aBilledFirm({ 'credits.treatment': 'reduction' });
  story.xero.injectFault({ kind: 'drop-after-commit', method: 'PUT', path });
  story.clio.recordCredit({ billId: bill, amount: 20_000 });
  await story.settle();
  expect(notes(story).map((note) => note.total)).toEqual([20_000]);
  expect(due(story, bill)).toEqual({ clio: 80_000, xero: 80_000 });
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
});

test('the answer stays lost for longer than Xero keeps our key: the note is found by its number and adopted', async () => {
  const { story, bill } = await aBilledFirm({ 'credits.treatment': 'reduction' });
  story.xero.injectFault({ kind: 'drop-after-commit', method: 'PUT', path: /\/CreditNotes$/ });
  story.xero.injectFault({ kind: 'drop-before', method: 'PUT', path: /\/CreditNotes$/, times: 1_000 });
  story.clio.recordCredit({ billId: bill, amount: 20_000 });
  await story.pass(4 * 60_000);
  expect(notes(story)).toHaveLength(1);
  story.xero.clearFaults();
  await story.settle();
  expect(notes(story).map((note) => note.total)).toEqual([20_000]);
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
});

test('a bill lowered after its invoice was paid in part: a credit note for the difference', async () => {
  const { story, bill } = await aBilledFirm({ editPaid: 'adjust', 'payments.fromXero': 'inbox' });
  story.xero.recordPayment({ invoiceId: story.invoiceOf(bill).id, amount: 40_000 });
  await story.settle();
  const [line] = story.clio.bill(bill).lines;
  if (!line) throw new Error('a bill without lines');
  story.clio.editLine(line.id, { quantity: 3 });
  await story.settle();
  expect(notes(story).map(({ number, total }) => ({ number, total }))).toEqual([{ number: `${story.clio.bill(bill).number}-CR1`, total: 25_000 }]);
  expect(due(story, bill)).toEqual({ clio: 75_000, xero: 35_000 });
  expect(await story.holds(bill)).toEqual(['PAY_RECORD_IN_CLIO']);
  expect(await writtenAgain(story, bill)).toEqual([]);

  story.clio.recordPayment({ billIds: [bill], amount: 40_000 });
  await story.settle();
  expect(due(story, bill)).toEqual({ clio: 35_000, xero: 35_000 });
  expect(await story.holds(bill)).toEqual([]);
  expect((await story.link(bill))?.shown).toMatchObject({ clioTotal: 75_000, xeroTotal: 75_000, clioBalance: 35_000, xeroDue: 35_000 });
  await story.person.open(`${story.world.appUrl}/bills/${bill}`);
  expect(story.person.text).toContain('The bill was lowered');
});

test('bills without credits cost no look at credit notes', async () => {
  const { story, bill } = await aBilledFirm({});
  story.clio.recordPayment({ billIds: [bill], amount: 40_000 });
  await story.settle();
  expect(story.exchanges.filter((each) => each.path.includes('CreditNotes'))).toEqual([]);
});
