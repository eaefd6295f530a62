import { aBill, aClient, answer, changeSettings, happened, IN_STEP, ORGANISATION, stateOf, writtenAgain } from './practice.js';
import { endStories, FIRM, Story } from './story.js';

let story: Story;
beforeAll(async () => {
  story = await Story.begin();
  await story.ready();
});
afterAll(endStories);

/** What somebody typed into Xero: 1,000.00 on 19 November for the client, unless told otherwise. */
function typed(facts: { number: string; name: string; email: string; amount?: number; date?: string }) {
  const { number, name, email, amount = 1_000, date = '2026-11-19' } = facts;
  const known = story.xero.contacts(ORGANISATION).find((contact) => contact.name === name);
  const contact = known ? { ContactID: known.id } : { Name: name, EmailAddress: email };
  return story.xero.createInvoice(ORGANISATION, { Type: 'ACCREC', Status: 'AUTHORISED', Contact: contact, InvoiceNumber: number, Date: date, DueDate: '2026-12-19', LineItems: [{ Description: 'Legal services', Quantity: 1, UnitAmount: amount, AccountCode: '200', TaxType: 'NONE' }] });
}

let met = 0;
function someone() {
  met += 1;
  const facts = { name: `Ketterby Works ${met} Ltd`, email: `ap@ketterby${met}.example` };
  return { ...facts, client: aClient(story, facts) };
}
const linkedInvoice = async (bill: number) => (await story.link(bill))?.xeroId;
const linkedInStep = { status: 'up-to-date', reason: null, holds: [] };
const live = (number: string) => story.xero.invoices(ORGANISATION).filter((invoice) => invoice.number.startsWith(number) && invoice.status !== 'VOIDED');

test('same number, contact, total and day: linked, and nothing is written to Xero', async () => {
  const { client, ...who } = someone();
  const there = typed({ number: 'H-1', ...who, date: '2026-11-17' });
  const since = story.exchanges.length;
  const bill = aBill(story, { client, number: 'H-1' });
  await story.settle();
  expect(await stateOf(story, bill)).toMatchObject(linkedInStep);
  expect(await linkedInvoice(bill)).toBe(there.id);
  expect(story.writes('xero', since).filter((call) => call.endsWith('/Invoices'))).toEqual([]);
  expect(await happened(story, bill)).toEqual(['invoice-linked']);
  expect(await writtenAgain(story, bill)).toEqual([]);
});

test('a payment on the linked invoice reaches Clio, one from Clio reaches the invoice', async () => {
  const { client, ...who } = someone();
  const there = typed({ number: 'H-2', ...who });
  const bill = aBill(story, { client, number: 'H-2' });
  await story.settle();
  story.clio.recordPayment({ billIds: [bill], amount: 40_000 });
  await story.settle();
  story.xero.recordPayment({ invoiceId: there.id, amount: 60_000 });
  await story.settle();
  expect(story.paymentsOn(there.id).map((payment) => payment.amount)).toEqual([40_000, 60_000]);
  expect(story.clio.bill(bill)).toMatchObject({ state: 'paid', sums: { balance: 0 } });
});

test('same number, another total: asked, and linked on request', async () => {
  const { client, ...who } = someone();
  const there = typed({ number: 'H-3', ...who, amount: 950 });
  const bill = aBill(story, { client, number: 'H-3' });
  await story.settle();
  expect(await stateOf(story, bill)).toMatchObject({ status: 'needs-you', reason: 'ADOPT_CONFLICT', holds: ['ADOPT_CONFLICT'] });
  expect(await writtenAgain(story, bill)).toEqual([]);
  await answer(story, bill, 'Link invoice H-3');
  expect(await linkedInvoice(bill)).toBe(there.id);
  expect(await story.holds(bill)).toEqual(['TOTAL_MISMATCH']);
  expect(await writtenAgain(story, bill)).toEqual([]);
});

