import { ConnectedClio, REDIRECT } from './connected-clio.js';
import { someText } from './matchers.js';

let clio: ConnectedClio;
beforeEach(async () => { clio = await ConnectedClio.start({ seed: 'empty' }); });
afterEach(() => clio.sandbox.close());

const authorizePath = (more: Record<string, string> = {}) =>
  `/oauth/authorize?${new URLSearchParams({ response_type: 'code', client_id: 'key', redirect_uri: REDIRECT, state: 's-1', ...more }).toString()}`;

async function signedIn(): Promise<string> {
  const answer = await clio.send('/nc/sign_in', { method: 'POST', body: new URLSearchParams({ user_id: String(clio.userId(1)), return_to: authorizePath() }) });
  expect(answer.status).toBe(302);
  expect(answer.headers.get('location')).toBe(authorizePath());
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

function decide(cookie: string, decision: string, more: Record<string, string> = {}) {
  const body = new URLSearchParams({ response_type: 'code', client_id: 'key', redirect_uri: REDIRECT, state: 's-1', redirect_on_decline: '', decision, ...more });
  return clio.send('/oauth/authorize', { method: 'POST', body, headers: { Cookie: cookie } });
}

test('a person signs in, consents, and the app gets tokens for exactly that user', async () => {
  expect((await clio.send(authorizePath(), {})).headers.get('location')).toContain('/nc/sign_in?return_to=');
  const cookie = await signedIn();
  const consent = await clio.send(authorizePath(), { headers: { Cookie: cookie } });
  expect(consent.body).toContain('Allow access');
  const landed = new URL((await decide(cookie, 'allow')).headers.get('location') ?? '');
  expect(landed.searchParams.get('from')).toBe('clio');
  expect(landed.searchParams.get('state')).toBe('s-1');
  const code = landed.searchParams.get('code') ?? '';
  const tokens = await clio.askForToken({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT });
  expect(tokens.body).toMatchObject({ token_type: 'bearer', expires_in: 2_592_000, refresh_token: someText });
  const again = await clio.askForToken({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT });
  expect(again).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
});

test('a decline is told to the app only when it asked for that', async () => {
  const cookie = await signedIn();
  expect((await decide(cookie, 'decline')).status).toBe(403);
  const told = await decide(cookie, 'decline', { redirect_on_decline: 'true' });
  expect(new URL(told.headers.get('location') ?? '').searchParams.get('error')).toBe('access_denied');
});

test('a redirect_uri that differs in one letter is refused before anybody signs in', async () => {
  const answer = await clio.send(authorizePath({ redirect_uri: `${REDIRECT}/` }), {});
  expect(answer.status).toBe(400);
  expect(answer.headers.get('location')).toBeNull();
});

test('a code dies after ten minutes', async () => {
  const code = clio.control.authorize('key', clio.userId(0), REDIRECT);
  await clio.clock.advance(600_000);
  expect(await clio.askForToken({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT })).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
});

test('access tokens expire by the clock; a refresh keeps the refresh token unless rotation is on', async () => {
  clio.sandbox.switches.accessTokenSeconds = 3600;
  const tokens = await clio.tokensFor(0);
  await clio.clock.advance(3_600_000);
  expect((await clio.get('users/who_am_i.json', {}, tokens.access_token)).status).toBe(401);
  const refresh = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '' };
  const refreshed = await clio.askForToken(refresh);
  expect(refreshed.body).not.toHaveProperty('refresh_token');
  clio.sandbox.switches.refreshTokenRotates = true;
  expect((await clio.askForToken(refresh)).body).toHaveProperty('refresh_token');
  expect(await clio.askForToken(refresh)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
});

test('tokens end with deauthorize, and are worth nothing in another region', async () => {
  const eu = await ConnectedClio.start({ seed: 'empty', region: 'eu' });
  expect((await eu.get('users/who_am_i.json', {}, clio.token)).status).toBe(401);
  await eu.sandbox.close();
  const form = new URLSearchParams({ token: clio.token });
  const done = await clio.send('/oauth/deauthorize', { method: 'POST', body: form, headers: { Authorization: `Bearer ${clio.token}` } });
  expect(done.status).toBe(200);
  expect((await clio.get('users/who_am_i.json')).status).toBe(401);
});

test('the token endpoint takes forms only', async () => {
  const answer = await clio.send('/oauth/token', { method: 'POST', body: JSON.stringify({ client_id: 'key' }), headers: { 'Content-Type': 'application/json' } });
  expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
});
