import { readFileSync } from 'node:fs';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { z } from 'zod';
import type { XeroApp } from '../../src/xero/identity.js';
import { authorizeUrl, connectionsOf, deleteConnection, exchangeCode, refresh } from '../../src/xero/oauth.js';
import { SCOPES, scopeReasonsOnDemand } from '../../src/xero/scopes.js';
import { VirtualClock } from '../virtual-clock.js';
import { answering, type Answer, type AnsweringServer } from './answering-server.js';

const clock = new VirtualClock();
const now = Math.floor(clock.now() / 1000);

let keys: Awaited<ReturnType<typeof generateKeyPair>>;
let otherKeys: typeof keys;
let server: AnsweringServer;
let app: XeroApp;
let answers: Record<string, Answer>;

beforeAll(async () => {
  keys = await generateKeyPair('RS256');
  otherKeys = await generateKeyPair('RS256');
});

beforeEach(async () => {
  answers = {};
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' };
  server = await answering(({ path, method }) => {
    const said = answers[`${method} ${path}`];
    if (said) return said;
    if (path === '/.well-known/openid-configuration') return { body: { issuer: server.url, jwks_uri: `${server.url}/.well-known/openid-configuration/jwks` } };
    if (path === '/.well-known/openid-configuration/jwks') return { body: { keys: [jwk] } };
    return { status: 404 };
  });
  app = { loginUrl: 'https://login.example', identityUrl: server.url, apiUrl: server.url, clientId: 'client-1', clientSecret: 's3cret', redirectUri: 'https://app.example.com/oauth/xero/callback', scopes: SCOPES, clock };
});
afterEach(() => server.close());

interface Forge {
  id?: Record<string, unknown>;
  access?: Record<string, unknown>;
  key?: Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];
  issuer?: string;
}

async function grantAnswer({ id = {}, access = {}, key = keys.privateKey, issuer = server.url }: Forge = {}): Promise<Answer> {
  const sign = (claims: Record<string, unknown>): Promise<string> => new SignJWT({ iss: issuer, iat: now, exp: now + 300, ...claims }).setProtectedHeader({ alg: 'RS256', kid: 'k1' }).sign(key);
  const person = { aud: 'client-1', sub: 's', xero_userid: 'user-1', nonce: 'n-1', given_name: 'Ada', family_name: 'Quill', email: 'ada@quill.example', ...id };
  const rights = { aud: `${issuer}/resources`, client_id: 'client-1', xero_userid: 'user-1', authentication_event_id: 'event-1', scope: ['openid', 'accounting.invoices'], ...access };
  return { body: { id_token: await sign(person), access_token: await sign(rights), expires_in: 1800, token_type: 'Bearer', refresh_token: 'refresh-1' } };
}

const exchange = async (forge: Forge = {}): ReturnType<typeof exchangeCode> => {
  answers['POST /connect/token'] = await grantAnswer(forge);
  return exchangeCode(app, 'code-1', { nonce: 'n-1' });
};

test('the browser is sent to Xero with the granular scopes, our state and our nonce', () => {
  const url = new URL(authorizeUrl(app, { state: 'st ate', nonce: 'n-1' }));
  expect(`${url.origin}${url.pathname}`).toBe('https://login.example/identity/connect/authorize');
  expect(Object.fromEntries(url.searchParams)).toEqual({ response_type: 'code', client_id: 'client-1', redirect_uri: app.redirectUri, scope: SCOPES.join(' '), state: 'st ate', nonce: 'n-1' });
  expect(url.search).not.toContain('+');
});

test('what is asked for is what the listing tells Xero', () => {
  const listed = manifest.parse(JSON.parse(readFileSync('manifest/xero-app.json', 'utf8')));
  expect(SCOPES).toEqual(listed.scopes.map(({ scope }) => scope));
  expect(Object.keys(scopeReasonsOnDemand)).toEqual(listed.scopesOnDemand.map(({ scope }) => scope));
  expect(SCOPES).toContain('offline_access');
});

const manifest = z.object({ scopes: z.array(z.object({ scope: z.string() })), scopesOnDemand: z.array(z.object({ scope: z.string() })) });

test('a code becomes tokens and a person, both signatures checked', async () => {
  expect(await exchange()).toEqual({
    tokens: { accessToken: expect.any(String) as string, refreshToken: 'refresh-1', expiresInSeconds: 1800 },
    userId: 'user-1',
    authEventId: 'event-1',
    scopes: ['openid', 'accounting.invoices'],
  });
  expect(server.seen[0]).toMatchObject({ method: 'POST', path: '/connect/token' });
  expect(server.seen[0]?.headers).toMatchObject({ authorization: `Basic ${Buffer.from('client-1:s3cret').toString('base64')}`, 'content-type': 'application/x-www-form-urlencoded' });
  expect(Object.fromEntries(new URLSearchParams(server.seen[0]?.raw))).toEqual({ grant_type: 'authorization_code', code: 'code-1', redirect_uri: app.redirectUri });
});