test('same number for another contact: asked, and made under the next number on request', async () => {
  const { client } = someone();
  typed({ number: 'H-4', name: 'Somebody Else Ltd', email: 'ap@else.example' });
  const bill = aBill(story, { client, number: 'H-4' });
  await story.settle();
  expect(await stateOf(story, bill)).toMatchObject({ status: 'needs-you', reason: 'ADOPT_CONFLICT' });
  await answer(story, bill, 'Create invoice H-4-R1');
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(live('H-4').map((invoice) => invoice.number)).toEqual(['H-4', 'H-4-R1']);
  expect(await writtenAgain(story, bill)).toEqual([]);
});

test('another number, but the same contact, total and day: asked, and linked on request', async () => {
  const { client, ...who } = someone();
  const there = typed({ number: 'INV-0077', ...who });
  const bill = aBill(story, { client, number: 'H-5' });
  await story.settle();
  expect(await stateOf(story, bill)).toMatchObject({ status: 'needs-you', reason: 'ADOPT_CONFLICT' });
  await answer(story, bill, 'Link invoice INV-0077');
  expect(await linkedInvoice(bill)).toBe(there.id);
  expect(await stateOf(story, bill)).toMatchObject(linkedInStep);
  expect(await writtenAgain(story, bill)).toEqual([]);
});

test('or made on request, under its own number', async () => {
  const { client, ...who } = someone();
  typed({ number: 'INV-0078', ...who });
  const bill = aBill(story, { client, number: 'H-6' });
  await story.settle();
  await answer(story, bill, 'Create invoice H-6');
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(live('H-6').map((invoice) => invoice.number)).toEqual(['H-6']);
});

test('two equal bills of one client on one day are two invoices, and nobody is asked', async () => {
  const { client } = someone();
  const first = aBill(story, { client });
  await story.settle();
  const second = aBill(story, { client });
  await story.settle();
  for (const bill of [first, second]) expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(story.invoiceOf(second).id).not.toBe(story.invoiceOf(first).id);
});

test('a number that a voided invoice still holds: the next one is taken', async () => {
  const { client, ...who } = someone();
  story.xero.voidInvoice(typed({ number: 'H-7', ...who, amount: 10 }).id);
  const bill = aBill(story, { client, number: 'H-7' });
  await story.settle();
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(story.invoiceOf(bill).number).toBe('H-7-R1');
  expect(await writtenAgain(story, bill)).toEqual([]);
});

test('a bill from before the start that Xero has is linked', async () => {
  const { client, ...who } = someone();
  const there = typed({ number: 'H-8', ...who, date: '2019-12-02' });
  const bill = aBill(story, { client, number: 'H-8', issuedAt: '2019-12-02' });
  const notThere = aBill(story, { client: someone().client, issuedAt: '2019-12-02' });
  await story.settle();
  expect(await linkedInvoice(bill)).toBe(there.id);
  expect(await stateOf(story, notThere)).toMatchObject({ status: 'left-out', reason: 'BEFORE_CUTOFF' });
});

test('a new bill that Xero has by another hand pauses everything and asks; once answered and resumed, all goes on', async () => {
  const { client, ...who } = someone();
  const there = typed({ number: 'H-9', ...who, date: '2026-11-21' });
  const bill = aBill(story, { client, number: 'H-9', issuedAt: '2026-11-21' });
  const beside = aBill(story, { client: someone().client });
  const since = story.exchanges.length;
  await story.settle();
  expect(await stateOf(story, bill)).toMatchObject({ status: 'needs-you', reason: 'NATIVE_SYNC_ACTIVE', holds: ['NATIVE_SYNC_ACTIVE'] });
  expect([(await story.link(beside))?.reason, story.writes('xero', since)]).toEqual(['PAUSED', []]);
  const versions = await story.store.settings.list(FIRM, { newestFirst: true, limit: 1 });
  expect(versions.map((each) => [each.by, each.note])).toEqual([['Tieout', 'paused everything, as another sync seems to write to Xero']]);
  await story.person.open(`${story.world.appUrl}/bills`);
  expect(story.person.$('.alarm').text()).toContain('Clio’s own Xero sync seems to be on');
  await story.person.follow('See how to switch it off');
  expect(story.person.text).toContain('resume under Settings');

  await answer(story, bill, 'Somebody typed it');
  await changeSettings(story, { mode: 'automatic' });
  expect(await linkedInvoice(bill)).toBe(there.id);
  expect([await stateOf(story, bill), (await story.link(beside))?.status]).toEqual([expect.objectContaining(linkedInStep), 'up-to-date']);
});

