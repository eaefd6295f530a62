import { type Clock, systemClock } from '../http/clock.js';
import { failureOf, unreadable } from '../http/failure.js';
import { createSend, type HttpReply, type HttpRequest } from '../http/request.js';
import { ServiceError } from '../http/service-error.js';
import { wordsOf } from './error-body.js';

/** Our app as Xero knows it, and where Xero is. */
export interface XeroApp {
  /** Origins: `https://login.xero.com`, `https://identity.xero.com`, `https://api.xero.com`. */
  loginUrl: string;
  identityUrl: string;
  apiUrl: string;
  clientId: string;
  clientSecret: string;
  redirectUri: string;
  scopes: string[];
  /** By which tokens expire; the real one unless told otherwise. */
  clock?: Clock;
}

/**
 * One request to Xero's identity service or its list of connections. A repeat of any of them is harmless (a lost refresh may be
 * repeated for 30 minutes), so nothing here is ever `ambiguous`.
 */
export async function askXero<T>(app: XeroApp, origin: string, request: HttpRequest, parse: (json: unknown) => T): Promise<T> {
  const reply = await createSend({ service: 'xero', baseUrl: origin })({ ...request, writes: false });
  if (reply.status >= 300) throw refusalOf(app, reply);
  try {
    return parse(reply.json);
  } catch {
    throw unreadable({ service: 'xero', status: reply.status, writes: false, call: reply.call });
  }
}

export const clockOf = (app: XeroApp): Clock => app.clock ?? systemClock;

export const basicAuth = (app: XeroApp): Record<string, string> => ({
  authorization: `Basic ${Buffer.from(`${app.clientId}:${app.clientSecret}`).toString('base64')}`,
});

function refusalOf(app: XeroApp, reply: HttpReply): ServiceError {
  const details = wordsOf(reply.json);
  const failure = failureOf({ service: 'xero', status: reply.status, headers: reply.headers, writes: false, call: reply.call, details }, clockOf(app).now());
  if (!(reply.status === 400 && details.includes('invalid_grant'))) return failure;
  return new ServiceError({ service: 'xero', kind: 'unauthorized', message: 'Xero no longer accepts this grant', status: 400, details });
}
