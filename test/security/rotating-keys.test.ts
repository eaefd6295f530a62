import { randomBytes, randomUUID } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mongoose';
import { openToken, sealTokens } from '../../src/connections/sealed-tokens.js';
import { secretContext } from '../../src/connections/subscription-url.js';
import { systemClock } from '../../src/http/clock.js';
import { openStore } from '../../src/store/open-store.js';
import { createSealer, type Sealer } from '../../src/store/seal.js';
import type { Store } from '../../src/store/store.js';
import { compile } from '../compiled.js';
import { CANARIES, leaked } from './canaries.js';

const compiled = compile();
const folder = mkdtempSync(join(tmpdir(), 'tieout-rotating-'));
const [older, newer] = [randomBytes(32).toString('base64'), randomBytes(32).toString('hex')];
const FIRMS = ['us:100234', 'eu:100234'];
const clock = systemClock;

/** The program's own command, as whoever runs the server gives it. */
function rotate(storeUrl: string, keys: string[]): { status: number | null; said: string } {
  const env = {
    PATH: process.env['PATH'], APP_URL: 'https://tieout.example', STORE_URL: storeUrl, SECRET_KEYS: keys.join(','),
    CLIO_US_CLIENT_ID: 'id', CLIO_US_CLIENT_SECRET: 'secret', XERO_CLIENT_ID: 'id', XERO_CLIENT_SECRET: 'secret', XERO_WEBHOOK_KEY: 'key',
  };
  const run = spawnSync(process.execPath, [compiled.path('src/main.ts'), 'rotate-keys'], { encoding: 'utf8', timeout: 60_000, env });
  return { status: run.status, said: run.stdout + run.stderr };
}

/** Two firms, each connected on both sides, with a webhook subscription. */
async function fill(store: Store, sealer: Sealer): Promise<void> {
  const at = new Date(clock.now()).toISOString();
  for (const firm of FIRMS) {
    await store.firms.insert({ firm: '*', id: firm, region: firm.startsWith('us') ? 'us' : 'eu', clioAccountId: '100234', name: 'Harwood & Lisle LLP', timeZone: 'London', installedAt: at, people: {} });
    for (const [side, id, accessToken, refreshToken] of [['clio', 'clio:1', CANARIES.clioAccess, CANARIES.clioRefresh], ['xero', `xero:${firm}`, CANARIES.xeroAccess, CANARIES.xeroRefresh]] as const) {
      const place = { firm, id };
      const tokens = sealTokens({ sealer, clock }, place, { accessToken, refreshToken, expiresInSeconds: 1_800 }, null);
      await store.connections.insert({ ...place, side, userId: '1', organisationId: side === 'xero' ? firm : null, organisationName: null, xeroConnectionId: null, ...tokens, scopes: [], state: 'live', stateReason: null, connectedAt: at });
    }
    const secret = sealer.seal(CANARIES.hookSecret, secretContext(firm, 'bill', 'secret'));
    await store.subscriptions.insert({ firm, id: 'bill', model: 'bill', token: firm.padEnd(43, 't'), clioWebhookId: '9', secret, previousSecret: null, state: 'enabled', expiresAt: null, lastDeliveryAt: null });
  }
}

/** What a sealer with these keys can still read: every token and secret, or the reason why not. */
async function readable(store: Store, keys: string[]): Promise<(string | null)[]> {
  const sealer = createSealer(keys);
  const opened: (string | null)[] = [];
  for (const firm of FIRMS) {
    for (const record of await store.connections.list(firm)) opened.push(openToken(sealer, record, 'accessToken'), openToken(sealer, record, 'refreshToken'));
    const hook = await store.subscriptions.get(firm, 'bill');
    opened.push(sealer.open(hook?.secret ?? '', secretContext(firm, 'bill', 'secret')));
  }
  return opened;
}

const uri = process.env['MONGODB_URI'];
const database = `tieout-test-${randomUUID()}`;
const mongoUrl = (base: string) => {
  const url = new URL(base);
  url.pathname = `/${database}`;
  return url.href;
};
const STORES: [string, string][] = [['SQLite', `sqlite:${join(folder, 'store.sqlite')}`], ...(uri === undefined ? [] : [['MongoDB', mongoUrl(uri)] satisfies [string, string]])];
if (uri === undefined) console.warn('MongoDB: NOT TESTED. Start a server with `.ci/mongodb-server.sh`, then set MONGODB_URI.');

afterAll(async () => {
  compiled.remove();
  rmSync(folder, { recursive: true, force: true });
  if (uri === undefined) return;
  const connection = await createConnection(uri, { dbName: database }).asPromise();
  await connection.dropDatabase();
  await connection.close();
});

test.each(STORES)('on %s the command moves every token to the new key, in the order the page on security says', async (_name, storeUrl) => {
  const store = await openStore(storeUrl);
  try {
    await fill(store, createSealer([older]));
    const before = await readable(store, [older]);
    expect(before).toHaveLength(10);

    const forgotten = rotate(storeUrl, [newer]);
    expect([forgotten.status, forgotten.said.includes('put the earlier key back at the end of the list')]).toEqual([1, true]);
    expect(await readable(store, [older])).toEqual(before);

    const first = rotate(storeUrl, [newer, older]);
    expect([first.status, first.said.split('\n')[0]]).toEqual([0, '6 record(s) sealed again with the first key of SECRET_KEYS.']);
    expect(await readable(store, [newer])).toEqual(before);
    await expect(readable(store, [older])).rejects.toThrow('not in SECRET_KEYS');
    expect(rotate(storeUrl, [newer, older]).said).toMatch(/^0 record/);
    expect([rotate(storeUrl, [newer]).status, leaked(first.said + forgotten.said, [older, newer, ...Object.values(CANARIES)])]).toEqual([0, []]);
  } finally {
    await store.close();
  }
});

test('neither key nor token is left in the file afterwards', () => {
  expect(leaked(Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name)))), [older, newer, ...Object.values(CANARIES)])).toEqual([]);
});