test.each<[string, () => Forge]>([
  ['another nonce', () => ({ id: { nonce: 'n-2' } })],
  ['no nonce', () => ({ id: { nonce: undefined } })],
  ['an id token for another app', () => ({ id: { aud: 'client-2' } })],
  ['an access token for another app', () => ({ access: { client_id: 'client-2' } })],
  ['tokens of two people', () => ({ access: { xero_userid: 'user-2' } })],
  ['an expired id token', () => ({ id: { exp: now - 120 } })],
  ['a token without expiry', () => ({ id: { exp: undefined } })],
  ['another issuer', () => ({ issuer: 'https://evil.example' })],
  ['a signature by somebody else', () => ({ key: otherKeys.privateKey })],
  ['no consent event', () => ({ access: { authentication_event_id: undefined } })],
])('%s is not believed', async (_, forge) => {
  await expect(exchange(forge())).rejects.toMatchObject({ kind: 'unauthorized' });
});

test('an unsigned token is not believed', async () => {
  const answer = await grantAnswer();
  const body = answer.body as Record<string, string>;
  const [, claims = ''] = (body['id_token'] ?? '').split('.');
  const header = Buffer.from('{"alg":"none"}').toString('base64url');
  answers['POST /connect/token'] = { body: { ...body, id_token: `${header}.${claims}.` } };
  await expect(exchangeCode(app, 'code-1', { nonce: 'n-1' })).rejects.toMatchObject({ kind: 'unauthorized' });
});

test('an identity service that calls itself something else is not believed', async () => {
  answers['GET /.well-known/openid-configuration'] = { body: { issuer: 'https://evil.example', jwks_uri: `${server.url}/jwks` } };
  await expect(exchange()).rejects.toMatchObject({ kind: 'unauthorized' });
});

test('a refresh gives the new pair', async () => {
  answers['POST /connect/token'] = { body: { access_token: 'a2', refresh_token: 'r2', expires_in: 1800, token_type: 'Bearer' } };
  expect(await refresh(app, 'r1')).toEqual({ accessToken: 'a2', refreshToken: 'r2', expiresInSeconds: 1800 });
  expect(Object.fromEntries(new URLSearchParams(server.seen[0]?.raw))).toEqual({ grant_type: 'refresh_token', refresh_token: 'r1' });
});

test.each<[string, Answer, Record<string, unknown>]>([
  ['a dead grant is unauthorized', { status: 400, body: { error: 'invalid_grant' } }, { kind: 'unauthorized' }],
  ['a wrong secret is not the firm’s fault', { status: 400, body: { error: 'unauthorized_client' } }, { kind: 'rejected', details: ['unauthorized_client'] }],
  ['a limit is no disconnect', { status: 429, headers: { 'retry-after': '7' } }, { kind: 'rate-limited', retryAfterMs: 7000 }],
  ['an outage is no disconnect', { status: 503, body: '<html>' }, { kind: 'unavailable' }],
  ['a lost answer may be asked for again', { fail: 'cut' }, { kind: 'unavailable' }],
  ['an answer without a token is none', { body: {} }, { kind: 'unavailable' }],
])('refreshing: %s', async (_, answer, failure) => {
  answers['POST /connect/token'] = answer;
  await expect(refresh(app, 'r1')).rejects.toMatchObject(failure);
});

describe('connections', () => {
  const row = (over: Record<string, unknown> = {}): Record<string, unknown> => ({ id: 'c1', authEventId: 'event-1', tenantId: 't1', tenantType: 'ORGANISATION', tenantName: 'Quill LLP', createdDateUtc: '2026-11-01T18:02:11.4820170', updatedDateUtc: '2026-11-01T18:02:11.4838920', ...over });

  test('of one consent: only its organisations, even when more are listed', async () => {
    answers['GET /connections'] = { body: [row(), row({ id: 'c2', authEventId: 'event-0', tenantId: 't2' }), row({ id: 'c3', tenantType: 'PRACTICE', tenantId: 't3' })] };
    expect(await connectionsOf(app, 'a1', 'event-1')).toEqual([{ id: 'c1', tenantId: 't1', tenantName: 'Quill LLP', tenantType: 'ORGANISATION', authEventId: 'event-1' }]);
    expect(server.seen[0]?.query.get('authEventId')).toBe('event-1');
    expect(server.seen[0]?.headers).toMatchObject({ authorization: 'Bearer a1' });
    expect(server.seen[0]?.headers).not.toHaveProperty('xero-tenant-id');
  });

  test('all of them, to see whether one still stands', async () => {
    answers['GET /connections'] = { body: [row(), row({ id: 'c2', authEventId: 'event-0', tenantId: 't2' })] };
    expect((await connectionsOf(app, 'a1')).map(({ tenantId }) => tenantId)).toEqual(['t1', 't2']);
    expect(server.seen[0]?.query.size).toBe(0);
  });

  test('deleting one that is gone is fine; being refused is not', async () => {
    answers['DELETE /connections/c1'] = { status: 204 };
    await deleteConnection(app, 'a1', 'c1');
    await deleteConnection(app, 'a1', 'gone');
    answers['DELETE /connections/t1'] = { status: 403 };
    await expect(deleteConnection(app, 'a1', 't1')).rejects.toMatchObject({ kind: 'forbidden' });
    expect(server.seen.map(({ method, path }) => `${method} ${path}`)).toEqual(['DELETE /connections/c1', 'DELETE /connections/gone', 'DELETE /connections/t1']);
  });
});
