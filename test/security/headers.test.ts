import { load } from 'cheerio';
import type { Response } from 'supertest';
import { createServer } from '../../src/web/server.js';
import { giveBooks, giveBusyMonth, giveSettings } from '../web/sample-firm.js';
import { setCookies, signedIn, stage, type Stage } from '../web/stage.js';
import { example, routesOf } from './routes.js';

const APP_URL = 'https://tieout.example';
const VALUES = { id: '9100464:bill', clioBillId: '9100456', subscription: 's'.repeat(43), name: 'sync-with-xero-us' };

async function busyFirm(changes: Parameters<typeof stage>[0] = {}): Promise<Stage> {
  const on = await stage(changes);
  await signedIn(on);
  await giveBooks(on);
  await giveSettings(on);
  await giveBusyMonth(on);
  return on;
}

/** One answer of every route, signed in, and the answers nobody has a route for. */
async function everyAnswer(on: Stage): Promise<[string, Response][]> {
  const browser = await signedIn(on);
  const answers: [string, Response][] = [];
  for (const { method, path } of routesOf(createServer(on.deps))) {
    const address = example(path, VALUES);
    if (method !== 'POST') answers.push([`GET ${path}`, await browser.get(address)]);
    if (method !== 'GET') answers.push([`POST ${path}`, await browser.post(address, {})]);
  }
  for (const path of ['/nowhere', '/bills/999999', '/assets/tieout.css', '/assets/tieout.js', '/assets/nothing.js', '/%zz', '/setup?choice=1&choice=2', '/bills?after=%00']) answers.push([`GET ${path}`, await browser.get(path)]);
  answers.push(['a form that is too large', await browser.post('/settings', { mode: 'x'.repeat(300_000) })]);
  answers.push(['a stranger', await on.agent.get('/bills')]);
  return answers;
}

test('every answer of every route carries the security headers, whatever its status', async () => {
  const on = await busyFirm({ appUrl: APP_URL });
  const answers = await everyAnswer(on);
  expect(answers.length).toBeGreaterThan(35);
  for (const [what, { headers }] of answers) {
    expect([what, headers['x-content-type-options'], headers['x-frame-options'], headers['referrer-policy']]).toEqual([what, 'nosniff', 'DENY', 'same-origin']);
    expect([what, headers['cross-origin-opener-policy'], headers['x-powered-by'], headers['access-control-allow-origin']]).toEqual([what, 'same-origin', undefined, undefined]);
    expect([what, headers['strict-transport-security']]).toEqual([what, 'max-age=31536000']);
    const policy = String(headers['content-security-policy']);
    const [nonce = ''] = /(?<='nonce-)[A-Za-z0-9+/]{22}==/.exec(policy) ?? [];
    expect([what, nonce === '', policy.replaceAll(nonce, 'n').split(';').sort()]).toEqual([
      what, false, ["base-uri 'none'", "connect-src 'self'", "default-src 'none'", "form-action 'self'", "frame-ancestors 'none'", "img-src 'self'", "object-src 'none'", "script-src 'nonce-n'", "style-src 'nonce-n'"],
    ]);
  }
});

test('every page names the nonce of its own answer, and no two answers have the same', async () => {
  const on = await busyFirm();
  const answers = await everyAnswer(on);
  const nonces = answers.map(([, { headers }]) => /'nonce-([^']+)'/.exec(String(headers['content-security-policy']))?.[1] ?? '');
  expect(new Set(nonces).size).toBe(answers.length);
  for (const [index, [what, { text, headers }]] of answers.entries()) {
    if (!String(headers['content-type']).startsWith('text/html') || !text.includes('<head>')) continue;
    const named = load(text)('script, link[rel=stylesheet]').map((_index, each) => each.attribs['nonce']).get();
    expect([what, named]).toEqual([what, [nonces[index], nonces[index]]]);
  }
});

test('pages are kept by no cache, and only files that name their version may be', async () => {
  const on = await busyFirm();
  for (const [what, { headers, status }] of await everyAnswer(on)) {
    const file = what.startsWith('GET /assets/tieout');
    if (/healthz|readyz|metrics|webhooks/.test(what)) continue;
    expect([what, status, headers['cache-control']]).toEqual([what, status, file ? 'public, max-age=31536000, immutable' : 'no-store']);
  }
});

test('no page has a script, a style or a handler of its own, and none loads anything from elsewhere', async () => {
  const on = await busyFirm();
  const pages = (await everyAnswer(on)).filter(([, { headers }]) => String(headers['content-type']).startsWith('text/html'));
  expect(pages.length).toBeGreaterThan(20);
  for (const [what, { text }] of pages) {
    const $ = load(text);
    const handlers = $('*').filter((_index, each) => Object.keys($(each).attr() ?? {}).some((name) => name.startsWith('on') || name === 'style')).length;
    const scripts = $('script').filter((_index, each) => $(each).attr('src') === undefined || $(each).text() !== '').length;
    const loaded = $('script[src], link[href], img[src], iframe, object, embed').map((_index, each) => $(each).attr('src') ?? $(each).attr('href') ?? 'embedded').get();
    const schemes = $('a[href], form[action]').map((_index, each) => $(each).attr('href') ?? $(each).attr('action') ?? '').get().filter((href) => !/^(\/|#|https:\/\/|\?)/.test(href));
    expect([what, handlers, scripts, $('style').length, loaded.filter((address) => !address.startsWith('/assets/')), schemes]).toEqual([what, 0, 0, 0, [], []]);
  }
});

test('cookies are for this host, closed to scripts, sent over https only, and say nothing readable', async () => {
  const on = await stage({ appUrl: APP_URL });
  on.vendors.addUser('dana', { clioId: '350112' });
  const start = await on.agent.get('/oauth/clio/start?region=us');
  const state = new URL(String(start.headers['location'])).searchParams.get('state') ?? '';
  const attempt = setCookies(start)[0] ?? '';
  const end = await on.agent.get(`/oauth/clio/callback?code=dana&state=${state}`).set('cookie', attempt.split(';')[0] ?? '');
  const lines = [...setCookies(start), ...setCookies(end)];
  expect(lines.map((line) => line.split('=')[0])).toEqual(['__Host-tieout-attempt', '__Host-tieout']);
  for (const line of lines) {
    expect(line).toMatch(/; Path=\/;/);
    expect(line).toMatch(/; HttpOnly; Secure; SameSite=Lax$/);
    expect(line).not.toMatch(/Domain=/);
    const value = line.slice(line.indexOf('=') + 1, line.indexOf(';'));
    const readable = value.split('.').slice(1).map((part) => Buffer.from(part, 'base64url').toString('latin1')).join(' ') + value;
    expect(readable).not.toMatch(/350112|Whitlock|100234|csrf/);
  }
});
