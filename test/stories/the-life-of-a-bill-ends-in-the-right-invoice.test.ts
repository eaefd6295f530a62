import { aBill, aClient, answer, everyInvoice, happened, IN_STEP, ORGANISATION, postings, readBooks, stateOf, writtenAgain } from './practice.js';
import { endStories, Story } from './story.js';

let story: Story;
beforeAll(async () => {
  story = await Story.begin();
  await story.ready();
});
afterAll(endStories);

test('draft, approved, edited, paid in part, edited again, payment voided, voided, and issued again under the same number', async () => {
  const client = aClient(story);
  const bill = aBill(story, { client, state: 'draft', issuedAt: '2026-11-19' });
  await story.settle();
  expect(everyInvoice(story, bill)).toEqual([]);

  story.clio.approveBill(bill);
  await story.settle();
  expect(await stateOf(story, bill)).toEqual(IN_STEP);

  story.clio.addLine(bill, { price: 30, cost: 'soft' });
  await story.settle();
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(postings(story, bill)).toEqual(['200: 100000 + 0', '260: 3000 + 0']);
  expect(everyInvoice(story, bill)).toEqual(['# AUTHORISED']);

  const payment = story.clio.recordPayment({ billIds: [bill], amount: 40_000 });
  await story.settle();
  expect(story.invoiceOf(bill).amountDue).toBe(63_000);

  // Clio refuses to change a bill with payments, but interest still grows on it.
  story.clio.chargeInterest(bill, 1_000);
  await story.settle();
  expect(everyInvoice(story, bill)).toEqual(['# AUTHORISED', '#-INT1 AUTHORISED']);
  expect(postings(story, bill)).toEqual(['200: 100000 + 0', '260: 3000 + 0', '270: 1000 + 0']);
  expect(await writtenAgain(story, bill)).toEqual([]);

  story.clio.voidPayment(payment.id);
  await story.settle();
  expect(story.invoicesOf(bill).map((invoice) => invoice.amountPaid)).toEqual([0, 0]);

  story.clio.voidBill(bill);
  await story.settle();
  expect(everyInvoice(story, bill)).toEqual([`#-VOID-${bill} VOIDED`, `#-INT1-VOID-${bill} VOIDED`]);
  expect(await stateOf(story, bill)).toMatchObject({ status: 'up-to-date', holds: [] });
  expect(await writtenAgain(story, bill)).toEqual([]);

  const again = aBill(story, { client, number: story.clio.bill(bill).number });
  await story.settle();
  expect(await stateOf(story, again)).toEqual(IN_STEP);
  expect(story.invoiceOf(again).number).toBe(story.clio.bill(bill).number);
  expect([(await story.link(again))?.supersedes, (await story.link(bill))?.supersedes]).toEqual([String(bill), null]);
  await story.person.open(`${story.world.appUrl}/bills/${again}`);
  expect(story.person.html).toContain(`<a href="/bills/${bill}">a bill that is void</a>`);
  expect(await happened(story, bill)).toEqual(['invoice-created', 'invoice-created', 'invoice-updated', 'invoice-voided', 'invoice-voided', 'payment-created', 'payment-removed', 'sync-asked', 'sync-asked']);
});

test('a bill issued again under a number that Xero keeps for good takes the next one, once a person says so', async () => {
  const client = aClient(story);
  const bill = aBill(story, { client });
  await story.settle();
  story.clio.voidBill(bill);
  await story.settle();
  story.world.xero.switches.voidedNumber = 'taken-for-good';
  const { number } = story.clio.bill(bill);
  const again = aBill(story, { client, number });
  await story.settle();
  expect(await stateOf(story, again)).toMatchObject({ status: 'needs-you', reason: 'NUMBER_TAKEN', holds: ['NUMBER_TAKEN'] });
  await answer(story, again, 'Use the next free number');
  expect(await stateOf(story, again)).toEqual(IN_STEP);
  expect(story.invoiceOf(again).number).toBe(`${number}-R1`);
  expect(await writtenAgain(story, again)).toEqual([]);
  story.world.xero.switches.voidedNumber = 'taken';
});

test('a bill deleted in Clio takes its invoice with it', async () => {
  const bill = aBill(story);
  await story.settle();
  story.clio.deleteBill(bill);
  await story.settle();
  expect(everyInvoice(story, bill)).toEqual([`#-VOID-${bill} VOIDED`]);
  expect(await writtenAgain(story, bill)).toEqual([]);
});

test('a bill that Clio no longer shows at all counts as deleted', async () => {
  const bill = aBill(story);
  await story.settle();
  story.world.clio.switches.deletedBills = 'gone';
  story.clio.reopenBill(bill);
  story.clio.deleteBill(bill);
  await writtenAgain(story, bill);
  story.world.clio.switches.deletedBills = 'shown';
  expect(everyInvoice(story, bill)).toEqual([`#-VOID-${bill} VOIDED`]);
});

