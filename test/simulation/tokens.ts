import type { FreshToken } from '../../src/connections/fresh-token.js';
import { createFreshToken } from '../../src/connections/fresh-token.js';
import type { ConnectionDeps } from '../../src/connections/ports.js';
import type { Clock } from '../../src/http/clock.js';
import { ServiceError } from '../../src/http/service-error.js';
import type { Store } from '../../src/store/store.js';
import type { ClioSignIns } from './clio-sign-ins.js';
import type { Life } from './scheduler.js';
import type { SignIns } from './sign-ins.js';

/** What a call takes its token from, as `tokens` in src/connections/open-clients.ts. */
export interface Tokens {
  token: () => Promise<string>;
  onUnauthorized: () => Promise<string>;
}

/** Sealing has tests of its own; here a secret is stored as it is. */
export const sealer = { seal: (text: string) => text, open: (text: string) => text };

const never = (): never => {
  throw new Error('no simulated firm signs in by itself');
};

const CLIO_APP = { baseUrl: '', clientId: '', clientSecret: '', redirectUri: '' };

/** Where sign-ins are kept; null where calls to that side carry no tokens. */
export interface AllSignIns {
  xero: SignIns | null;
  clio: ClioSignIns | null;
}

/** The application's own renewal of tokens, in one process. */
export function freshTokenOn({ store, clock }: { store: Store; clock: Clock }, life: Life, signIns: AllSignIns): FreshToken {
  const xero: ConnectionDeps['xero'] = {
    app: { loginUrl: '', identityUrl: '', apiUrl: '', clientId: '', clientSecret: '', redirectUri: '', scopes: [] },
    oauth: { authorizeUrl: never, exchangeCode: never, connectionsOf: never, deleteConnection: never, refresh: async (_app, refreshToken) => renewed(refreshToken, await (signIns.xero ?? never()).refresh(life, refreshToken)) },
  };
  return createFreshToken({ store, clock, sealer, clio: { apps: { eu: CLIO_APP }, oauth: { authorizeUrl: never, exchangeCode: never, refresh: (_app, refreshToken) => (signIns.clio ?? never()).refresh(life, refreshToken) }, clientFor: never }, xero });
}

const renewed = <T extends { refreshToken: string | null }>(sent: string, tokens: T): T & { refreshToken: string } => ({ ...tokens, refreshToken: tokens.refreshToken ?? sent });

export function tokensOf(fresh: FreshToken, firm: string, connectionId: string): Tokens {
  let last: string | undefined;
  return { token: async () => (last = await fresh(firm, connectionId)), onUnauthorized: async () => (last = await fresh(firm, connectionId, last)) };
}

/** Once more with a new token where the first is refused, as src/xero/call.ts does. */
export async function withToken<T>(tokens: Tokens, call: (token: string, again: boolean) => Promise<T>): Promise<T> {
  try {
    return await call(await tokens.token(), false);
  } catch (error) {
    if (!(error instanceof ServiceError) || error.kind !== 'unauthorized' || error.status !== 401) throw error;
    return await call(await tokens.onUnauthorized(), true);
  }
}
