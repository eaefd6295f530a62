import { createHmac } from 'node:crypto';
import { secretContext } from '../../src/connections/subscription-url.js';
import type { SubscriptionRecord } from '../../src/store/records.js';
import { setCookies, stage, type Stage } from './stage.js';

const FIRM = 'us:100234';
const TOKEN = 'tokenAtokenBtokenCtokenDtokenEtokenF';
const SECRET = 'Zy0uQ2m3-shared-secret';
const BODY = '{"data": {"id": 9100451, "etag": "\\"a3d5\\""},  "meta": {"event": "updated", "webhook_id": 3301188}}';

const digest = (body: string, encoding: 'hex' | 'base64', secret = SECRET) => createHmac('sha256', secret).update(body).digest(encoding);

async function subscribed(changes: Partial<SubscriptionRecord> = {}): Promise<Stage> {
  const on = await stage();
  const secret = on.deps.sealer.seal(SECRET, secretContext(FIRM, 'bill', 'secret'));
  await on.store.subscriptions.insert({ firm: FIRM, id: 'bill', model: 'bill', token: TOKEN, clioWebhookId: '3301188', secret, previousSecret: null, state: 'enabled', expiresAt: null, lastDeliveryAt: null, ...changes });
  return on;
}

const deliver = (on: Stage, headers: Record<string, string>, body = BODY, token = TOKEN) =>
  on.agent.post(`/webhooks/clio/${token}`).set('content-type', 'application/json').set(headers).send(body);

describe.each(['hex', 'base64'] as const)('a delivery signed in %s', (encoding) => {
  test('marks the bill, is kept once however often it comes, and is answered with nothing', async () => {
    const on = await subscribed();
    for (let time = 0; time < 2; time += 1) {
      const reply = await deliver(on, { 'x-hook-signature': digest(BODY, encoding) });
      expect([reply.status, reply.text, setCookies(reply), reply.headers['etag']]).toEqual([200, '', [], undefined]);
    }
    expect((await on.store.marks.owed(FIRM)).map((mark) => [mark.kind, mark.id, mark.priority])).toEqual([['bill', '9100451', 1]]);
    const kept = await on.store.deliveries.list(FIRM);
    expect(kept.map((each) => [each.vendor, each.repeats, each.marks])).toEqual([['clio', 1, [`${FIRM} bill:9100451`]]]);
    expect((await on.store.subscriptions.get(FIRM, 'bill'))?.lastDeliveryAt).toBe('2026-11-20T09:00:00.000Z');
  });
});

test.each([
  ['no signature', {}],
  ['another secret', { 'x-hook-signature': digest(BODY, 'hex', 'other') }],
  ['the digest of re-serialised JSON', { 'x-hook-signature': digest(JSON.stringify(JSON.parse(BODY)), 'hex') }],
  ['half a digest', { 'x-hook-signature': digest(BODY, 'hex').slice(0, 32) }],
])('%s is refused and changes nothing', async (_case, headers: Record<string, string>) => {
  const on = await subscribed();
  const reply = await deliver(on, headers);
  expect([reply.status, reply.text]).toEqual([401, '']);
  expect([await on.store.marks.countOwed(FIRM), await on.store.deliveries.count(FIRM)]).toEqual([0, 0]);
});

test('an unknown address is 404, whatever it is sent', async () => {
  const on = await subscribed();
  expect((await deliver(on, { 'x-hook-signature': digest(BODY, 'hex') }, BODY, `${TOKEN}x`)).status).toBe(404);
  expect((await deliver(on, { 'x-hook-secret': 'anybody-could-say-this' }, '{}', 'short')).status).toBe(404);
});

test('the secret before the last one is still accepted while Clio changes over', async () => {
  const on = await subscribed();
  const record = await on.store.subscriptions.get(FIRM, 'bill');
  if (!record) throw new Error('not subscribed');
  await on.store.subscriptions.replace({ ...record, secret: on.deps.sealer.seal('newer', secretContext(FIRM, 'bill', 'secret')), previousSecret: on.deps.sealer.seal(SECRET, secretContext(FIRM, 'bill', 'previousSecret')) });
  expect((await deliver(on, { 'x-hook-signature': digest(BODY, 'hex') })).status).toBe(200);
});

test('many at the same moment, alike or not, are all answered', async () => {
  const on = await subscribed();
  const bodies = Array.from({ length: 60 }, (_each, index) => BODY.replace('a3d5', `a${index % 30}`));
  const replies = await Promise.all(bodies.map((body) => deliver(on, { 'x-hook-signature': digest(body, 'hex') }, body)));
  expect(replies.map((reply) => reply.status)).toEqual(bodies.map(() => 200));
  expect(await on.store.deliveries.count(FIRM)).toBe(30);
});

test('a rightly signed body nobody understands makes us look for what changed', async () => {
  const on = await subscribed();
  expect((await deliver(on, { 'x-hook-signature': digest('[]', 'hex') }, '[]')).status).toBe(200);
  expect((await on.store.marks.owed(FIRM)).map((mark) => mark.kind)).toEqual(['catch-up']);
});

test('a body over 256 kB is refused', async () => {
  const on = await subscribed();
  const body = `"${'x'.repeat(256 * 1024)}"`;
  expect((await deliver(on, { 'x-hook-signature': digest(body, 'hex') }, body)).status).toBe(413);
});

describe('the handshake', () => {
  test('is echoed to a subscription that expects one, and its secret kept sealed', async () => {
    const on = await subscribed({ secret: null, clioWebhookId: null, state: 'expecting-handshake' });
    const reply = await deliver(on, { 'x-hook-secret': SECRET }, '');
    expect([reply.status, reply.headers['x-hook-secret']]).toEqual([200, SECRET]);
    const record = await on.store.subscriptions.get(FIRM, 'bill');
    expect(record?.secret).not.toContain(SECRET);
    expect(on.deps.sealer.open(record?.secret ?? '', secretContext(FIRM, 'bill', 'secret'))).toBe(SECRET);
    expect((await deliver(on, { 'x-hook-signature': digest(BODY, 'hex') })).status).toBe(200);
  });

  test('with a second, different secret is not echoed and does not replace the first', async () => {
    const on = await subscribed({ secret: null, clioWebhookId: null, state: 'expecting-handshake' });
    await deliver(on, { 'x-hook-secret': SECRET }, '');
    const reply = await deliver(on, { 'x-hook-secret': 'hijackers-secret' }, '');
    expect([reply.status, reply.headers['x-hook-secret']]).toEqual([200, undefined]);
    expect((await deliver(on, { 'x-hook-signature': digest(BODY, 'hex', 'hijackers-secret') })).status).toBe(401);
  });

  test('nobody expects is answered without an echo, and the subscription is looked after', async () => {
    const on = await subscribed();
    const reply = await deliver(on, { 'x-hook-secret': 'hijackers-secret' }, '');
    expect([reply.status, reply.headers['x-hook-secret']]).toEqual([200, undefined]);
    expect((await on.store.marks.owed(FIRM)).map((mark) => [mark.kind, mark.id])).toEqual([['subscriptions', 'clio']]);
    expect((await deliver(on, { 'x-hook-signature': digest(BODY, 'hex') })).status).toBe(200);
  });
});
