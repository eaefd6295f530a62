import { randomBytes } from 'node:crypto';
import request from 'supertest';
import { changeRecord } from '../../src/connections/change-record.js';
import { createServer } from '../../src/web/server.js';
import { Browser, seedBill, setCookies, signedIn, stage } from './stage.js';

const FIRM = 'us:100234';

test('without a session every page is the sign-in page, and remembers where one wanted to go', async () => {
  const on = await stage();
  const reply = await on.agent.get('/bills?status=needs-you');
  expect(reply.status).toBe(401);
  expect(reply.text).toContain('/oauth/clio/start?region=us&amp;back=%2Fbills%3Fstatus%3Dneeds-you');
  expect(reply.headers['content-security-policy']).toContain("frame-ancestors 'none'");
});

test('the session cookie is encrypted, closed to scripts and bound to this site', async () => {
  const on = await stage();
  on.vendors.addUser('dana', { clioId: '350112' });
  const browser = new Browser(on);
  const reply = await browser.signIn('dana');
  const line = setCookies(reply).find((each) => each.startsWith('tieout='));
  expect(line).toMatch(/^tieout=[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+;/);
  expect(line).toMatch(/; Path=\/; .*HttpOnly; SameSite=Lax$/);
});

test('over https the cookie carries the __Host- prefix and Secure', async () => {
  const on = await stage({ appUrl: 'https://tieout.example' });
  on.vendors.addUser('dana', { clioId: '350112' });
  const lines = setCookies(await new Browser(on).signIn('dana'));
  expect(lines.filter((line) => line.startsWith('__Host-tieout=') && line.includes('; Secure'))).toHaveLength(1);
});

test('a changed or outdated cookie is no session', async () => {
  const on = await stage();
  const browser = await signedIn(on);
  const cookie = browser.cookie('tieout') ?? '';
  expect((await browser.get('/bills')).status).toBe(200);
  // Not the last letter: some of its bits are padding and mean nothing.
  for (const part of [0, 2, 3, 4]) {
    browser.setCookie('tieout', cookie.split('.').map((each, index) => (index === part ? `${each.startsWith('A') ? 'B' : 'A'}${each.slice(1)}` : each)).join('.'));
    expect({ part, status: (await browser.get('/bills')).status }).toEqual({ part, status: 401 });
  }
  browser.setCookie('tieout', cookie);
  await on.clock.advance(12 * 3_600_000 + 60_000);
  expect((await browser.get('/bills')).status).toBe(401);
});

test('signing out ends the session everywhere: a copy of the cookie is none either, and another session of the same person goes on', async () => {
  const on = await stage();
  const browser = await signedIn(on);
  const elsewhere = await signedIn(on);
  const copy = new Browser(on);
  copy.setCookie('tieout', browser.cookie('tieout') ?? '');
  expect((await copy.get('/bills')).status).toBe(200);
  copy.setCookie('tieout', browser.cookie('tieout') ?? '');
  expect((await browser.post('/sign-out', {})).headers['location']).toBe('/');
  expect([(await copy.get('/bills')).status, (await elsewhere.get('/bills')).status]).toEqual([401, 200]);
});

test('whoever Clio no longer names among its users is signed out, and asking goes on while somebody is at work', async () => {
  const on = await stage();
  const [browser, bo] = [await signedIn(on), await signedIn(on, 'bo', { clioId: '71', name: 'Bo Lindqvist', roles: ['billing'] })];
  const tell = async (userIds: string[]) => changeRecord(on.store.firms, '*', FIRM, () => ({ inClio: { userIds, readAt: new Date(on.clock.now()).toISOString() } }));
  const asked = async () => (await on.store.marks.owed(FIRM)).filter((each) => each.kind === 'people').length;
  expect([(await bo.get('/bills')).status, await asked()]).toEqual([200, 0]);
  await on.clock.advance(60_000);
  await tell(['350112', '71']);
  await on.clock.advance(14 * 60_000);
  expect([(await bo.get('/bills')).status, await asked()]).toEqual([200, 0]);
  await on.clock.advance(60_000);
  expect([(await bo.get('/bills')).status, await asked()]).toEqual([200, 1]);
  await tell(['350112']);
  expect([(await bo.get('/bills')).status, (await bo.post('/bills/sync', {})).status, (await browser.get('/bills')).status]).toEqual([401, 401, 200]);
  // Enabled again, a person signs in anew, before Clio is asked the next time.
  await on.clock.advance(60_000);
  expect((await (await signedIn(on, 'bo', { clioId: '71', name: 'Bo Lindqvist', roles: ['billing'] })).get('/bills')).status).toBe(200);
});

test('a form is refused when it comes from another site, says nothing about where it comes from, or carries no token', async () => {
  const on = await stage();
  const browser = await signedIn(on);
  const sync = { bill: '9100451' };
  const elsewhere: Record<string, string>[] = [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { origin: 'https://evil.example' }, { origin: 'null' }, {}];
  for (const headers of elsewhere) {
    expect((await browser.post('/bills/sync', sync, headers)).status).toBe(403);
  }
  expect((await browser.post('/bills/sync', { ...sync, csrf: 'x'.repeat(32) })).status).toBe(403);
  expect((await on.store.marks.owed(FIRM)).filter((mark) => mark.kind === 'send')).toEqual([]);
  expect((await browser.post('/bills/sync', sync, { origin: 'http://localhost:3000' })).status).toBe(303);
  expect((await on.store.marks.owed(FIRM)).filter((mark) => mark.kind === 'send').map((mark) => [mark.id, mark.priority])).toEqual([['9100451', 0]]);
});

test("another firm's bill is not there, whatever is known of it", async () => {
  const on = await stage();
  await seedBill(on, FIRM, '9100451', { shown: { clientName: 'Secret Client' } });
  const stranger = await signedIn(on, 'eve', { clioId: '9', name: 'Eve', account: { clioId: '200', name: 'Other Firm' } });
  const page = await stranger.get('/bills/9100451');
  expect([page.status, page.text.includes('Secret Client')]).toEqual([404, false]);
  expect((await stranger.get('/bills')).text).not.toContain('Secret Client');
  const own = await signedIn(on);
  expect((await own.get('/bills/9100451')).text).toContain('Secret Client');
});

test('what a person may do follows from their roles in Clio, as they are now', async () => {
  const on = await stage();
  await signedIn(on);
  const viewer = await signedIn(on, 'val', { clioId: '7', name: 'Val', roles: ['timekeeper'] });
  expect((await viewer.get('/bills')).text).not.toContain('Sync with Xero</button>');
  expect((await viewer.post('/bills/sync', { bill: '1' })).status).toBe(403);
  expect((await viewer.get('/oauth/xero/start')).status).toBe(403);
});

test('secrets can be longer than a key and are changed without signing anybody out', async () => {
  const [older, newer] = [randomBytes(48), randomBytes(32)];
  const on = await stage({ sessionKeys: [older] });
  const cookie = (await signedIn(on)).cookie('tieout') ?? '';
  const rotated = request(createServer({ ...on.deps, sessionKeys: [newer, older] }));
  expect((await rotated.get('/bills').set('cookie', `tieout=${cookie}`)).status).toBe(200);
  const forgotten = request(createServer({ ...on.deps, sessionKeys: [newer] }));
  expect((await forgotten.get('/bills').set('cookie', `tieout=${cookie}`)).status).toBe(401);
});
