import { z } from 'zod';
import { readIdentity, type Identity } from './identity-tokens.js';
import { askXero, basicAuth, type XeroApp } from './identity.js';

export { connectionsOf, deleteConnection, type XeroConnection } from './connections.js';

export interface XeroTokens {
  accessToken: string;
  /** Replaces the one sent; both are good for 30 minutes, in case this answer is lost. */
  refreshToken: string;
  expiresInSeconds: number;
}

export interface XeroGrant extends Identity {
  tokens: XeroTokens;
}

/** Where to send the browser. It must be the top window: Xero's page refuses frames. */
export function authorizeUrl(app: Pick<XeroApp, 'loginUrl' | 'clientId' | 'redirectUri' | 'scopes'>, attempt: { state: string; nonce: string }): string {
  const url = new URL('/identity/connect/authorize', app.loginUrl);
  const query = { response_type: 'code', client_id: app.clientId, redirect_uri: app.redirectUri, scope: app.scopes.join(' '), state: attempt.state, nonce: attempt.nonce };
  // Spaces as %20: what the page makes of a plus sign is not documented.
  url.search = new URLSearchParams(query).toString().replaceAll('+', '%20');
  return url.href;
}

/** Throws `unauthorized` for a code that is used, too old (5 minutes) or not ours, and when the tokens do not verify. */
export async function exchangeCode(app: XeroApp, code: string, attempt: { nonce: string }): Promise<XeroGrant> {
  const answer = await token(app, { grant_type: 'authorization_code', code, redirect_uri: app.redirectUri }, (json) => firstAnswer.parse(json));
  const identity = await readIdentity(app, { idToken: answer.id_token, accessToken: answer.access_token }, attempt.nonce);
  return { ...identity, tokens: toTokens(answer, answer.refresh_token) };
}

/** Throws `unauthorized` only for `invalid_grant`; a limit or an outage at the token endpoint says nothing about the grant. */
export async function refresh(app: XeroApp, refreshToken: string): Promise<XeroTokens> {
  const answer = await token(app, { grant_type: 'refresh_token', refresh_token: refreshToken }, (json) => laterAnswer.parse(json));
  return toTokens(answer, answer.refresh_token ?? refreshToken);
}

const token = <T>(app: XeroApp, form: Record<string, string>, parse: (json: unknown) => T): Promise<T> =>
  askXero(app, app.identityUrl, { method: 'POST', url: '/connect/token', headers: basicAuth(app), form }, parse);

const toTokens = (answer: z.infer<typeof laterAnswer>, refreshToken: string): XeroTokens => ({
  accessToken: answer.access_token,
  refreshToken,
  expiresInSeconds: answer.expires_in,
});

const laterAnswer = z.object({ access_token: z.string().min(1), refresh_token: z.string().min(1).optional(), expires_in: z.number().positive() });
const firstAnswer = laterAnswer.required().extend({ id_token: z.string().min(1) });
