import { keepAlive } from '../../src/connections/keep-alive.js';
import { createFreshToken } from '../../src/connections/fresh-token.js';
import { endTurn, isInTurn, takeTurn } from '../../src/connections/refresh-turn.js';
import { openToken, sealTokens } from '../../src/connections/sealed-tokens.js';
import { busyRecords } from './busy-records.js';
import { refused } from '../web/vendors.js';
import { stage, type Stage } from '../web/stage.js';

const FIRM = 'us:100234';
const ID = 'xero:org-1';

async function connected(tokens: { accessToken: string; refreshToken: string; previous?: string } = { accessToken: 'access-0', refreshToken: 'refresh-0' }): Promise<Stage> {
  const on = await stage();
  const place = { firm: FIRM, id: ID };
  const now = new Date(on.clock.now()).toISOString();
  const sealed = sealTokens(on.deps, place, { ...tokens, expiresInSeconds: 1_800 }, tokens.previous ?? null);
  await on.store.connections.insert({ ...place, side: 'xero', userId: 'u', organisationId: 'org-1', organisationName: 'Harwood Books', xeroConnectionId: 'xc', ...sealed, scopes: [], state: 'live', stateReason: null, connectedAt: now });
  on.vendors.liveRefreshTokens.add(tokens.refreshToken);
  return on;
}
const refreshes = (on: Stage) => on.vendors.calls.filter((call) => call.includes('refresh'));
const record = async (on: Stage) => {
  const found = await on.store.connections.get(FIRM, ID);
  if (!found) throw new Error('no connection');
  return found;
};

test('a token is used until four fifths of its life, then renewed; both tokens of the new pair are kept and the last one remembered', async () => {
  const on = await connected();
  expect(await on.deps.freshToken(FIRM, ID)).toBe('access-0');
  await on.clock.advance(1_440_000 - 1);
  expect(await on.deps.freshToken(FIRM, ID)).toBe('access-0');
  await on.clock.advance(1);
  expect(await on.deps.freshToken(FIRM, ID)).toBe('access-1');
  expect(refreshes(on)).toEqual(['xero refresh refresh-0']);
  const stored = await record(on);
  expect((['accessToken', 'refreshToken', 'previousRefreshToken'] as const).map((field) => openToken(on.deps.sealer, stored, field))).toEqual(['access-1', 'refresh-1', 'refresh-0']);
});

test('a token the vendor refused is renewed at once, and only once however many calls were refused with it', async () => {
  const on = await connected();
  expect(await Promise.all([1, 2, 3].map(() => on.deps.freshToken(FIRM, ID, 'access-0')))).toEqual(['access-1', 'access-1', 'access-1']);
  expect(await on.deps.freshToken(FIRM, ID, 'access-0')).toBe('access-1');
  expect(refreshes(on)).toHaveLength(1);
});

test('two processes never refresh at the same time: the second waits and takes what the first got', async () => {
  const on = await connected();
  let answer: () => void = () => undefined;
  on.vendors.onRefresh = () => new Promise((resolve) => (answer = resolve));
  const other = createFreshToken(on.deps);
  const first = on.deps.freshToken(FIRM, ID, 'access-0');
  await on.clock.advance(10);
  const second = other(FIRM, ID, 'access-0');
  await on.clock.advance(600);
  expect(refreshes(on)).toHaveLength(1);
  answer();
  await on.clock.advance(600);
  expect(await Promise.all([first, second])).toEqual(['access-1', 'access-1']);
  expect(refreshes(on)).toHaveLength(1);
});

test('a process that died while refreshing holds the others up until its turn is over', async () => {
  const on = await connected();
  await on.store.tickets.insert({ firm: FIRM, id: `refresh:${ID}`, kind: 'refresh-turn', body: null, sweepAt: new Date(on.clock.now() + 15_000).toISOString() });
  const waiting = on.deps.freshToken(FIRM, ID, 'access-0');
  await on.clock.advance(16_000);
  expect(await waiting).toBe('access-1');
});

test('whoever stood still for longer than its turn neither asks the vendor nor ends the turn of the next', async () => {
  const on = await connected();
  const [slept, next] = [await takeTurn(on.deps, FIRM, ID), await on.clock.advance(120_000).then(() => takeTurn(on.deps, FIRM, ID))];
  if (!slept || !next) throw new Error('no turn');
  expect([slept, next].map((turn) => isInTurn(on.deps, turn))).toEqual([false, true]);
  await endTurn(on.deps, slept);
  expect(await takeTurn(on.deps, FIRM, ID)).toBeUndefined();
  await endTurn(on.deps, next);
  expect(await takeTurn(on.deps, FIRM, ID)).toBeDefined();
});

test('an answer that got lost is made good with the token before the last', async () => {
  const on = await connected({ accessToken: 'access-0', refreshToken: 'refresh-lost', previous: 'refresh-before' });
  on.vendors.liveRefreshTokens.delete('refresh-lost');
  on.vendors.liveRefreshTokens.add('refresh-before');
  expect(await on.deps.freshToken(FIRM, ID, 'access-0')).toBe('access-1');
  expect(refreshes(on)).toEqual(['xero refresh refresh-lost', 'xero refresh refresh-before']);
  expect((await record(on)).state).toBe('live');
});

test('an answer that got lost is asked for once more at once, with the same token', async () => {
  const on = await connected();
  on.vendors.onRefresh = () => Promise.reject(Object.assign(refused('xero'), { kind: 'ambiguous' }));
  await expect(on.deps.freshToken(FIRM, ID, 'access-0')).rejects.toMatchObject({ kind: 'ambiguous' });
  expect(refreshes(on)).toEqual(['xero refresh refresh-0', 'xero refresh refresh-0']);
  expect((await record(on)).state).toBe('live');
  on.vendors.onRefresh = () => {
    on.vendors.onRefresh = () => Promise.resolve();
    return Promise.reject(Object.assign(refused('xero'), { kind: 'ambiguous' }));
  };
  expect(await on.deps.freshToken(FIRM, ID, 'access-0')).toBe('access-1');
});

