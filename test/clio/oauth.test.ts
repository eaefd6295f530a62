import { authorizeUrl, exchangeCode, refresh, revoke } from '../../src/clio/oauth.js';
import { failureOf, startStub, type Answer } from './stub.js';

let stub: Awaited<ReturnType<typeof startStub>>;
let answer: Answer | 'drop';
beforeEach(async () => {
  stub = await startStub(() => answer);
});
afterEach(() => stub.close());

const app = () => ({ baseUrl: stub.url, clientId: 'id', clientSecret: 's&cret', redirectUri: 'https://app.example/oauth/clio/callback' });
const tokens = { token_type: 'bearer', access_token: 'new', expires_in: 2_592_000 };

test('consent is asked for with the exact redirect, and a refusal comes back', () => {
  const url = new URL(authorizeUrl({ ...app(), baseUrl: 'https://eu.app.clio.com' }, 'st/ate='));
  expect(url.origin + url.pathname).toBe('https://eu.app.clio.com/oauth/authorize');
  expect(Object.fromEntries(url.searchParams)).toEqual({ response_type: 'code', client_id: 'id', redirect_uri: 'https://app.example/oauth/clio/callback', state: 'st/ate=', redirect_on_decline: 'true' });
});

test('a code becomes tokens', async () => {
  answer = { body: { ...tokens, refresh_token: 'keep' } };
  expect(await exchangeCode(app(), 'c0de')).toEqual({ accessToken: 'new', refreshToken: 'keep', expiresInSeconds: 2_592_000 });
  expect(stub.asked[0]?.path).toBe('/oauth/token');
  expect(Object.fromEntries(new URLSearchParams(stub.asked[0]?.body))).toEqual({ client_id: 'id', client_secret: 's&cret', grant_type: 'authorization_code', code: 'c0de', redirect_uri: 'https://app.example/oauth/clio/callback' });
});

test.each<[string, object, string | null, number]>([
  ['keeps the old refresh token', {}, null, 2_592_000],
  ['may bring a new one', { refresh_token: 'newer', expires_in: '3600' }, 'newer', 3_600],
  ['without a lifetime counts as the shortest seen', { expires_in: null }, null, 3_600],
])('a refresh %s', async (_, over, refreshToken, expiresInSeconds) => {
  answer = { body: { ...tokens, ...over } };
  expect(await refresh(app(), 'old')).toEqual({ accessToken: 'new', refreshToken, expiresInSeconds });
});

test.each<[string, Answer | 'drop', string]>([
  ['withdrawn consent', { status: 400, body: { error: 'invalid_grant' } }, 'unauthorized'],
  ['withdrawn consent with 401', { status: 401, body: { error: 'invalid_grant' } }, 'unauthorized'],
  ['our own wrong secret', { status: 401, body: { error: 'invalid_client' } }, 'rejected'],
  ['a limit', { status: 429, headers: { 'retry-after': '7' } }, 'rate-limited'],
  ['an outage', { status: 502, body: '<html>' }, 'unavailable'],
  ['no answer', 'drop', 'unavailable'],
  ['an answer without tokens', { body: {} }, 'unavailable'],
])('%s', async (_, given, kind) => {
  answer = given;
  const error = await failureOf(refresh(app(), 'canary'));
  expect(error.kind).toBe(kind);
  expect(JSON.stringify([error, error.message, error.stack])).not.toMatch(/canary|cret/);
});

test.each([200, 204, 401])('revoking is done with %i', async (status) => {
  answer = { status };
  await expect(revoke(app(), 'token')).resolves.toBeUndefined();
  expect(stub.asked[0]).toMatchObject({ path: '/oauth/deauthorize', headers: { authorization: 'Bearer token' } });
});

test('revoking can fail', async () => {
  answer = { status: 500 };
  expect(await failureOf(revoke(app(), 'token'))).toMatchObject({ kind: 'ambiguous' });
});
