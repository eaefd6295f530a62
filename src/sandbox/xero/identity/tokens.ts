import { createHash } from 'node:crypto';
import type { World } from '../world.js';
import type { Json } from '../incoming.js';
import type { TokenSet } from './grants.js';

/** The token endpoint's answer for a token set: a fresh access token, and an id token when `openid` was granted. */
export function tokenAnswer(world: World, set: TokenSet, nonce?: string): Json {
  const now = world.clock.now();
  const issued = Math.floor(now / 1000);
  const accessToken = world.signer.token({
    nbf: issued,
    exp: issued + 1800,
    iat: issued,
    iss: world.url,
    aud: `${world.url}/resources`,
    client_id: set.clientId,
    sub: createHash('md5').update(set.userId).digest('hex'),
    auth_time: Math.floor(set.at / 1000),
    xero_userid: set.userId,
    global_session_id: set.authEventId.replaceAll('-', ''),
    jti: world.newId().replaceAll('-', '').toUpperCase(),
    authentication_event_id: set.authEventId,
    scope: set.scopes,
    amr: ['pwd'],
  });
  world.grants.access.set(accessToken, { clientId: set.clientId, userId: set.userId, scopes: set.scopes, authEventId: set.authEventId, expiresAt: (issued + 1800) * 1000 });
  return {
    ...(set.scopes.includes('openid') ? { id_token: idToken(world, set, accessToken, nonce) } : {}),
    access_token: accessToken,
    expires_in: 1800,
    token_type: 'Bearer',
    ...(set.refreshToken === undefined ? {} : { refresh_token: set.refreshToken }),
    scope: set.scopes.join(' '),
  };
}

function idToken(world: World, set: TokenSet, accessToken: string, nonce: string | undefined): string {
  const issued = Math.floor(world.clock.now() / 1000);
  const user = world.users.find((each) => each.id === set.userId);
  const half = createHash('sha256').update(accessToken).digest().subarray(0, 16).toString('base64url');
  return world.signer.token({
    nbf: issued,
    exp: issued + 300,
    iat: issued,
    iss: world.url,
    aud: set.clientId,
    at_hash: half,
    sid: set.authEventId.replaceAll('-', ''),
    sub: createHash('md5').update(set.userId).digest('hex'),
    auth_time: Math.floor(set.at / 1000),
    xero_userid: set.userId,
    ...(nonce === undefined ? {} : { nonce }),
    ...(set.scopes.includes('email') ? { email: user?.email } : {}),
    ...(set.scopes.includes('profile') ? { preferred_username: user?.email, given_name: user?.givenName, family_name: user?.familyName, name: `${user?.givenName ?? ''} ${user?.familyName ?? ''}` } : {}),
    amr: ['pwd'],
  });
}
