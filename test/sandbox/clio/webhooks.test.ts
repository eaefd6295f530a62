import { createHmac } from 'node:crypto';
import { ConnectedClio, one } from './connected-clio.js';
import { HookReceiver } from './hook-receiver.js';
import { textWith } from './matchers.js';

let clio: ConnectedClio;
let receiver: HookReceiver;
let url: string;
const MINUTE = 60_000;

beforeEach(async () => {
  clio = await ConnectedClio.start();
  receiver = new HookReceiver();
  url = await receiver.start();
});
afterEach(async () => {
  await clio.sandbox.close();
  await receiver.stop();
});

async function subscribed(fields = 'id,number,state,balance', more: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
  const created = await clio.write('POST', 'webhooks.json?fields=id,status,shared_secret,expires_at,events,model', { url, model: 'bill', fields, ...more });
  expect(created.status).toBe(201);
  await clio.control.settled();
  return one(created);
}

const billId = () => clio.control.billByNumber('2001')?.id ?? 0;

test('a webhook is pending until the receiver echoes the secret', async () => {
  const hook = await subscribed();
  expect(hook).toMatchObject({ status: 'pending', model: 'bill', events: ['created', 'updated', 'deleted'], expires_at: '2026-11-23T01:00:00-08:00' });
  expect(receiver.received[0]?.headers['x-hook-secret']).toBe(hook['shared_secret']);
  expect(clio.control.webhooks()[0]?.status).toBe('enabled');
});

test('without the echo nothing is sent, until the delayed confirmation', async () => {
  receiver.echoes = false;
  const hook = await subscribed();
  clio.control.editBill(billId(), { memo: 'a' });
  await clio.control.settled();
  expect(receiver.events).toHaveLength(0);
  const path = `webhooks/${String(hook['id'])}/activate`;
  expect((await clio.write('PUT', path, {}, { 'X-Hook-Secret': 'wrong' })).status).toBe(422);
  expect((await clio.write('PUT', path, {}, { 'X-Hook-Secret': String(hook['shared_secret']) })).status).toBe(200);
  clio.control.editBill(billId(), { memo: 'b' });
  await clio.control.settled();
  expect(receiver.events).toHaveLength(1);
});

test('events are signed over the raw body and carry the subscribed fields alone', async () => {
  const hook = await subscribed();
  clio.control.recordPayment({ billIds: [billId()], amount: 100 });
  await clio.control.settled();
  const [event] = receiver.events;
  expect(JSON.parse(event?.body ?? '')).toEqual({ data: { id: billId(), number: '2001', state: 'awaiting_payment', balance: 1211.4 }, meta: { event: 'updated', webhook_id: hook['id'] } });
  expect(event?.headers['x-hook-signature']).toBe(createHmac('sha256', String(hook['shared_secret'])).update(event?.body ?? '').digest('hex'));
});

test('the first change of a record always fires, later ones only when a subscribed field changed', async () => {
  await subscribed();
  clio.control.editBill(billId(), { memo: 'not subscribed' });
  await clio.control.settled();
  expect(receiver.events).toHaveLength(1);
  clio.control.editBill(billId(), { memo: 'still not' });
  await clio.control.settled();
  expect(receiver.events).toHaveLength(1);
  clio.control.editBill(billId(), { number: '2001-A' });
  await clio.control.settled();
  expect(receiver.events).toHaveLength(2);
});

test('a new bill is told once, whole; a deleted draft as deleted', async () => {
  await subscribed();
  const matter = clio.control.matters()[0];
  const made = clio.control.createBill({ clientId: matter?.clientId ?? 0, matterIds: [matter?.id ?? 0], lines: [{ price: 10 }], taxRate: 0, secondaryTaxRate: 0 });
  await clio.control.settled();
  clio.control.deleteBill(made.id);
  await clio.control.settled();
  expect(receiver.events.map((event): unknown => JSON.parse(event.body))).toMatchObject([
    { data: { id: made.id, balance: 10, state: 'draft' }, meta: { event: 'created' } },
    { data: { id: made.id, state: 'deleted' }, meta: { event: 'deleted' } },
  ]);
});

