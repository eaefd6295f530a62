import { ConnectedClio, many, one } from './connected-clio.js';
import { someNumber } from './matchers.js';

let clio: ConnectedClio;
beforeEach(async () => { clio = await ConnectedClio.start(); });
afterEach(() => clio.sandbox.close());

test('a PATCH with a stale etag is refused with 412 and changes nothing', async () => {
  const id = clio.control.billByNumber('2001')?.id ?? 0;
  const etag = String(one(await clio.get(`bills/${id}.json`))['etag']);
  const first = await clio.write('PATCH', `bills/${id}.json?fields=id,etag,memo`, { memo: 'one' }, { 'If-Match': etag });
  expect(first.status).toBe(200);
  expect(one(first)['etag']).not.toBe(etag);
  expect((await clio.write('PATCH', `bills/${id}.json`, { memo: 'two' }, { 'If-Match': etag })).status).toBe(412);
  expect(clio.control.bill(id).memo).toBe('one');
});

test('conditional reads answer 304 without a body', async () => {
  const id = clio.control.billByNumber('2001')?.id ?? 0;
  const shown = await clio.get(`bills/${id}.json`);
  const unchanged = await clio.get(`bills/${id}.json`, { 'If-None-Match': shown.headers.get('etag') ?? '' });
  expect(unchanged).toMatchObject({ status: 304, body: '' });
});

test('the version is echoed, 4.0.13 when none is sent, 410 when there is no such', async () => {
  expect((await clio.get('users/who_am_i')).headers.get('x-api-version')).toBe('4.0.13');
  expect((await clio.get('users/who_am_i', { 'X-API-VERSION': '4.0.9' })).headers.get('x-api-version')).toBe('4.0.9');
  expect((await clio.get('users/who_am_i', { 'X-API-VERSION': '3.1' })).status).toBe(410);
});

test('the fifty-first request of a minute is refused until the window ends', async () => {
  clio.sandbox.switches.rateLimit = 50;
  for (let call = 0; call < 50; call += 1) expect((await clio.get('users/who_am_i.json')).status).toBe(200);
  await clio.clock.advance(20_000);
  const refused = await clio.get('users/who_am_i.json');
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toBe('40');
  expect(refused.headers.get('x-ratelimit-remaining')).toBe('0');
  const other = await clio.tokensFor(1);
  expect((await clio.get('users/who_am_i.json', {}, other.access_token)).status).toBe(200);
  await clio.clock.advance(40_000);
  expect((await clio.get('users/who_am_i.json')).headers.get('x-ratelimit-remaining')).toBe('49');
});

test('faults strike once, where they are told to, before or after the write', async () => {
  const path = 'contacts.json';
  const contacts = clio.control.contacts().length;
  clio.control.injectFault({ kind: 'drop-after-commit', method: 'POST', path });
  await expect(clio.write('POST', path, { type: 'Company', name: 'Lost answer' })).rejects.toThrow();
  expect(clio.control.contacts()).toHaveLength(contacts + 1);
  clio.control.injectFault({ kind: 'drop-before', method: 'POST', path });
  await expect(clio.write('POST', path, { type: 'Company', name: 'Never heard' })).rejects.toThrow();
  clio.control.injectFault({ kind: '429', path, retryAfterSeconds: 7, retryAfterAs: 'http-date' });
  expect((await clio.get(path)).headers.get('retry-after')).toBe(new Date(clio.clock.now() + 7000).toUTCString());
  clio.control.injectFault({ kind: 'html-502' });
  expect((await clio.get(path)).body).toContain('<html>');
  expect((await clio.get(path)).status).toBe(200);
  expect(clio.control.contacts()).toHaveLength(contacts + 1);
});

test('what Clio does not offer is not there', async () => {
  for (const path of ['payments.json', 'allocations.json', 'bills.json', 'credit_memos.json', 'line_items.json']) {
    expect((await clio.write('POST', path, { amount: 1 })).status).toBe(404);
  }
  const line = many(await clio.get('line_items.json?limit=1')).data[0]?.['id'];
  expect((await clio.get(`line_items/${String(line)}.json`)).status).toBe(404);
  expect((await clio.send('/api/v4/bills.json', { method: 'OPTIONS' })).status).toBe(404);
  expect((await clio.get('tax_rate_configurations.json')).status).toBe(404);
});

test('a body without data is refused, unknown keys are dropped', async () => {
  const bare = await clio.send('/api/v4/contacts.json', { method: 'POST', body: '{"name":"x"}', headers: { Authorization: `Bearer ${clio.token}` } });
  expect(bare.status).toBe(422);
  const created = await clio.write('POST', 'contacts.json?fields=id,name,primary_email_address', { type: 'Person', name: 'Ada King', colour: 'red', email_addresses: [{ name: 'Work', address: 'ada@king.example', default_email: true }] });
  expect(one(created)).toEqual({ id: someNumber, name: 'Ada King', primary_email_address: 'ada@king.example' });
  expect((await clio.write('POST', 'contacts.json', { type: 'Person' })).status).toBe(422);
  expect((await clio.write('POST', 'contacts.json', { type: 'Company', name: 'X', addresses: [{ name: 'billing' }] })).status).toBe(422);
});

test('timestamps carry the offset the firm had on that day', async () => {
  const winter = one(await clio.get('users/who_am_i.json?fields=created_at'));
  expect(winter['created_at']).toBe('2026-11-20T01:00:00-08:00');
});

test('permissions are frozen at consent, and a disabled user is out', async () => {
  clio.control.registerApp({ clientId: 'key', clientSecret: 'shh', name: 'Tieout', redirectUris: ['http://127.0.0.1:9/callback?from=clio'], permissions: ['Users', 'Contacts'] });
  const narrow = await clio.tokensFor(0);
  expect((await clio.get('contacts.json', {}, narrow.access_token)).status).toBe(200);
  expect(await clio.get('bills.json', {}, narrow.access_token)).toMatchObject({ status: 403, body: { error: { type: 'ForbiddenError' } } });
  expect((await clio.get('bills.json')).status).toBe(200);
  clio.control.disableUser(clio.userId(0));
  expect((await clio.get('bills.json')).status).toBe(401);
});
