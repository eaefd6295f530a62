import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClio } from '../../src/clio/client.js';
import { clioLimits } from '../../src/clio/rate-limits.js';
import * as clioOAuth from '../../src/clio/oauth.js';
import { createBudget } from '../../src/http/budget.js';
import { createSend, urlUnder } from '../../src/http/request.js';
import { createXero } from '../../src/xero/client.js';
import * as xeroOAuth from '../../src/xero/oauth.js';
import { VirtualClock } from '../virtual-clock.js';

const TOKEN = 'CANARY-token-that-must-not-leave';
const servers: Server[] = [];

afterAll(() => {
  for (const server of servers) server.close();
});

interface Heard {
  url: string;
  asked: { path: string; authorization: string | undefined; host: string | undefined }[];
}

async function listening(answer: (path: string) => { status: number; headers?: Record<string, string>; body?: unknown }): Promise<Heard> {
  const asked: Heard['asked'] = [];
  const server = createServer((request, response) => {
    asked.push({ path: request.url ?? '', authorization: request.headers.authorization, host: request.headers.host });
    const { status, headers, body } = answer(request.url ?? '');
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body === undefined ? '' : JSON.stringify(body));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

const clock = new VirtualClock();
const token = () => Promise.resolve(TOKEN);
const clioAt = (baseUrl: string) => createClio({ baseUrl, region: 'us', token, onUnauthorized: token, budget: createBudget(clioLimits, clock), clock });
const xeroAt = (apiUrl: string) => createXero({ apiUrl, organisationId: 'org', token, onUnauthorized: token, budget: createBudget({ ...clioLimits, service: 'xero' }, clock), clock });
const clioApp = (baseUrl: string) => ({ baseUrl, clientId: 'c', clientSecret: 's', redirectUri: 'https://tieout.example/oauth/clio/callback' });
const xeroApp = (url: string) => ({ loginUrl: url, identityUrl: url, apiUrl: url, clientId: 'x', clientSecret: 's', redirectUri: 'https://tieout.example/oauth/xero/callback', scopes: [] });

/** Everything the program says to a vendor, by kind. */
const SAID: [string, (url: string) => Promise<unknown>][] = [
  ['a read of Clio', (url) => clioAt(url).whoAmI()],
  ['a list of Clio', (url) => clioAt(url).webhooks()],
  ['a write to Clio', (url) => clioAt(url).markBillPaid('1', '"etag"')],
  ['the sign-in at Clio', (url) => clioOAuth.exchangeCode(clioApp(url), 'code', clock)],
  ['a refresh at Clio', (url) => clioOAuth.refresh(clioApp(url), TOKEN, clock)],
  ['a read of Xero', (url) => xeroAt(url).payment('1f6f0a52-3c0e-4d5f-8a55-2a4f0c9e7b10')],
  ['a list of Xero', (url) => xeroAt(url).allContacts()],
  ['the sign-in at Xero', (url) => xeroOAuth.exchangeCode(xeroApp(url), 'code', { nonce: 'n' })],
  ['a refresh at Xero', (url) => xeroOAuth.refresh(xeroApp(url), TOKEN)],
  ['a disconnect at Xero', (url) => xeroOAuth.deleteConnection(xeroApp(url), TOKEN, 'id')],
];

describe.each([301, 302, 303, 307, 308])('a vendor answering %i to elsewhere', (status) => {
  test.each(SAID)('is not followed: %s', async (_what, say) => {
    const elsewhere = await listening(() => ({ status: 200, body: { access_token: 'stolen', data: {} } }));
    const vendor = await listening(() => ({ status, headers: { location: `${elsewhere.url}/collect` } }));
    await expect(say(vendor.url)).rejects.toMatchObject({ name: 'ServiceError' });
    expect(vendor.asked.length).toBeGreaterThan(0);
    expect(elsewhere.asked).toEqual([]);
  });
});

describe("Clio's address of the next page", () => {
  test.each([
    ['another origin', (other: string) => `${other}/api/v4/webhooks.json?page_token=2`],
    ['another path of the same host', (_other: string, own: string) => `${own}/oauth/token`],
    ['the same host with credentials in it', (_other: string, own: string) => own.replace('http://', 'http://dana:pw@')],
    ['no scheme', (other: string) => other.replace('http:', '') + '/api/v4/users.json'],
    ['a way out of the folder', (_other: string, own: string) => `${own}/api/v4/../../internal`],
    ['a local file', () => 'file:///etc/passwd'],
  ])('%s is refused, and no token goes there', async (_what, next) => {
    const other = await listening(() => ({ status: 200, body: { data: [], meta: {} } }));
    const own: Heard = await listening((path) => ({ status: 200, body: { data: [], meta: { paging: { next: path.includes('webhooks') ? next(other.url, own.url) : undefined } } } }));
    await expect(clioAt(own.url).webhooks()).rejects.toThrow(/^An address outside .* was refused$/);
    expect(other.asked).toEqual([]);
    expect(own.asked.every((each) => each.path.startsWith('/api/v4/webhooks.json'))).toBe(true);
  });

  test('on the very host and path is followed', async () => {
    const own: Heard = await listening((path) => ({ status: 200, body: { data: [], meta: { paging: path.includes('page_token') ? {} : { next: `${own.url}/api/v4/webhooks.json?page_token=2` } } } }));
    await clioAt(own.url).webhooks();
    expect(own.asked.map((each) => [each.path.includes('page_token'), each.authorization])).toEqual([[false, `Bearer ${TOKEN}`], [true, `Bearer ${TOKEN}`]]);
  });
});

test.each(['https://evil.example/api/v4/x', '//evil.example/x', 'https://app.clio.com.evil.example/api/v4/x', 'https://app.clio.com@evil.example/api/v4/x', 'http://app.clio.com/api/v4/x', 'https://app.clio.com:8443/api/v4/x', '../../oauth/token', 'https://user:pw@app.clio.com/api/v4/x', '/api/v5/x', 'javascript:alert(1)', 'http://169.254.169.254/latest/meta-data', '\\\\evil.example\\x'])('%s lies outside the one address and is refused', (url) => {
  expect(() => urlUnder(new URL('https://app.clio.com/api/v4/'), url, 'clio')).toThrow(/outside https:\/\/app\.clio\.com\/api\/v4\//);
});

test('proxies of the environment are not used, and no message names a token or a query', async () => {
  process.env['HTTP_PROXY'] = 'http://127.0.0.1:9';
  const vendor = await listening(() => ({ status: 500 }));
  const reply = await createSend({ service: 'clio', baseUrl: vendor.url })({ method: 'GET', url: `/x?code=${TOKEN}`, headers: { authorization: `Bearer ${TOKEN}` } });
  delete process.env['HTTP_PROXY'];
  expect([reply.status, reply.call, vendor.asked.length]).toEqual([500, 'GET /x', 1]);
  const closed = createSend({ service: 'clio', baseUrl: 'http://127.0.0.1:9' })({ method: 'POST', url: `/x?code=${TOKEN}`, headers: { authorization: `Bearer ${TOKEN}` } });
  await expect(closed).rejects.toThrow(/^No whole answer from clio to POST \/x \(ECONNREFUSED\)$/);
});