test('a refused delivery is repeated after 2, 4, 8, 16 and 32 minutes, then the webhook is suspended', async () => {
  await subscribed();
  receiver.eventStatus = 500;
  clio.control.editBill(billId(), { memo: 'x' });
  await clio.control.settled();
  for (const [index, minutes] of [2, 4, 8, 16, 32].entries()) {
    await clio.clock.advance(minutes * MINUTE - 1);
    expect(receiver.events).toHaveLength(index + 1);
    await clio.clock.advance(1);
    await clio.control.settled();
    expect(receiver.events).toHaveLength(index + 2);
  }
  expect(clio.control.webhooks()[0]?.status).toBe('suspended');
  expect(clio.control.deliveries().at(-1)).toMatchObject({ state: 'given-up', attempts: Array.from({ length: 6 }, () => ({ status: 500 })) });
});

test('a repeat that succeeds ends the matter; a delivery can be sent again by hand', async () => {
  await subscribed();
  receiver.eventStatus = 503;
  clio.control.editBill(billId(), { memo: 'x' });
  await clio.control.settled();
  receiver.eventStatus = 200;
  await clio.clock.advance(2 * MINUTE);
  await clio.control.settled();
  const delivery = clio.control.deliveries().at(-1);
  expect(delivery).toMatchObject({ state: 'delivered', attempts: [{ status: 503 }, { status: 200 }] });
  await clio.control.redeliver(delivery?.id ?? 0);
  expect(receiver.events[2]?.body).toBe(receiver.events[1]?.body);
});

test('410 switches the webhook off at once', async () => {
  await subscribed();
  receiver.eventStatus = 410;
  clio.control.editBill(billId(), { memo: 'x' });
  await clio.control.settled();
  expect(clio.control.webhooks()[0]?.status).toBe('suspended');
  expect(receiver.events).toHaveLength(1);
});

test('it falls silent when it expires; a PATCH extends it without a new handshake', async () => {
  const hook = await subscribed();
  const expiresAt = new Date(clio.clock.now() + 30 * 86_400_000).toISOString();
  expect((await clio.write('PATCH', `webhooks/${String(hook['id'])}.json`, { expires_at: expiresAt })).status).toBe(200);
  await clio.clock.advance(4 * 86_400_000);
  clio.control.editBill(billId(), { memo: 'x' });
  await clio.control.settled();
  expect(receiver.events).toHaveLength(1);
  expect(receiver.received).toHaveLength(2);
  await clio.clock.advance(27 * 86_400_000);
  clio.control.editBill(billId(), { number: 'late' });
  await clio.control.settled();
  expect(receiver.events).toHaveLength(1);
});

test.each([
  ['a wrong model', { model: 'Bill' }, "An invalid argument was supplied: 'Bill' is not a valid model"],
  ['plain http elsewhere', { url: 'http://example.com/hook' }, 'https'],
  ['more than 31 days', { expires_at: '2026-12-25T00:00:00Z' }, '31 days'],
  ['too many fields', { fields: 'id,'.repeat(400) }, '1000'],
  ['an unknown event', { events: ['paid'] }, 'not a valid event'],
])('%s is refused', async (_name, change, message) => {
  const answer = await clio.write('POST', 'webhooks.json', { url, model: 'bill', fields: 'id', ...change });
  expect(answer).toMatchObject({ status: 422, body: { error: { type: 'ArgumentError', message: textWith(message) } } });
});

test('with the switch, payments reach nobody by webhook', async () => {
  await subscribed();
  clio.sandbox.switches.billEventOnPayment = false;
  clio.control.recordPayment({ billIds: [billId()], amount: 100 });
  await clio.control.settled();
  expect(receiver.events).toHaveLength(0);
});

test('revoking the app silences its webhooks and kills its tokens', async () => {
  await subscribed();
  await clio.control.revokeApp('key');
  clio.control.editBill(billId(), { memo: 'x' });
  await clio.control.settled();
  expect(receiver.events).toHaveLength(0);
  expect((await clio.get('users/who_am_i.json')).status).toBe(401);
});