test('three days apart is the same, four is asked', async () => {
  const [near, far] = [someone(), someone()];
  const there = typed({ number: 'H-20', name: near.name, email: near.email, date: '2026-11-16' });
  typed({ number: 'H-21', name: far.name, email: far.email, date: '2026-11-15' });
  const [same, other] = [aBill(story, { client: near.client, number: 'H-20' }), aBill(story, { client: far.client, number: 'H-21' })];
  await story.settle();
  expect([await linkedInvoice(same), await stateOf(story, same)]).toEqual([there.id, expect.objectContaining(linkedInStep)]);
  expect(await stateOf(story, other)).toMatchObject({ status: 'needs-you', holds: ['ADOPT_CONFLICT'] });
  expect(await writtenAgain(story, other)).toEqual([]);
});

test('two that could be meant are asked about, and the one that a person names is linked', async () => {
  const { client, ...who } = someone();
  const [first] = [typed({ number: 'INV-0091', ...who }), typed({ number: 'INV-0092', ...who })];
  const bill = aBill(story, { client, number: 'H-22' });
  await story.settle();
  expect(await stateOf(story, bill)).toMatchObject({ status: 'needs-you', holds: ['ADOPT_CONFLICT'] });
  expect(await writtenAgain(story, bill)).toEqual([]);
  await answer(story, bill, 'Link invoice INV-0091');
  expect([await linkedInvoice(bill), await stateOf(story, bill)]).toEqual([first.id, expect.objectContaining(linkedInStep)]);
});

/** An invoice with what was paid on it, as Clio's own sync leaves them, and the same in Clio; nothing of it is ours. */
function paidOnBothSides(number: string, parts: number[]): { bill: number; invoiceId: string } {
  const { client, ...who } = someone();
  const invoiceId = typed({ number, ...who }).id;
  const bill = aBill(story, { client, number });
  for (const amount of parts) {
    story.xero.recordPayment({ invoiceId, amount, date: '2026-11-19' });
    story.clio.recordPayment({ billIds: [bill], amount, date: '2026-11-19' });
  }
  return { bill, invoiceId };
}

test('a paid invoice is linked with its payments, and neither is written again', async () => {
  const since = story.exchanges.length;
  const whole = paidOnBothSides('H-23', [100_000]);
  const inParts = paidOnBothSides('H-24', [40_000, 25_000]);
  await story.settle();
  for (const { bill, invoiceId } of [whole, inParts]) {
    expect([await linkedInvoice(bill), await stateOf(story, bill)]).toEqual([invoiceId, expect.objectContaining(linkedInStep)]);
    expect((await happened(story, bill)).filter((what) => what.startsWith('payment-'))).toEqual(story.paymentsOn(invoiceId).map(() => 'payment-linked'));
    expect(await writtenAgain(story, bill)).toEqual([]);
  }
  expect(story.writes('xero', since).filter((call) => /(Invoices|Payments)$/.test(call))).toEqual([]);
});

test('a payment of the linked invoice that is voided in Clio later was not ours, so it is not deleted', async () => {
  const { bill, invoiceId } = paidOnBothSides('H-25', [40_000]);
  await story.settle();
  story.clio.voidPayment(story.clio.payments().at(-1)?.id ?? 0);
  await story.settle();
  expect(await story.holds(bill)).toEqual(['PAY_REMOVED_IN_CLIO']);
  expect(story.paymentsOn(invoiceId)).toHaveLength(1);
  expect(await writtenAgain(story, bill)).toEqual([]);
});

