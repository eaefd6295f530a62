import { z } from 'zod';
import { systemClock, type Clock } from '../http/clock.js';
import { asKind, failureOf, unreadable } from '../http/failure.js';
import { createSend, type HttpReply } from '../http/request.js';
import type { ServiceError } from '../http/service-error.js';

/** A developer application at Clio; every region has its own. */
export interface ClioApp {
  /** Origin of the region, e.g. `https://eu.app.clio.com`. */
  baseUrl: string;
  clientId: string;
  clientSecret: string;
  /** Must equal a registered one to the letter. */
  redirectUri: string;
}

export interface ClioTokens {
  accessToken: string;
  /** Null when Clio keeps the one we have. Where there is one it must be stored before the access token is used. */
  refreshToken: string | null;
  expiresInSeconds: number;
}

const tokensWire = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).nullish(),
  expires_in: z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]).nullish(),
});

const refusalWire = z.object({ error: z.string() });

/** The shortest lifetime ever observed; used when an answer names none. */
const shortestLifeSeconds = 3_600;

/** Where consent is asked for. A person who declines comes back with `error=access_denied` instead of staying with Clio. */
export function authorizeUrl(app: Pick<ClioApp, 'baseUrl' | 'clientId' | 'redirectUri'>, state: string): string {
  const url = new URL('/oauth/authorize', app.baseUrl);
  const query = { response_type: 'code', client_id: app.clientId, redirect_uri: app.redirectUri, state, redirect_on_decline: 'true' };
  url.search = new URLSearchParams(query).toString();
  return url.href;
}

/** Throws `unauthorized` when the code is used up, expired or not ours. */
export function exchangeCode(app: ClioApp, code: string, clock: Clock = systemClock): Promise<ClioTokens> {
  return tokensFor(app, { grant_type: 'authorization_code', code, redirect_uri: app.redirectUri }, clock);
}

/** Throws `unauthorized` when consent is withdrawn; limits, outages and a wrong client secret are never that. */
export function refresh(app: ClioApp, refreshToken: string, clock: Clock = systemClock): Promise<ClioTokens> {
  return tokensFor(app, { grant_type: 'refresh_token', refresh_token: refreshToken }, clock);
}

/** Ends the grant. A token that Clio no longer knows is as good as revoked. */
export async function revoke(app: ClioApp, accessToken: string, clock: Clock = systemClock): Promise<void> {
  const reply = await sendTo(app)({
    method: 'POST',
    url: 'deauthorize',
    headers: { authorization: `Bearer ${accessToken}` },
    form: { token: accessToken, client_id: app.clientId, client_secret: app.clientSecret },
  });
  if (reply.status !== 401 && !isSuccess(reply)) throw failureOf({ service: 'clio', ...reply }, clock.now());
}

async function tokensFor(app: ClioApp, grant: Record<string, string>, clock: Clock): Promise<ClioTokens> {
  // A token request that got lost changed nothing of the firm's records: it counts as a read and is made again.
  const reply = await sendTo(app)({ method: 'POST', url: 'token', form: { client_id: app.clientId, client_secret: app.clientSecret, ...grant }, writes: false });
  if (!isSuccess(reply)) throw refusal(reply, clock);
  const answer = tokensWire.safeParse(reply.json);
  if (!answer.success) throw unreadable({ service: 'clio', status: reply.status, call: reply.call, writes: false });
  const { access_token: accessToken, refresh_token: refreshToken, expires_in: expiresIn } = answer.data;
  return { accessToken, refreshToken: refreshToken ?? null, expiresInSeconds: expiresIn ?? shortestLifeSeconds };
}

/** Only `invalid_grant` ends a connection. 401 for anything else is about our application, not about the firm's consent. */
function refusal(reply: HttpReply, clock: Clock): ServiceError {
  const known = refusalWire.safeParse(reply.json);
  const code = known.success ? known.data.error : null;
  const failure = failureOf({ service: 'clio', ...reply, details: code === null ? [] : [code] }, clock.now());
  if (code === 'invalid_grant') return asKind(failure, 'unauthorized');
  return failure.kind === 'unauthorized' ? asKind(failure, 'rejected') : failure;
}

const sendTo = (app: ClioApp) => createSend({ service: 'clio', baseUrl: new URL('/oauth/', app.baseUrl).href });

const isSuccess = ({ status }: HttpReply): boolean => status >= 200 && status < 300;
