import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rotateKeys } from '../../src/connections/rotate-keys.js';
import { openToken, sealTokens } from '../../src/connections/sealed-tokens.js';
import { secretContext } from '../../src/connections/subscription-url.js';
import { rotateKeysOnce } from '../../src/rotate-keys.js';
import { createSealer, UnsealableError, type Sealer } from '../../src/store/seal.js';
import { openSqliteStore } from '../../src/store/sqlite-store.js';
import type { Store } from '../../src/store/store.js';
import { VirtualClock } from '../virtual-clock.js';
import { CANARIES, leaked } from './canaries.js';

const FIRM = 'us:100234';
const [older, newer] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];
const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A file with a firm connected on both sides and a webhook subscription, sealed with these keys. */
async function fileWithTokens(sealer: Sealer): Promise<{ store: Store; path: string; clock: VirtualClock; everything: () => Buffer }> {
  const folder = mkdtempSync(join(tmpdir(), 'tieout-sealed-'));
  folders.push(folder);
  const path = join(folder, 'store.sqlite');
  const clock = new VirtualClock();
  const store = await openSqliteStore(path, { now: () => clock.now() });
  const now = new Date(clock.now()).toISOString();
  await store.firms.insert({ firm: '*', id: FIRM, region: 'us', clioAccountId: '100234', name: 'Harwood & Lisle LLP', timeZone: 'London', installedAt: now, people: {} });
  for (const [side, id, accessToken, refreshToken] of [['clio', 'clio:1', CANARIES.clioAccess, CANARIES.clioRefresh], ['xero', 'xero:org', CANARIES.xeroAccess, CANARIES.xeroRefresh]] as const) {
    const place = { firm: FIRM, id };
    const tokens = sealTokens({ sealer, clock }, place, { accessToken, refreshToken, expiresInSeconds: 1_800 }, `${refreshToken}-before`);
    await store.connections.insert({ ...place, side, userId: '1', organisationId: side === 'xero' ? 'org' : null, organisationName: null, xeroConnectionId: null, ...tokens, scopes: [], state: 'live', stateReason: null, connectedAt: now });
  }
  const seal = (field: 'secret' | 'previousSecret') => sealer.seal(CANARIES.hookSecret, secretContext(FIRM, 'bill', field));
  await store.subscriptions.insert({ firm: FIRM, id: 'bill', model: 'bill', token: 't'.repeat(43), clioWebhookId: '9', secret: seal('secret'), previousSecret: seal('previousSecret'), state: 'enabled', expiresAt: null, lastDeliveryAt: null });
  return { store, path, clock, everything: () => Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name)))) };
}

test('the database file and its log hold no token and no webhook secret in the clear', async () => {
  const { store, everything } = await fileWithTokens(createSealer([older]));
  expect(leaked(everything())).toEqual([]);
  expect(everything().includes('Harwood & Lisle')).toBe(true);
  await store.close();
  expect(leaked(everything())).toEqual([]);
});

test('the search would find a token that were stored in the clear', async () => {
  const plain: Sealer = { seal: (text) => text, open: (text) => text, needsReseal: () => false };
  const { store, everything } = await fileWithTokens(plain);
  expect(leaked(everything())).toHaveLength(5);
  await store.close();
});

test('an envelope moved to another firm, connection or field does not open', async () => {
  const sealer = createSealer([older]);
  const { store } = await fileWithTokens(sealer);
  const mine = await store.connections.get(FIRM, 'xero:org');
  if (!mine) throw new Error('the connection is missing');
  expect(openToken(sealer, mine, 'refreshToken')).toBe(CANARIES.xeroRefresh);
  for (const moved of [{ ...mine, firm: 'eu:100234' }, { ...mine, id: 'xero:other' }, { ...mine, refreshToken: mine.accessToken }]) {
    expect(() => openToken(sealer, moved, 'refreshToken')).toThrow(UnsealableError);
  }
  await store.close();
});

describe('rotating the keys', () => {
  test('reseals every envelope with the first key, so that the older key can be forgotten', async () => {
    const { store, clock, everything } = await fileWithTokens(createSealer([older]));
    expect(await rotateKeys({ store, clock, sealer: createSealer([newer, older]) })).toBe(3);
    const alone = createSealer([newer]);
    for (const record of await store.connections.list(FIRM)) {
      const side = record.side === 'clio' ? ([CANARIES.clioAccess, CANARIES.clioRefresh] as const) : ([CANARIES.xeroAccess, CANARIES.xeroRefresh] as const);
      expect([openToken(alone, record, 'accessToken'), openToken(alone, record, 'refreshToken'), openToken(alone, record, 'previousRefreshToken')]).toEqual([...side, `${side[1]}-before`]);
    }
    const hook = await store.subscriptions.get(FIRM, 'bill');
    expect(alone.open(hook?.secret ?? '', secretContext(FIRM, 'bill', 'secret'))).toBe(CANARIES.hookSecret);
    expect(alone.open(hook?.previousSecret ?? '', secretContext(FIRM, 'bill', 'previousSecret'))).toBe(CANARIES.hookSecret);
    expect(leaked(everything())).toEqual([]);
    await store.close();
  });

  test('changes nothing a second time, and leaves ended connections alone', async () => {
    const { store, clock } = await fileWithTokens(createSealer([older]));
    const ended = await store.connections.get(FIRM, 'clio:1');
    if (ended) await store.connections.replace({ ...ended, state: 'removed', accessToken: '', refreshToken: null, previousRefreshToken: null });
    const deps = { store, clock, sealer: createSealer([newer, older]) };
    expect([await rotateKeys(deps), await rotateKeys(deps)]).toEqual([2, 0]);
    await store.close();
  });

  test('stops at an envelope whose key is not in the list, and loses nothing', async () => {
    const { store, clock } = await fileWithTokens(createSealer([older]));
    await expect(rotateKeys({ store, clock, sealer: createSealer([newer]) })).rejects.toThrow(/put the earlier key back/);
    const record = await store.connections.get(FIRM, 'xero:org');
    expect(record && openToken(createSealer([older]), record, 'refreshToken')).toBe(CANARIES.xeroRefresh);
    await store.close();
  });

  test('waits for a refresh under way, which knows its token by the envelope', async () => {
    const { store, clock } = await fileWithTokens(createSealer([older]));
    await store.tickets.insert({ firm: FIRM, id: 'refresh:xero:org', kind: 'refresh-turn', body: null, sweepAt: new Date(clock.now() + 60_000).toISOString() });
    const before = await store.connections.get(FIRM, 'xero:org');
    const rotating = rotateKeys({ store, clock, sealer: createSealer([newer, older]) });
    await clock.advance(5_000);
    expect((await store.connections.get(FIRM, 'xero:org'))?.refreshToken).toBe(before?.refreshToken);
    await store.tickets.remove(FIRM, 'refresh:xero:org');
    await clock.advance(5_000);
    expect(await rotating).toBe(3);
    await store.close();
  });

  test('is a command that says what it did and what comes next', async () => {
    const { store, path } = await fileWithTokens(createSealer([older]));
    await store.close();
    const said: string[] = [];
    expect(await rotateKeysOnce({ storeUrl: `sqlite:${path}`, secretKeys: [newer, older] }, (line) => said.push(line))).toBe(0);
    expect(said[0]).toMatch(/^3 record\(s\) sealed again/);
    expect(leaked(said.join('\n'))).toEqual([]);
  });
});
