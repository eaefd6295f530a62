import { ServiceError } from '../http/service-error.js';
import type { ConnectionDeps } from './ports.js';
import type { FreshToken } from './fresh-token.js';
import { wasLeft } from './refresh-turn.js';
import { openToken } from './sealed-tokens.js';

/** Xero forgets a sign-in nobody used for 60 days. */
const RENEWED_EVERY_MS = 7 * 86_400_000;

/**
 * Renews a firm's Xero sign-in that nothing has used for a week: a firm that works does so by itself, one that waits for Clio to be connected
 * again would find Xero lost as well. And one whose last renewal may have got lost with the process that made it, or with its answer: Xero takes
 * the token before for half an hour, in which there may be no work. A vendor that does not answer is asked again at the next round.
 */
export async function keepAlive(deps: Pick<ConnectionDeps, 'store' | 'clock' | 'sealer'>, freshToken: FreshToken, firm: string): Promise<void> {
  for (const connection of await deps.store.connections.list(firm)) {
    if (connection.side !== 'xero' || connection.state !== 'live') continue;
    const idle = deps.clock.now() - Date.parse(connection.refreshedAt) >= RENEWED_EVERY_MS;
    const left = await wasLeft(deps, firm, connection.id);
    if (!idle && !left) continue;
    try {
      await freshToken(firm, connection.id, left ? (openToken(deps.sealer, connection, 'accessToken') ?? undefined) : undefined);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
    }
  }
}