test('an invoice with a credit note on it is linked with it, and the credit in Clio is not sent again', async () => {
  const { client, ...who } = someone();
  const invoiceId = typed({ number: 'H-26', ...who }).id;
  story.xero.creditInvoice({ invoiceId, amount: 10_000 });
  const bill = aBill(story, { client, number: 'H-26' });
  story.clio.recordCredit({ billId: bill, amount: 10_000 });
  const since = story.exchanges.length;
  await story.settle();
  expect([await linkedInvoice(bill), await stateOf(story, bill)]).toEqual([invoiceId, expect.objectContaining(linkedInStep)]);
  expect(story.writes('xero', since).filter((call) => /(Invoices|CreditNotes|Allocations)$/.test(call))).toEqual([]);
  expect(await writtenAgain(story, bill)).toEqual([]);
});

test('a draft that somebody typed is linked too, and a person is asked to approve it', async () => {
  const { client, ...who } = someone();
  const there = typed({ number: 'H-27', ...who });
  story.xero.voidInvoice(there.id);
  const draft = story.xero.createInvoice(ORGANISATION, { Type: 'ACCREC', Status: 'DRAFT', Contact: { ContactID: there.contactId }, InvoiceNumber: 'H-28', Date: '2026-11-19', DueDate: '2026-12-19', LineItems: [{ Description: 'Legal services', Quantity: 1, UnitAmount: 1_000, AccountCode: '200', TaxType: 'NONE' }] });
  const bill = aBill(story, { client, number: 'H-28' });
  await story.settle();
  expect([await linkedInvoice(bill), await story.holds(bill)]).toEqual([draft.id, ['STUCK_DRAFT']]);
  await answer(story, bill, 'Approve invoice H-28');
  expect(await stateOf(story, bill)).toMatchObject(linkedInStep);
});

/** The request that made the bill's invoice arrives once more, hours later, under the number the bill no longer has. */
function arrivesAgain(bill: number, { number }: { number: string }) {
  const [first] = story.invoicesOf(bill);
  if (!first) throw new Error('the bill has no invoice yet');
  const lines = [{ Description: 'Legal services', Quantity: 4, UnitAmount: 250, AccountCode: '200', TaxType: 'NONE' }];
  return story.xero.createInvoice(ORGANISATION, { Type: 'ACCREC', Status: 'AUTHORISED', Contact: { ContactID: first.contactId }, InvoiceNumber: number, Date: first.date, DueDate: '2026-12-19', Url: first.url, LineItems: lines });
}

describe('an invoice of ours that arrives after its bill got another', () => {
  test('is told of by both numbers, and over once it is voided', async () => {
    const bill = aBill(story, { number: 'H-40' });
    await story.settle();
    story.clio.editBill(bill, { number: 'H-41' });
    await story.settle();
    const late = arrivesAgain(bill, { number: 'H-40' });
    await story.settle();
    await story.sweep();
    expect(await stateOf(story, bill)).toMatchObject({ status: 'needs-you', reason: 'INVOICE_STRAY', holds: ['INVOICE_STRAY'] });
    expect((await story.openHolds(bill))[0]?.facts).toEqual({ stray: 'H-40', why: 'the bill has H-41' });
    expect(await happened(story, bill)).toContain('hold-opened');
    await story.person.open(`${story.world.appUrl}/inbox`);
    expect(story.person.text).toContain('Invoice H-40 in Xero is linked to nothing');
    expect(await writtenAgain(story, bill)).toEqual([]);
    story.xero.voidInvoice(late.id);
    await story.settle();
    expect(await stateOf(story, bill)).toEqual(IN_STEP);
    expect(await happened(story, bill)).toContain('hold-closed');
    expect(await writtenAgain(story, bill)).toEqual([]);
  });

  test('takes the place of the other one where a person voids that', async () => {
    const bill = aBill(story, { number: 'H-42' });
    await story.settle();
    const linked = await linkedInvoice(bill);
    const late = arrivesAgain(bill, { number: 'H-42-old' });
    await story.sweep();
    expect(await story.holds(bill)).toEqual(['INVOICE_STRAY']);
    const since = story.exchanges.length;
    story.xero.voidInvoice(linked ?? '');
    await story.settle();
    expect([await linkedInvoice(bill), await story.holds(bill)]).toEqual([late.id, []]);
    expect(story.writes('xero', since).filter((call) => call.endsWith('/Invoices'))).toEqual([]);
    expect(await writtenAgain(story, bill)).toEqual([]);
  });
});
