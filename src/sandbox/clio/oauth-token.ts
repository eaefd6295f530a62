import type { Grant, Grants } from './grants.js';
import type { Incoming, Reply } from './wire.js';

/** `POST /oauth/token`, form encoded only. */
export function answerToken(grants: Grants, incoming: Incoming): Reply {
  if (incoming.method !== 'POST') return refusal(404, 'not_found', 'Not Found');
  if (!(incoming.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')) return refusal(400, 'invalid_request', 'The request must be form encoded');
  const form = new URLSearchParams(incoming.body);
  const field = (name: string) => form.get(name) ?? '';
  const app = grants.apps.get(field('client_id'));
  if (app?.clientSecret !== field('client_secret')) return refusal(401, 'invalid_client', 'Client authentication failed');
  switch (field('grant_type')) {
    case 'authorization_code': {
      const grant = grants.redeemCode(field('code'), app.clientId, field('redirect_uri'));
      return grant ? tokens(grants, grant, true) : refusal(400, 'invalid_grant', 'The code is invalid, used or expired');
    }
    case 'refresh_token': {
      const refreshed = grants.refresh(field('refresh_token'), app.clientId);
      return refreshed ? tokens(grants, refreshed.grant, refreshed.rotated) : refusal(400, 'invalid_grant', 'The refresh token is invalid or revoked');
    }
    default:
      return refusal(400, 'unsupported_grant_type', 'The grant type is not supported');
  }
}

/** `POST /oauth/deauthorize`. The body of its answer is not documented. */
export function answerDeauthorize(grants: Grants, incoming: Incoming): Reply {
  if (incoming.method !== 'POST') return refusal(404, 'not_found', 'Not Found');
  const bearer = /^Bearer (.+)$/i.exec(incoming.headers['authorization'] ?? '')?.[1];
  const grant = grants.grantOf(new URLSearchParams(incoming.body).get('token') ?? bearer ?? '');
  if (!grant) return refusal(401, 'invalid_token', 'The token is invalid');
  grants.revoke(grant.clientId, grant.userId);
  return json(200, {});
}

function tokens(grants: Grants, grant: Grant, withRefresh: boolean): Reply {
  const { token, expiresIn } = grants.issueAccessToken(grant);
  return json(200, { token_type: 'bearer', access_token: token, expires_in: expiresIn, ...(withRefresh ? { refresh_token: grant.refreshToken } : {}) });
}

/** OAuth endpoints refuse in their own shape. */
function refusal(status: number, error: string, description: string): Reply {
  return json(status, { error, error_description: description });
}

function json(status: number, body: object): Reply {
  return { status, headers: { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' }, body: JSON.stringify(body) };
}
