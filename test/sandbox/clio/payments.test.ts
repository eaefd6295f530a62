import { ConnectedClio, many, one } from './connected-clio.js';
import { someNumber, someText } from './matchers.js';

let clio: ConnectedClio;
let id: number;
beforeEach(async () => {
  clio = await ConnectedClio.start();
  const matter = clio.control.matters()[0];
  id = clio.control.createBill({ clientId: matter?.clientId ?? 0, matterIds: [matter?.id ?? 0], lines: [{ price: 100 }], taxRate: 0, secondaryTaxRate: 0, state: 'awaiting_payment' }).id;
});
afterEach(() => clio.sandbox.close());

const guard = async () => one(await clio.get(`bills/${id}.json?fields=state,paid,balance,paid_at,credits_issued,available_state_transitions,can_update`));

test('a payment in two parts leads to paid, and voiding one leads back', async () => {
  clio.control.recordPayment({ billIds: [id], amount: 4_000 });
  expect(await guard()).toMatchObject({ state: 'awaiting_payment', paid: 40, balance: 60, can_update: false });
  const second = clio.control.recordPayment({ billIds: [id], amount: 6_000, date: '2026-11-18', reference: 'CHQ 9' });
  expect(await guard()).toMatchObject({ state: 'paid', paid: 100, balance: 0, paid_at: '2026-11-18T00:00:00-08:00', available_state_transitions: [] });
  clio.control.voidPayment(second.id);
  expect(await guard()).toMatchObject({ state: 'awaiting_payment', paid: 40, balance: 60, paid_at: null });
  const rows = many(await clio.get(`allocations.json?bill_id=${id}&status=invalid&fields=id,amount,voided_at,parent{id,type}`)).data;
  expect(rows).toEqual([{ id: someNumber, amount: 60, voided_at: someText, parent: { id: second.id, type: 'Payment' } }]);
});

test('one payment over two bills is two allocations with one parent, and two bank transactions', async () => {
  const other = clio.control.billByNumber('2012');
  const payment = clio.control.recordPayment({ billIds: [id, other?.id ?? 0], amount: 15_000 });
  const rows = many(await clio.get(`allocations.json?parent_id=${payment.id}&order=id(asc)&fields=amount,bill{id},destination_bank_account{type}`)).data;
  expect(rows).toEqual([
    { amount: 100, bill: { id }, destination_bank_account: { type: 'Operating' } },
    { amount: 50, bill: { id: other?.id }, destination_bank_account: { type: 'Operating' } },
  ]);
  const booked = many(await clio.get('bank_transactions.json?fields=amount,bill{id},allocation{amount}')).data.filter((row) => row['amount'] === 50);
  expect(booked).toEqual([{ amount: 50, bill: { id: other?.id }, allocation: { amount: 50 } }]);
});

test('more than is open cannot be recorded', () => {
  expect(() => clio.control.recordPayment({ billIds: [id], amount: 10_001 })).toThrow('exceeds the balance');
  expect(clio.control.allocations(id)).toEqual([]);
});

test('credits and write-offs settle through credit memos and are told apart by the kind filter', async () => {
  clio.control.recordCredit({ billId: id, amount: 2_000, description: 'Courtesy' });
  const memo = clio.control.writeOff({ billId: id, amount: 8_000 });
  expect(await guard()).toMatchObject({ state: 'paid', paid: 0, credits_issued: 100, balance: 0 });
  expect(many(await clio.get(`allocations.json?bill_id=${id}&kind=write_off&fields=amount,parent{type}`)).data).toEqual([{ amount: 80, parent: { type: 'CreditMemo' } }]);
  clio.control.voidCredit(memo.id);
  expect(await guard()).toMatchObject({ state: 'awaiting_payment', credits_issued: 20, balance: 80 });
});

test('PATCH state paid: settles with an allocation, is refused, or moves the state alone', async () => {
  expect((await guard())['available_state_transitions']).toContain('paid');
  clio.sandbox.switches.patchPaid = 'refused';
  expect((await clio.write('PATCH', `bills/${id}.json`, { state: 'paid' })).status).toBe(422);
  clio.sandbox.switches.patchPaid = 'state-only';
  expect((await clio.write('PATCH', `bills/${id}.json`, { state: 'paid' })).status).toBe(200);
  expect(await guard()).toMatchObject({ state: 'paid', balance: 100, paid: 0 });
  const other = clio.control.billByNumber('2012')?.id ?? 0;
  clio.sandbox.switches.patchPaid = 'settles';
  expect(one(await clio.write('PATCH', `bills/${other}.json?fields=state,balance`, { state: 'paid' }))).toEqual({ state: 'paid', balance: 0 });
  expect(clio.control.allocations(other)).toMatchObject([{ parent: { type: 'Payment' }, amount: 47_359 }]);
});

test('DELETE: drafts become deleted, open bills void, bills with payments are refused', async () => {
  const draft = clio.control.bills().find((bill) => bill.state === 'draft')?.id ?? 0;
  expect((await clio.write('DELETE', `bills/${draft}.json`)).status).toBe(204);
  expect(one(await clio.get(`bills/${draft}.json?fields=state`))).toEqual({ state: 'deleted' });
  const payment = clio.control.recordPayment({ billIds: [id], amount: 100 });
  expect((await clio.write('DELETE', `bills/${id}.json`)).status).toBe(403);
  clio.control.voidPayment(payment.id);
  expect((await clio.write('DELETE', `bills/${id}.json`)).status).toBe(204);
  expect(await guard()).toMatchObject({ state: 'void', balance: 0 });
  clio.sandbox.switches.deletedBills = 'gone';
  expect((await clio.get(`bills/${draft}.json`)).status).toBe(404);
});

test('in the European seed paid is never offered', async () => {
  const eu = await ConnectedClio.start({ region: 'eu' });
  const bills = many(await eu.get('bills.json?state=awaiting_payment&fields=id,available_state_transitions')).data;
  expect(bills.flatMap((bill) => bill['available_state_transitions'])).not.toContain('paid');
  expect((await eu.write('PATCH', `bills/${String(bills[0]?.['id'])}.json`, { state: 'paid' })).status).toBe(422);
  await eu.sandbox.close();
});

test('who is only a reader may not change bills', async () => {
  clio.token = (await clio.tokensFor(2)).access_token;
  expect((await clio.write('PATCH', `bills/${id}.json`, { memo: 'x' })).status).toBe(403);
});

test('a PATCH that is refused in part changes nothing', async () => {
  clio.sandbox.switches.patchPaid = 'refused';
  expect((await clio.write('PATCH', `bills/${id}.json`, { memo: 'half', state: 'paid' })).status).toBe(422);
  expect(clio.control.bill(id)).toMatchObject({ memo: null, state: 'awaiting_payment' });
});
