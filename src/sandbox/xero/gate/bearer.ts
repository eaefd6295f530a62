import { problem, type Answer } from '../answer.js';
import type { IssuedAccess } from '../identity/grants.js';
import type { World } from '../world.js';

/** The grant behind a bearer token, or the 401 that refuses it. */
export function bearer(world: World, authorization: string | undefined): IssuedAccess | Answer {
  const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
  const access = token === undefined || !world.signer.isOurs(token) ? undefined : world.grants.access.get(token);
  if (!access) return problem(401, 'Unauthorized', 'AuthenticationUnsuccessful', world.newId());
  if (world.clock.now() < access.expiresAt) return access;
  return problem(401, 'Unauthorized', `TokenExpired: token expired at ${americanTime(access.expiresAt)}`, world.newId());
}

/** `02/20/2025 08:32:50` */
function americanTime(at: number): string {
  const [date = '', time = ''] = new Date(at).toISOString().split('T');
  const [year = '', month = '', day = ''] = date.split('-');
  return `${month}/${day}/${year} ${time.slice(0, 8)}`;
}
