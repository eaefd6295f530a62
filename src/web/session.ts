import { hkdfSync, randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import { EncryptJWT, jwtDecrypt } from 'jose';
import { z } from 'zod';
import { TakenError } from '../store/collection.js';
import { clearCookie, cookieName, readCookie, writeCookie } from './cookies.js';
import type { WebDeps } from './deps.js';

const COOKIE = 'tieout';
const LIFE_MS = 12 * 3_600_000;

const Session = z.object({ id: z.string().min(20), firm: z.string().min(1), userId: z.string().min(1), name: z.string(), csrf: z.string().min(20) });
/** Who is signed in; lives encrypted in the cookie only. What the person may do is read from the firm's record at every request. */
export type Session = z.infer<typeof Session>;

type Deps = Pick<WebDeps, 'appUrl' | 'sessionKeys' | 'clock' | 'store'>;

export async function startSession(deps: Deps, response: Response, person: { firm: string; userId: string; name: string }): Promise<void> {
  const [key] = deps.sessionKeys;
  if (!key) throw new Error('there is no key to encrypt sessions with');
  const session: Session = { ...person, id: randomBytes(24).toString('base64url'), csrf: randomBytes(24).toString('base64url') };
  const cookie = await new EncryptJWT(session)
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .setAudience(deps.appUrl)
    .setExpirationTime(Math.floor((deps.clock.now() + LIFE_MS) / 1000))
    .encrypt(cookieKey(key));
  writeCookie(response, deps.appUrl, COOKIE, cookie, LIFE_MS);
}

export async function readSession(deps: Deps, request: Request): Promise<Session | null> {
  const cookie = readCookie(request, cookieName(deps.appUrl, COOKIE));
  if (cookie === undefined) return null;
  for (const key of deps.sessionKeys) {
    const session = await decrypt(deps, cookie, key);
    if (session) return (await deps.store.tickets.get('*', endedId(session))) ? null : session;
  }
  return null;
}

/** A copy of the cookie is worth nothing afterwards either: that this session is over is remembered for as long as its cookie could live. */
export async function endSession(deps: Deps, response: Response, session: Session): Promise<void> {
  forgetSession(deps, response);
  const sweepAt = new Date(deps.clock.now() + LIFE_MS).toISOString();
  try {
    await deps.store.tickets.insert({ firm: '*', id: endedId(session), kind: 'ended-session', body: null, sweepAt });
  } catch (error) {
    if (!(error instanceof TakenError)) throw error;
  }
}

/** For a browser whose cookie is no session: it need not send it again. */
export const forgetSession = (deps: Pick<Deps, 'appUrl'>, response: Response): void => clearCookie(response, deps.appUrl, COOKIE);

const endedId = (session: Session): string => `ended:${session.id}`;

/** A key of its own for cookies: the same secret also seals tokens at rest. A256GCM takes exactly 32 bytes. */
const cookieKey = (secret: Uint8Array) => new Uint8Array(hkdfSync('sha256', secret, '', 'tieout session cookie v1', 32));

async function decrypt(deps: Deps, cookie: string, key: Uint8Array): Promise<Session | null> {
  try {
    const { payload } = await jwtDecrypt(cookie, cookieKey(key), {
      audience: deps.appUrl,
      currentDate: new Date(deps.clock.now()),
      requiredClaims: ['exp'],
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    return Session.parse(payload);
  } catch {
    return null;
  }
}
