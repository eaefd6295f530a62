import { createHmac } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import request from 'supertest';
import { newSubscriptionToken, secretContext } from '../../src/connections/subscription-url.js';
import { createServer } from '../../src/web/server.js';
import { signedIn, stage, XERO_KEY } from '../web/stage.js';

const FIRM = 'us:100234';
const signed = (body: string) => createHmac('sha256', XERO_KEY).update(body).digest('base64');
const REFUSALS_A_MINUTE = 300;

test('signing in can be tried sixty times a minute from one address; the rest of the program goes on', async () => {
  const on = await stage();
  const browser = await signedIn(on);
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 70; attempt += 1) statuses.push((await on.agent.get('/oauth/clio/callback?code=guess&state=guess')).status);
  expect([...new Set(statuses)]).toEqual([400, 429]);
  expect(statuses.filter((status) => status === 400).length).toBeLessThanOrEqual(60);
  for (const path of ['/oauth/clio/start?region=us', '/oauth/xero/callback', '/clio/actions/sync-with-xero-us', '/clio/deauthorized']) {
    const reply = await on.agent.get(path);
    expect([path, reply.status, reply.text]).toEqual([path, 429, expect.stringContaining('Wait a minute')]);
    expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0);
  }
  expect((await browser.get('/bills')).status).toBe(200);
});

describe('attempts', () => {
  const guess = '/oauth/clio/callback?code=guess&state=guess';
  const forged = { 'x-xero-signature': signed('other'), 'content-type': 'application/json' };

  test('are counted together by all processes of one store, for sign-ins and for refused webhooks', async () => {
    const on = await stage();
    const [one, two] = [request(createServer(on.deps)), request(createServer(on.deps))];
    for (let attempt = 0; attempt < 30; attempt += 1) for (const process of [one, two]) expect((await process.get(guess)).status).toBe(400);
    expect([(await one.get(guess)).status, (await two.get(guess)).status]).toEqual([429, 429]);
    for (let attempt = 0; attempt < REFUSALS_A_MINUTE / 2; attempt += 1) for (const process of [one, two]) await process.post('/webhooks/xero').set(forged).send('{}');
    expect([(await one.post('/webhooks/xero').set(forged).send('{}')).status, (await two.post('/webhooks/xero').set(forged).send('{}')).status]).toEqual([429, 429]);
  });

  test('that come all at once are counted one by one', async () => {
    const on = await stage();
    const [one, two] = [request(createServer(on.deps)), request(createServer(on.deps))];
    const statuses = (await Promise.all(Array.from({ length: 40 }, () => [one.get(guess), two.get(guess)]).flat())).map(({ status }) => status);
    expect([400, 429].map((status) => statuses.filter((each) => each === status).length)).toEqual([60, 20]);
  });

  test('are forgotten after a minute, and say nothing of whose they were', async () => {
    const on = await stage();
    for (let attempt = 0; attempt < 61; attempt += 1) await on.agent.get(guess);
    const kept = (await on.store.tickets.list('*')).filter((each) => each.kind === 'attempts');
    expect([kept.length, JSON.stringify(kept).includes('127.0.0.1')]).toEqual([1, false]);
    await on.clock.advance(59_000);
    expect((await on.agent.get(guess)).status).toBe(429);
    await on.clock.advance(1_000);
    expect((await on.agent.get(guess)).status).toBe(400);
  });

  test('beyond the limit cost the database nothing more', async () => {
    const on = await stage();
    for (let attempt = 0; attempt < 61; attempt += 1) await on.agent.get(guess);
    const before = (await on.store.tickets.list('*')).map(({ version }) => version);
    for (let attempt = 0; attempt < 20; attempt += 1) await on.agent.get(guess);
    expect((await on.store.tickets.list('*')).map(({ version }) => version)).toEqual(before);
  });

  test('are counted by the address the announced proxies saw, whatever a header claims beyond them', async () => {
    const from = async (on: { agent: ReturnType<typeof request> }, forwarded: string) => (await on.agent.get(guess).set('x-forwarded-for', forwarded)).status;
    const direct = await stage();
    for (let attempt = 0; attempt < 60; attempt += 1) await from(direct, `198.51.100.${attempt}`);
    expect(await from(direct, '203.0.113.9')).toBe(429);
    const behind = await stage({ proxyHops: 1 });
    for (let attempt = 0; attempt < 60; attempt += 1) await from(behind, `198.51.100.${attempt}, 203.0.113.7`);
    expect([await from(behind, '198.51.100.200, 203.0.113.7'), await from(behind, '203.0.113.8')]).toEqual([429, 400]);
  });

  test('that cannot be counted are not let through', async () => {
    const on = await stage();
    Object.defineProperty(on.store.tickets, 'insert', { value: () => Promise.reject(new Error('the disk is full')) });
    expect((await on.agent.get(guess)).status).toBe(500);
    expect((await on.agent.post('/webhooks/xero').set(forged).send('{}')).status).toBe(401);
  });
});

