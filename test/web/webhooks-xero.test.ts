import { createHmac } from 'node:crypto';
import { connectXeroTo, setCookies, stage, XERO_KEY, type Stage } from './stage.js';

const FIRM = 'us:100234';
const TENANT = '4c7d9d1e-2f63-4f5e-9b0a-6a3c8e1d2b47';
const INVOICE = '9f6f0a52-3c0e-4d5f-8a55-2a4f0c9e7b11';

const sign = (body: string) => createHmac('sha256', XERO_KEY).update(body).digest('base64');
const post = (on: Stage, body: string, signature = sign(body)) => on.agent.post('/webhooks/xero').set('content-type', 'application/json').set('x-xero-signature', signature).send(body);
const event = (changes: Record<string, unknown> = {}) => ({ resourceUrl: 'https://evil.example/x', resourceId: INVOICE, eventDateUtc: '2026-11-20T03:14:07.215', eventType: 'UPDATE', eventCategory: 'INVOICE', tenantId: TENANT, tenantType: 'ORGANISATION', ...changes });
const body = (...events: unknown[]) => `{"events":${JSON.stringify(events)},"firstEventSequence": 41,"lastEventSequence": 41, "entropy": "QZKX"}`;

async function connected(): Promise<Stage> {
  const on = await stage();
  await connectXeroTo(on, FIRM, TENANT);
  return on;
}
const owed = async (on: Stage) => (await on.store.marks.owed(FIRM)).map((mark) => `${mark.kind}:${mark.id}`).sort();

test('the intent to receive: 200 to the right signature, 401 to wrong ones, both empty and without cookies', async () => {
  const on = await stage();
  const published = '{"events":[],"firstEventSequence": 0,"lastEventSequence": 0, "entropy": "HQZKPLMXWVTRBNCDFGJS"}';
  for (const [signature, status] of [['1IzXa1HhqQL1/fBhsWaHHS9kreOjqABVPQEU0ZUewYI=', 200], ['C6x6aYKp1q3Srf5YPop/eaZEMPU/Ufv8rHDJ++vrT+8=', 401], ['', 401], ['nonsense', 401]] as const) {
    const reply = await post(on, published, signature);
    expect([reply.status, reply.text, setCookies(reply), reply.headers['etag']]).toEqual([status, '', [], undefined]);
  }
});

test('events become marks of the firm whose organisation they name; unknown ones are acknowledged', async () => {
  const on = await connected();
  const contact = '11111111-3c0e-4d5f-8a55-2a4f0c9e7b11';
  const reply = await post(on, body(
    event({ eventType: 'Update' }),
    event({ eventCategory: 'CONTACT', resourceId: contact }),
    event({ eventCategory: 'PAYMENT', resourceId: contact }),
    event({ eventCategory: 'CREDITNOTE' }),
    event({ eventCategory: 'PREPAYMENT' }),
    event({ eventCategory: 'SOMETHING_NEW' }),
    event({ tenantId: 'ffffffff-2f63-4f5e-9b0a-6a3c8e1d2b47' }),
    event({ resourceId: '../../Invoices' }),
    'not an event',
  ));
  expect([reply.status, reply.text]).toEqual([200, '']);
  expect(await owed(on)).toEqual(['catch-up:all', `credit-note:${INVOICE}`, `invoice:${INVOICE}`, `payment:${contact}`, `xero-contact:${contact}`].sort());
  expect((await on.store.deliveries.list('*')).map((each) => each.marks.length)).toEqual([5]);
});

test('a mark knows when Xero says the record changed, with or without a zone, and nothing where the date cannot be read', async () => {
  const on = await connected();
  const ids = ['1', '2', '3', '4'].map((digit) => INVOICE.replace('9f6f', `9f6${digit}`));
  const dates = ['2026-11-20T03:14:07.215', '2026-11-20T03:14:07.2151234Z', 'yesterday', undefined];
  await post(on, body(...ids.map((resourceId, index) => event({ resourceId, eventDateUtc: dates[index] }))));
  const marks = await on.store.marks.owed(FIRM);
  expect(ids.map((id) => marks.find((mark) => mark.id === id)?.changedAt)).toEqual(['2026-11-20T03:14:07.215Z', '2026-11-20T03:14:07.215Z', null, null]);
});

test('the numbers of a delivery are kept, also where none of its events is for us; those of the intent to receive and unreadable ones are not', async () => {
  const on = await connected();
  for (const sent of [body(event({ eventCategory: 'SOMETHING_NEW' })), '{"events":[],"firstEventSequence": 0,"lastEventSequence": 0}', `{"events":[${JSON.stringify(event())}],"firstEventSequence":"x"}`, body(event())]) expect((await post(on, sent)).status).toBe(200);
  expect((await on.store.cursors.list('*')).map(({ position }) => position)).toEqual(['41-41']);
  expect(await owed(on)).toEqual([`invoice:${INVOICE}`]);
});

test('the same delivery twice is one record with a repeat', async () => {
  const on = await connected();
  await post(on, body(event()));
  await post(on, body(event()));
  expect((await on.store.deliveries.list('*')).map((each) => each.repeats)).toEqual([1]);
  expect(await owed(on)).toEqual([`invoice:${INVOICE}`]);
});

test('an organisation that was disconnected is acknowledged and ignored', async () => {
  const on = await connected();
  const record = await on.store.connections.get(FIRM, `xero:${TENANT}`);
  if (record) await on.store.connections.replace({ ...record, state: 'removed' });
  expect((await post(on, body(event()))).status).toBe(200);
  expect(await owed(on)).toEqual([]);
});

test("while the portal's key is being changed, deliveries signed with either count, and with neither do not", async () => {
  const on = await stage({ xeroWebhookKeys: ['the-newer-key', XERO_KEY] });
  await connectXeroTo(on, FIRM, TENANT);
  const signed = (key: string, text: string) => createHmac('sha256', key).update(text).digest('base64');
  const [first, second, third] = [body(event()), body(event({ eventType: 'CREATE' })), body(event({ eventType: 'DELETE' }))];
  expect((await post(on, first, signed(XERO_KEY, first))).status).toBe(200);
  expect((await post(on, second, signed('the-newer-key', second))).status).toBe(200);
  expect((await post(on, third, signed('another-key', third))).status).toBe(401);
  expect(await on.store.deliveries.count('*')).toBe(2);
});

test('a wrong signature changes nothing', async () => {
  const on = await connected();
  expect((await post(on, body(event()), sign(body()))).status).toBe(401);
  expect([await owed(on), await on.store.deliveries.count('*')]).toEqual([[], 0]);
});
