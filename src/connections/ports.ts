import type { Clio } from '../clio/clio.js';
import type { ClioApp, ClioTokens } from '../clio/oauth.js';
import type { Clock } from '../http/clock.js';
import type { Region } from '../store/records.js';
import type { Store } from '../store/store.js';
import type { XeroApp as XeroIdentityApp } from '../xero/identity.js';
import type { XeroConnection, XeroGrant, XeroTokens } from '../xero/oauth.js';

export type { ClioApp, ClioTokens, XeroConnection, XeroGrant, XeroTokens };

/** Clio's OAuth. All throw `ServiceError`; `unauthorized` means the code or refresh token is refused for good. */
export interface ClioOAuth {
  authorizeUrl(app: Pick<ClioApp, 'baseUrl' | 'clientId' | 'redirectUri'>, state: string): string;
  exchangeCode(app: ClioApp, code: string): Promise<ClioTokens>;
  refresh(app: ClioApp, refreshToken: string): Promise<ClioTokens>;
}

/** The developer application at Xero, with what is asked for as well by firms that carry costs. */
export interface XeroApp extends XeroIdentityApp {
  scopesForCosts?: string[];
}

/** Xero's OAuth. All throw `ServiceError`; `unauthorized` means the grant is refused for good. */
export interface XeroOAuth {
  authorizeUrl(app: Pick<XeroApp, 'loginUrl' | 'clientId' | 'redirectUri' | 'scopes'>, attempt: { state: string; nonce: string }): string;
  exchangeCode(app: XeroApp, code: string, expected: { nonce: string }): Promise<XeroGrant>;
  refresh(app: XeroApp, refreshToken: string): Promise<XeroTokens>;
  connectionsOf(app: XeroApp, accessToken: string, authEventId?: string): Promise<XeroConnection[]>;
  deleteConnection(app: XeroApp, accessToken: string, id: string): Promise<void>;
}

/** Encryption at rest; `context` binds an envelope to the one place it belongs to. */
export interface Sealer {
  seal(text: string, context: string): string;
  open(envelope: string, context: string): string;
}

/** What of Clio a connection is made and checked with. */
export type ClioIdentity = Pick<Clio, 'whoAmI' | 'verifyLaunch'>;

export interface ConnectionDeps {
  store: Store;
  clock: Clock;
  sealer: Sealer;
  clio: {
    apps: Partial<Record<Region, ClioApp>>;
    oauth: ClioOAuth;
    clientFor(region: Region, accessToken: string): ClioIdentity;
  };
  xero: { app: XeroApp; oauth: XeroOAuth };
}
