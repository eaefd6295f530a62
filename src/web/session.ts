import { hkdfSync, randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import { EncryptJWT, jwtDecrypt } from 'jose';
import { z } from 'zod';
import { clearCookie, cookieName, readCookie, writeCookie } from './cookies.js';
import type { WebDeps } from './deps.js';

const COOKIE = 'tieout';
const LIFE_MS = 12 * 3_600_000;

const Session = z.object({ firm: z.string().min(1), userId: z.string().min(1), name: z.string(), csrf: z.string().min(20) });
/** Who is signed in; lives encrypted in the cookie only. What the person may do is read from the firm's record at every request. */
export type Session = z.infer<typeof Session>;

type Deps = Pick<WebDeps, 'appUrl' | 'sessionKeys' | 'clock'>;

export async function startSession(deps: Deps, response: Response, person: { firm: string; userId: string; name: string }): Promise<void> {
  const [key] = deps.sessionKeys;
  if (!key) throw new Error('there is no key to encrypt sessions with');
  const session: Session = { ...person, csrf: randomBytes(24).toString('base64url') };
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
    if (session) return session;
  }
  return null;
}

export const endSession = (deps: Deps, response: Response): void => clearCookie(response, deps.appUrl, COOKIE);

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
