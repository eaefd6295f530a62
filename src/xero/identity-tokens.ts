import { createLocalJWKSet, jwtVerify, type JWTPayload } from 'jose';
import { z } from 'zod';
import { ServiceError } from '../http/service-error.js';
import { askXero, clockOf, type XeroApp } from './identity.js';

export interface Identity {
  userId: string;
  /** Names the connections granted in this consent; only the access token has it. */
  authEventId: string;
  scopes: string[];
}

const seconds = 60;

/** Reads who consented to what, and believes it only after checking both signatures. Throws `unauthorized` when they do not hold. */
export async function readIdentity(app: XeroApp, tokens: { idToken: string; accessToken: string }, nonce: string): Promise<Identity> {
  const { issuer, keys } = await signingKeys(app);
  const verify = async (token: string, audience?: string): Promise<JWTPayload> => {
    const checks = { issuer, algorithms: ['RS256'], currentDate: new Date(clockOf(app).now()), clockTolerance: seconds, requiredClaims: ['exp'], ...(audience ? { audience } : {}) };
    const { payload } = await jwtVerify(token, keys, checks);
    return payload;
  };
  try {
    const person = idClaims.parse(await verify(tokens.idToken, app.clientId));
    // The audience of an access token is Xero's own resources (seen, not documented), so whom it was made for is read from `client_id`.
    const access = accessClaims.parse(await verify(tokens.accessToken));
    if (person.nonce !== nonce || access.client_id !== app.clientId || access.xero_userid !== person.xero_userid) throw new Error('The tokens belong to another sign-in');
    return { userId: person.xero_userid, authEventId: access.authentication_event_id, scopes: access.scope };
  } catch (error) {
    if (error instanceof ServiceError) throw error;
    throw new ServiceError({ service: 'xero', kind: 'unauthorized', message: `Xero's sign-in could not be verified: ${error instanceof Error ? error.message : 'unreadable'}` });
  }
}

async function signingKeys(app: XeroApp): Promise<{ issuer: string; keys: ReturnType<typeof createLocalJWKSet> }> {
  const origin = app.identityUrl.replace(/\/+$/, '');
  const { issuer, jwks_uri } = await askXero(app, origin, { method: 'GET', url: `${origin}/.well-known/openid-configuration` }, (json) => discovery.parse(json));
  // OpenID Connect Discovery 1.0 §4.3: the document must name the issuer it was fetched from.
  if (issuer.replace(/\/+$/, '') !== origin) throw new ServiceError({ service: 'xero', kind: 'unauthorized', message: `The identity service at ${origin} calls itself ${issuer}` });
  const keySet = await askXero(app, origin, { method: 'GET', url: jwks_uri }, (json) => jwks.parse(json));
  return { issuer, keys: createLocalJWKSet(keySet) };
}

const discovery = z.object({ issuer: z.string(), jwks_uri: z.string() });
const jwks = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

const idClaims = z.object({ xero_userid: z.string().min(1), nonce: z.string() });

const accessClaims = z.object({
  xero_userid: z.string(),
  client_id: z.string(),
  authentication_event_id: z.string().min(1),
  scope: z.union([z.array(z.string()), z.string().transform((text) => text.split(' '))]).default([]),
});