test('a bill that went back to draft leaves the invoice alone and tells a person', async () => {
  const bill = aBill(story);
  await story.settle();
  story.clio.reopenBill(bill);
  await story.settle();
  expect(await stateOf(story, bill)).toMatchObject({ status: 'needs-you', reason: 'BILL_REOPENED', holds: ['BILL_REOPENED'] });
  expect(everyInvoice(story, bill)).toEqual(['# AUTHORISED']);
  story.clio.approveBill(bill);
  await story.settle();
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
});

test('a bill voided although somebody entered a payment in Xero waits until that is undone', async () => {
  const bill = aBill(story);
  await story.settle();
  const payment = story.xero.recordPayment({ invoiceId: story.invoiceOf(bill).id, amount: 10_000 });
  await story.settle();
  story.clio.voidBill(bill);
  await story.settle();
  expect(await stateOf(story, bill)).toMatchObject({ status: 'needs-you', reason: 'VOID_BLOCKED' });
  story.xero.deletePayment(payment.id);
  await story.settle();
  expect(everyInvoice(story, bill)).toEqual([`#-VOID-${bill} VOIDED`]);
  expect(await story.holds(bill)).toEqual([]);
});

/** Live credit notes on the bill's invoices, with their numbers without the invoice's own. */
const notesOn = (bill: number) => story.xero.creditNotes().filter((note) => note.status !== 'VOIDED' && note.number.startsWith(`${story.clio.bill(bill).number}-`)).map((note) => `${note.number.replace(story.clio.bill(bill).number, '#')} ${note.date} ${note.total} ${note.status}`);

test('a bill voided after its period was closed is taken back by a credit note on the day of the void', async () => {
  const bill = aBill(story, { taxRate: 8.25, lines: [{ price: 1000, taxable: true }, { price: 50, cost: 'hard', taxable: false }], issuedAt: '2026-11-10' });
  await story.settle();
  story.xero.setLockDates(ORGANISATION, { period: '2026-11-15' });
  await readBooks(story);
  story.clio.voidBill(bill);
  await story.settle();
  expect(notesOn(bill)).toEqual(['#-CR-VOID1 2026-11-20 113250 PAID']);
  expect(story.invoiceOf(bill)).toMatchObject({ status: 'PAID', amountDue: 0 });
  expect(await stateOf(story, bill)).toMatchObject({ status: 'up-to-date', holds: [] });
  expect((await story.link(bill))?.shown).toMatchObject({ xeroTotal: 0, xeroTax: 0, xeroDue: 0 });
  expect(await writtenAgain(story, bill)).toEqual([]);
  story.xero.setLockDates(ORGANISATION, {});
  await readBooks(story);
  expect(await writtenAgain(story, bill)).toEqual([]);
});

test('a bill voided although its payment is reconciled: what is open is credited, the money is for a person', async () => {
  const bill = aBill(story);
  await story.settle();
  const payment = story.clio.recordPayment({ billIds: [bill], amount: 40_000 });
  await story.settle();
  story.xero.reconcilePayment(story.paymentsOn(story.invoiceOf(bill).id)[0]?.id ?? '');
  story.clio.voidPayment(payment.id);
  story.clio.voidBill(bill);
  await story.settle();
  expect(notesOn(bill)).toEqual(['#-CR-VOID1 2026-11-20 60000 PAID']);
  expect(await stateOf(story, bill)).toMatchObject({ status: 'needs-you', reason: 'VOID_BLOCKED', holds: ['VOID_BLOCKED'] });
  expect(await writtenAgain(story, bill)).toEqual([]);
  await answer(story, bill, 'The money is dealt with');
  expect(await stateOf(story, bill)).toMatchObject({ status: 'up-to-date', holds: [] });
  expect(await writtenAgain(story, bill)).toEqual([]);
});

test('another due day in Clio follows while the invoice may change, and leaves a part-paid one alone', async () => {
  const open = aBill(story);
  const paid = aBill(story);
  await story.settle();
  story.clio.recordPayment({ billIds: [paid], amount: 40_000 });
  await story.settle();
  const dueBefore = story.invoiceOf(paid).dueDate;
  const since = story.exchanges.length;
  for (const bill of [open, paid]) story.clio.editBill(bill, { due_at: '2027-02-28' });
  await story.settle();
  expect(story.invoiceOf(open).dueDate).toBe('2027-02-28');
  expect(story.invoiceOf(paid).dueDate).toBe(dueBefore);
  expect(story.writes('xero', since).filter((call) => call.includes(story.invoiceOf(paid).id))).toEqual([]);
  expect(await stateOf(story, paid)).toEqual(IN_STEP);
  expect(await writtenAgain(story, paid)).toEqual([]);
});
