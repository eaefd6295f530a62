import type { Clio } from '../clio/clio.js';
import type { Clock } from '../http/clock.js';
import type { Region } from '../store/records.js';
import type { Store } from '../store/store.js';

/** A developer application at Clio: one per region. */
export interface ClioApp {
  baseUrl: string;
  clientId: string;
  clientSecret: string;
  redirectUri: string;
}

export interface ClioTokens {
  accessToken: string;
  /** Null when Clio keeps the one we have. */
  refreshToken: string | null;
  expiresInSeconds: number;
}

/** Clio's OAuth. All throw `ServiceError`; `unauthorized` means the code or refresh token is refused for good. */
export interface ClioOAuth {
  authorizeUrl(app: Pick<ClioApp, 'baseUrl' | 'clientId' | 'redirectUri'>, state: string): string;
  exchangeCode(app: ClioApp, code: string): Promise<ClioTokens>;
  refresh(app: ClioApp, refreshToken: string): Promise<ClioTokens>;
}

/** The developer application at Xero. */
export interface XeroApp {
  loginUrl: string;
  identityUrl: string;
  apiUrl: string;
  clientId: string;
  clientSecret: string;
  redirectUri: string;
  scopes: string[];
  /** Asked for as well by firms that carry costs. */
  scopesForCosts?: string[];
  /** By which its tokens are judged; the real one unless told otherwise. */
  clock?: Clock;
}

export interface XeroTokens {
  accessToken: string;
  refreshToken: string;
  expiresInSeconds: number;
}

/** One consent: its tokens, the person who gave it, and the id that its connections share. */
export interface XeroGrant {
  tokens: XeroTokens;
  userId: string;
  userName: string;
  email: string | null;
  authEventId: string;
  scopes: string[];
}

export interface XeroConnection {
  id: string;
  tenantId: string;
  tenantName: string;
  tenantType: string;
  authEventId: string;
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