test('a new pair is not lost with a database that fails for a moment: it is stored as soon as that works again', async () => {
  const on = await connected();
  const store = { ...on.store, connections: busyRecords(on.store.connections, 3) };
  const token = createFreshToken({ ...on.deps, store })(FIRM, ID, 'access-0');
  for (let second = 0; second < 5; second += 1) await on.clock.advance(1_000);
  expect(await token).toBe('access-1');
  expect(refreshes(on)).toEqual(['xero refresh refresh-0']);
  expect(openToken(on.deps.sealer, await record(on), 'refreshToken')).toBe('refresh-1');
});

test('a refusal for good asks for a person, once, and keeps everything else', async () => {
  const on = await connected();
  on.vendors.liveRefreshTokens.clear();
  await expect(on.deps.freshToken(FIRM, ID, 'access-0')).rejects.toMatchObject({ kind: 'unauthorized', service: 'xero' });
  await expect(on.deps.freshToken(FIRM, ID)).rejects.toMatchObject({ kind: 'unauthorized' });
  expect([(await record(on)).state, refreshes(on).length]).toEqual(['needs-reauth', 1]);
  expect((await on.store.activity.list(FIRM)).map((line) => line.what)).toEqual(['connection-lost']);
});

test('a person who reconnects while an old token is being refused is not logged out again', async () => {
  const on = await connected();
  on.vendors.onRefresh = async () => {
    on.vendors.onRefresh = () => Promise.resolve();
    on.vendors.liveRefreshTokens.delete('refresh-0');
    const stored = await record(on);
    await on.store.connections.replace({ ...stored, ...sealTokens(on.deps, stored, { accessToken: 'access-new', refreshToken: 'refresh-new', expiresInSeconds: 1_800 }, null) });
  };
  expect(await on.deps.freshToken(FIRM, ID, 'access-0')).toBe('access-new');
  expect((await record(on)).state).toBe('live');
});

test('a busy token endpoint is no refusal', async () => {
  const on = await connected();
  on.vendors.onRefresh = () => Promise.reject(Object.assign(refused('xero'), { kind: 'rate-limited' }));
  await expect(on.deps.freshToken(FIRM, ID, 'access-0')).rejects.toMatchObject({ kind: 'rate-limited' });
  on.vendors.onRefresh = () => Promise.resolve();
  expect(await on.deps.freshToken(FIRM, ID, 'access-0')).toBe('access-1');
});

test('a vendor that keeps the refresh token leaves ours as it is', async () => {
  const on = await connected();
  on.vendors.rotates = false;
  const stored = await record(on);
  await on.deps.freshToken(FIRM, ID, 'access-0');
  expect(openToken(on.deps.sealer, await record(on), 'refreshToken')).toBe(openToken(on.deps.sealer, stored, 'refreshToken'));
});

test('a sign-in nobody uses for half a year is renewed every week, as Xero forgets it after 60 days; one that ended is left alone', async () => {
  const on = await connected();
  const ages: number[] = [];
  for (let day = 0; day < 180; day += 1) {
    await keepAlive(on.deps, on.deps.freshToken, FIRM);
    ages.push((on.clock.now() - Date.parse((await record(on)).refreshedAt)) / 86_400_000);
    await on.clock.advance(86_400_000);
  }
  expect(Math.max(...ages)).toBe(6);
  expect(refreshes(on)).toHaveLength(25);
  on.vendors.liveRefreshTokens.clear();
  await on.clock.advance(8 * 86_400_000);
  await keepAlive(on.deps, on.deps.freshToken, FIRM);
  await keepAlive(on.deps, on.deps.freshToken, FIRM);
  expect([(await record(on)).state, refreshes(on).length]).toEqual(['needs-reauth', 26 + 1]);
});

test('a renewal that came to no known end is asked for again within minutes, although nobody needs a token; one that ended well is not', async () => {
  const on = await connected();
  await on.deps.freshToken(FIRM, ID, 'access-0');
  await keepAlive(on.deps, on.deps.freshToken, FIRM);
  expect(refreshes(on)).toHaveLength(1);
  // Lost, then too many calls at once: the first of the two may have been carried out.
  const answers = [Object.assign(refused('xero'), { kind: 'ambiguous' }), Object.assign(refused('xero'), { kind: 'rate-limited' })];
  on.vendors.onRefresh = () => Promise.reject(answers.shift() ?? new Error('asked too often'));
  await expect(on.deps.freshToken(FIRM, ID, 'access-1')).rejects.toMatchObject({ kind: 'ambiguous' });
  on.vendors.onRefresh = () => Promise.resolve();
  await keepAlive(on.deps, on.deps.freshToken, FIRM);
  expect(openToken(on.deps.sealer, await record(on), 'accessToken')).toBe('access-2');
  await keepAlive(on.deps, on.deps.freshToken, FIRM);
  expect(refreshes(on)).toHaveLength(4);
});

test('a process that died in its turn leaves a renewal that is made good once the turn is over, not before', async () => {
  const on = await connected();
  expect(await takeTurn(on.deps, FIRM, ID)).toBeDefined();
  await keepAlive(on.deps, on.deps.freshToken, FIRM);
  expect(refreshes(on)).toHaveLength(0);
  await on.clock.advance(120_000);
  await keepAlive(on.deps, on.deps.freshToken, FIRM);
  expect(openToken(on.deps.sealer, await record(on), 'accessToken')).toBe('access-1');
});
