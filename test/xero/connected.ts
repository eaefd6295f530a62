import { createBudget } from '../../src/http/budget.js';
import { startXeroSandbox, type XeroSandbox } from '../../src/sandbox/xero/start.js';
import type { XeroSwitches } from '../../src/sandbox/xero/switches.js';
import { createXero } from '../../src/xero/client.js';
import type { XeroApp } from '../../src/xero/identity.js';
import { authorizeUrl, connectionsOf, exchangeCode, refresh, type XeroConnection, type XeroGrant } from '../../src/xero/oauth.js';
import { SCOPES } from '../../src/xero/scopes.js';
import type { Xero } from '../../src/xero/xero.js';
import { VirtualClock } from '../virtual-clock.js';

export interface ConnectedXero {
  sandbox: XeroSandbox;
  clock: VirtualClock;
  app: XeroApp;
  grant: XeroGrant;
  connection: XeroConnection;
  xero: Xero;
  /** How often a refused token was replaced. */
  refreshes: () => number;
}

/** A consent by the seed's person, through our own sign-in, to the organisation named, and a client for it. */
export async function connectedXero(options: { organisation?: string; switches?: Partial<XeroSwitches>; scopes?: string[] } = {}): Promise<ConnectedXero> {
  const clock = new VirtualClock();
  const sandbox = await startXeroSandbox({ clock, ...(options.switches ? { switches: options.switches } : {}) });
  const app: XeroApp = { loginUrl: sandbox.url, identityUrl: sandbox.url, apiUrl: sandbox.url, clientId: 'tieout', clientSecret: 'secret', redirectUri: 'http://localhost:9/oauth/xero/callback', scopes: options.scopes ?? SCOPES, clock };
  sandbox.control.registerApp({ clientId: app.clientId, clientSecret: app.clientSecret, name: 'Tieout', redirectUris: [app.redirectUri] });
  const back = new URL(sandbox.control.consent({ authorizeUrl: authorizeUrl(app, { state: 's', nonce: 'n' }), organisation: options.organisation ?? 'Harwood & Lisle LLP' }));
  const grant = await exchangeCode(app, back.searchParams.get('code') ?? '', { nonce: 'n' });
  const [connection] = await connectionsOf(app, grant.tokens.accessToken, grant.authEventId);
  if (!connection) throw new Error('The consent connected nothing');
  let { accessToken, refreshToken } = grant.tokens;
  let refreshes = 0;
  const xero = createXero({
    apiUrl: sandbox.url,
    organisationId: connection.tenantId,
    token: () => Promise.resolve(accessToken),
    onUnauthorized: async () => {
      refreshes += 1;
      ({ accessToken, refreshToken } = await refresh(app, refreshToken));
      return accessToken;
    },
    budget: createBudget({ service: 'xero', perMinute: 60, inFlight: 5, minuteReserve: 0, dayLimits: [] }, clock),
    clock,
    timeoutMs: 5_000,
  });
  return { sandbox, clock, app, grant, connection, xero, refreshes: () => refreshes };
}
