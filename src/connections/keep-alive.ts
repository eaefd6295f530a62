import { ServiceError } from '../http/service-error.js';
import type { ConnectionDeps } from './ports.js';
import type { FreshToken } from './fresh-token.js';

/** Xero forgets a sign-in nobody used for 60 days. */
const RENEWED_EVERY_MS = 7 * 86_400_000;

/**
 * Renews a firm's Xero sign-in that nothing has used for a week: a firm that works does so by itself, one that waits for Clio to be connected
 * again would find Xero lost as well. A vendor that does not answer is asked again at the next round.
 */
export async function keepAlive({ store, clock }: Pick<ConnectionDeps, 'store' | 'clock'>, freshToken: FreshToken, firm: string): Promise<void> {
  for (const connection of await store.connections.list(firm)) {
    const idle = connection.side === 'xero' && connection.state === 'live' && clock.now() - Date.parse(connection.refreshedAt) >= RENEWED_EVERY_MS;
    if (!idle) continue;
    try {
      await freshToken(firm, connection.id);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
    }
  }
}