test('webhooks with a wrong signature are slowed down, and never cost a right one its place', async () => {
  const on = await stage();
  const body = '{"events":[]}';
  const guess = async () => (await on.agent.post('/webhooks/xero').set('x-xero-signature', signed('other')).set('content-type', 'application/json').send(body)).status;
  for (let attempt = 0; attempt < REFUSALS_A_MINUTE; attempt += 1) await guess();
  expect(await guess()).toBe(429);
  expect((await on.agent.post('/webhooks/clio/unknown').send('{}')).status).toBe(429);
  const right = await on.agent.post('/webhooks/xero').set('x-xero-signature', signed(body)).set('content-type', 'application/json').send(body);
  expect([right.status, right.text]).toEqual([200, '']);
});

test('no body is read beyond its limit, and nothing is unpacked for a signature', async () => {
  const on = await stage();
  const browser = await signedIn(on);
  const large = 'x'.repeat(300_000);
  const packed = gzipSync(large);
  const replies = {
    webhook: await on.agent.post('/webhooks/xero').set('content-type', 'application/json').send(large),
    'packed webhook': await on.agent.post('/webhooks/xero').set('content-type', 'application/json').set('content-encoding', 'gzip').send(packed),
    'word of a removal': await on.agent.post('/clio/deauthorized').set('content-type', 'text/plain').send(large.slice(0, 20_000)),
    form: await browser.post('/settings', { mode: large }),
    'form of many fields': await browser.post('/settings', Object.fromEntries(Array.from({ length: 2_100 }, (_each, index) => [`f${index}`, '']))),
  };
  expect(Object.entries(replies).map(([what, { status }]) => [what, status])).toEqual([['webhook', 413], ['packed webhook', 415], ['word of a removal', 413], ['form', 413], ['form of many fields', 413]]);
  for (const { text } of Object.values(replies)) expect(text).not.toMatch(/at .*\(.*:\d+:\d+\)|node_modules/);
});

test('a webhook is believed for the bytes that were signed, for its own firm, and for nothing in its content', async () => {
  const on = await stage();
  await signedIn(on);
  const token = newSubscriptionToken();
  const secret = on.deps.sealer.seal('clio-hook-secret', secretContext(FIRM, 'bill', 'secret'));
  await on.store.subscriptions.insert({ firm: FIRM, id: 'bill', model: 'bill', token, clioWebhookId: '9', secret, previousSecret: null, state: 'enabled', expiresAt: null, lastDeliveryAt: null });
  const body = '{"data":{"id":9100451,"firm":"eu:100234","total":1},"meta":{"webhook_id":9}}';
  const signature = (text: string, key = 'clio-hook-secret') => createHmac('sha256', key).update(text).digest('hex');
  const send = async (header: string, text = body, address = token) => (await on.agent.post(`/webhooks/clio/${address}`).set('x-hook-signature', header).set('content-type', 'application/json').send(text)).status;
  expect(await send(signature(body, 'another secret'))).toBe(401);
  expect(await send(signature(body), body.replace('9100451', '9100452'))).toBe(401);
  expect(await send('')).toBe(401);
  expect(await send(signature(body), body, newSubscriptionToken())).toBe(404);
  expect((await on.store.marks.owed(FIRM)).filter((mark) => mark.kind === 'bill')).toEqual([]);
  expect(await send(signature(body))).toBe(200);
  expect((await on.store.marks.owed(FIRM)).filter((mark) => mark.kind === 'bill').map((mark) => mark.id)).toEqual(['9100451']);
  expect(await on.store.marks.owed('eu:100234')).toEqual([]);
});

test('a handshake nobody expects learns nothing and changes no secret', async () => {
  const on = await stage();
  await signedIn(on);
  const token = newSubscriptionToken();
  const secret = on.deps.sealer.seal('clio-hook-secret', secretContext(FIRM, 'bill', 'secret'));
  await on.store.subscriptions.insert({ firm: FIRM, id: 'bill', model: 'bill', token, clioWebhookId: '9', secret, previousSecret: null, state: 'enabled', expiresAt: null, lastDeliveryAt: null });
  const reply = await on.agent.post(`/webhooks/clio/${token}`).set('x-hook-secret', 'the-attackers-own-secret');
  expect([reply.status, reply.headers['x-hook-secret']]).toEqual([200, undefined]);
  expect((await on.store.subscriptions.get(FIRM, 'bill'))?.secret).toBe(secret);
});
