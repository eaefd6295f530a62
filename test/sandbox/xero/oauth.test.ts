import { createPublicKey, verify } from 'node:crypto';
import { app, authorizeUrl, call, connect, scopes, tokenCall, type Connected } from './connected.js';

const minute = 60_000;

function claims(token: string): Record<string, unknown> {
  const parsed: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
  return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
}

describe('consent and tokens', () => {
  let world: Connected;
  beforeEach(async () => {
    world = await connect();
  });
  afterEach(() => world.sandbox.close());

  const code = (more: Record<string, string> = {}): string => new URL(world.sandbox.control.consent({ authorizeUrl: authorizeUrl(world.sandbox, more) })).searchParams.get('code') ?? '';
  const exchange = (text: string, redirect = 'http://localhost:9/callback') => tokenCall(world.sandbox, { grant_type: 'authorization_code', code: text, redirect_uri: redirect });
  const refresh = (token: string) => tokenCall(world.sandbox, { grant_type: 'refresh_token', refresh_token: token });

  it('is clicked through by forms alone', async () => {
    const { url } = world.sandbox;
    const first = await call(authorizeUrl(world.sandbox, { nonce: 'n-1' }), 'GET', {});
    expect(first.headers.get('x-frame-options')).toBe('DENY');
    const user = /name="sandbox_user" value="([^"]+)"/.exec(first.text)?.[1] ?? '';
    const form = new URLSearchParams(new URL(authorizeUrl(world.sandbox, { nonce: 'n-1' })).searchParams);
    form.set('sandbox_user', user);
    const post = () => call(`${url}/identity/connect/authorize`, 'POST', { 'content-type': 'application/x-www-form-urlencoded' }, form.toString());
    const chooser = await post();
    expect(chooser.text).toContain('Pemberton Shaw Solicitors');
    expect(chooser.text).not.toContain('Bluegate Dental Group');
    form.set('sandbox_organisation', /name="sandbox_organisation" value="([^"]+)"/.exec(chooser.text)?.[1] ?? '');
    form.set('sandbox_decision', 'allow');
    const sent = new URL((await post()).headers.get('location') ?? '');
    expect(sent.searchParams.get('state')).toBe('st4te');
    const tokens = await exchange(sent.searchParams.get('code') ?? '');
    expect(claims(tokens.json.text('id_token'))).toMatchObject({ nonce: 'n-1', aud: app.clientId, email: 'robin.vance@example.com', iss: url });
    form.set('sandbox_decision', 'deny');
    expect((await post()).headers.get('location')).toBe('http://localhost:9/callback?error=access_denied&state=st4te');
  });

  it('shows its own error page for an unregistered address and for broad scopes', async () => {
    const wrong = await call(authorizeUrl(world.sandbox, { redirect_uri: 'http://localhost:9/callback/' }), 'GET', {});
    expect([wrong.status, wrong.headers.get('location')]).toEqual([400, null]);
    const broad = await call(authorizeUrl(world.sandbox, { scope: 'openid accounting.transactions' }), 'GET', {});
    expect(broad.text).toContain('invalid_scope');
  });

  it('signs access tokens that the published key verifies', async () => {
    const keys = await call(`${world.sandbox.url}/.well-known/openid-configuration/jwks`, 'GET', {});
    const jwk = { kty: 'RSA', n: keys.json.text('keys', 0, 'n'), e: keys.json.text('keys', 0, 'e') };
    const [head = '', body = '', signature = ''] = world.token.split('.');
    expect(verify('RSA-SHA256', Buffer.from(`${head}.${body}`), createPublicKey({ key: jwk, format: 'jwk' }), Buffer.from(signature, 'base64url'))).toBe(true);
    expect(claims(world.token)).toMatchObject({ iss: world.sandbox.url, aud: `${world.sandbox.url}/resources`, client_id: app.clientId, scope: scopes.split(' ') });
    expect(claims(world.token)['authentication_event_id']).toBe(world.sandbox.control.connections().at(-1)?.authEventId);
  });

  it('takes a code once and within five minutes, with the same address', async () => {
    const once = code();
    expect((await exchange(once)).status).toBe(200);
    expect((await exchange(once)).json.value).toEqual({ error: 'invalid_grant' });
    const late = code();
    await world.clock.advance(5 * minute);
    expect((await exchange(late)).status).toBe(400);
    expect((await exchange(code(), 'http://localhost:9/other')).status).toBe(400);
  });

  it('gives no refresh token without offline_access', async () => {
    world.sandbox.control.endGrants(app.clientId);
    const tokens = await exchange(code({ scope: 'openid accounting.invoices' }));
    expect(tokens.json.at('refresh_token').value).toBeUndefined();
    expect(tokens.json.at('expires_in').value).toBe(1800);
  });

  it('rotates refresh tokens and lets the previous one work for thirty minutes', async () => {
    const second = await refresh(world.refreshToken);
    expect(second.json.text('refresh_token')).not.toBe(world.refreshToken);
    await world.clock.advance(29 * minute);
    const again = await refresh(world.refreshToken);
    expect(again.status).toBe(200);
    expect(again.json.text('refresh_token')).not.toBe(second.json.text('refresh_token'));
    await world.clock.advance(minute);
    expect((await refresh(world.refreshToken)).json.value).toEqual({ error: 'invalid_grant' });
    expect((await refresh(again.json.text('refresh_token'))).status).toBe(200);
  });

  it('may give the same pair again, or refuse the previous token at once', async () => {
    const second = await refresh(world.refreshToken);
    world.sandbox.switches.repeatedRefresh = 'same-pair';
    expect((await refresh(world.refreshToken)).json.text('refresh_token')).toBe(second.json.text('refresh_token'));
    world.sandbox.switches.refreshGrace = 'none';
    expect((await refresh(world.refreshToken)).status).toBe(400);
  });

  it('forgets a refresh token after 60 unused days', async () => {
    await world.clock.advance(60 * 24 * 60 * minute);
    expect((await refresh(world.refreshToken)).status).toBe(400);
  });

  it('says when the access token expired, and ends every connection on revocation', async () => {
    await world.clock.advance(30 * minute);
    const expired = await world.api('GET', '/Organisation');
    expect([expired.status, expired.json.text('Detail')]).toEqual([401, 'TokenExpired: token expired at 11/20/2026 09:30:00']);
    const fresh = (await refresh(world.refreshToken)).json.text('access_token');
    const revoked = await call(`${world.sandbox.url}/connect/revocation`, 'POST', { authorization: `Basic ${Buffer.from('test-app:test-secret').toString('base64')}`, 'content-type': 'application/x-www-form-urlencoded' }, `token=${world.refreshToken}`);
    expect([revoked.status, revoked.text]).toEqual([200, '']);
    const after = await world.api('GET', '/Organisation', undefined, { authorization: `Bearer ${fresh}` });
    expect([after.status, after.json.text('Detail')]).toEqual([403, 'AuthenticationUnsuccessful']);
  });
});

describe('connections', () => {
  it('lists all of a person, narrows by consent, and ends one', async () => {
    const world = await connect();
    const ask = (method: string, path: string) => call(`${world.sandbox.url}/connections${path}`, method, { authorization: `Bearer ${world.token}` });
    const all = await ask('GET', '');
    expect(all.json.list().map((each) => each.text('tenantName'))).toEqual(['Bluegate Dental Group', 'Harwood & Lisle LLP']);
    expect(all.json.text(1, 'createdDateUtc')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}$/);
    const mine = await ask('GET', `?authEventId=${String(claims(world.token)['authentication_event_id'])}`);
    expect(mine.json.list().map((each) => each.text('tenantId'))).toEqual([world.tenantId]);
    expect((await ask('DELETE', `/${world.tenantId}`)).status).toBe(403);
    expect((await ask('DELETE', `/${mine.json.text(0, 'id')}`)).status).toBe(204);
    expect((await ask('DELETE', `/${mine.json.text(0, 'id')}`)).status).toBe(404);
    expect((await world.api('GET', '/Organisation')).status).toBe(403);
    await world.sandbox.close();
  });
});
