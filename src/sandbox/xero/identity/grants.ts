import { randomBytes } from 'node:crypto';

const minute = 60_000;
const day = 24 * 60 * minute;

export interface Connection {
  id: string;
  clientId: string;
  userId: string;
  tenantId: string;
  authEventId: string;
  createdAt: number;
  updatedAt: number;
}

/** One consent: who gave which app which scopes. */
export interface Consent {
  clientId: string;
  userId: string;
  authEventId: string;
  scopes: string[];
  at: number;
}

export interface Code extends Consent {
  redirectUri: string;
  nonce: string | undefined;
  expiresAt: number;
}

export interface TokenSet extends Consent {
  refreshToken: string | undefined;
  refreshIssuedAt: number;
  /** Replaced refresh tokens and how long each may still be sent. */
  replaced: Map<string, number>;
}

export interface IssuedAccess {
  clientId: string;
  userId: string;
  scopes: string[];
  authEventId: string;
  expiresAt: number;
}

/** Everything given away: codes, token sets, access tokens and connections. Lifetimes: code 5 minutes, access 30 minutes, refresh 60 days unused. */
export class Grants {
  connections: Connection[] = [];
  readonly access = new Map<string, IssuedAccess>();
  private readonly codes = new Map<string, Code>();
  private tokenSets: TokenSet[] = [];

  addCode(code: Code): string {
    const text = randomBytes(32).toString('base64url');
    this.codes.set(text, code);
    return text;
  }

  takeCode(text: string, now: number): Code | undefined {
    const code = this.codes.get(text);
    this.codes.delete(text);
    return code && code.expiresAt > now ? code : undefined;
  }

  /** Scopes add up over a person's consents to an app. */
  scopesOf(clientId: string, userId: string): string[] {
    return this.tokenSets.filter((set) => set.clientId === clientId && set.userId === userId).flatMap((set) => set.scopes);
  }

  open(consent: Consent, now: number): TokenSet {
    const scopes = [...new Set([...this.scopesOf(consent.clientId, consent.userId), ...consent.scopes])];
    const set: TokenSet = { ...consent, scopes, refreshToken: undefined, refreshIssuedAt: now, replaced: new Map() };
    if (scopes.includes('offline_access')) set.refreshToken = randomBytes(32).toString('base64url');
    this.tokenSets.push(set);
    return set;
  }

  /** The token set a refresh token belongs to, and whether the token is the current one. */
  find(refreshToken: string, clientId: string, now: number): { set: TokenSet; current: boolean } | undefined {
    for (const set of this.tokenSets) {
      if (set.clientId !== clientId) continue;
      if (set.refreshToken === refreshToken) return now < set.refreshIssuedAt + 60 * day ? { set, current: true } : undefined;
      const until = set.replaced.get(refreshToken);
      if (until !== undefined) return now < until ? { set, current: false } : undefined;
    }
    return undefined;
  }

  rotate(set: TokenSet, now: number): void {
    for (const [token, until] of set.replaced) if (until <= now) set.replaced.delete(token);
    if (set.refreshToken !== undefined) set.replaced.set(set.refreshToken, now + 30 * minute);
    set.refreshToken = randomBytes(32).toString('base64url');
    set.refreshIssuedAt = now;
  }

  endTokenSets(ends: (set: TokenSet) => boolean): void {
    this.tokenSets = this.tokenSets.filter((set) => !ends(set));
  }

  /** What was granted to an app no longer covers this; another consent brings it back. */
  takeScope(clientId: string, scope: string): void {
    const without = <T extends { clientId: string; scopes: string[] }>(granted: T): T => (granted.clientId === clientId ? { ...granted, scopes: granted.scopes.filter((each) => each !== scope) } : granted);
    this.tokenSets = this.tokenSets.map(without);
    for (const [token, issued] of this.access) this.access.set(token, without(issued));
  }

  connect(connection: Connection): void {
    const before = this.connections.find((each) => each.clientId === connection.clientId && each.userId === connection.userId && each.tenantId === connection.tenantId);
    if (before) Object.assign(before, { authEventId: connection.authEventId, updatedAt: connection.updatedAt });
    else this.connections.push(connection);
  }

  disconnect(ends: (connection: Connection) => boolean): void {
    this.connections = this.connections.filter((connection) => !ends(connection));
  }

  connection(clientId: string, userId: string, tenantId: string): Connection | undefined {
    return this.connections.find((each) => each.clientId === clientId && each.userId === userId && each.tenantId === tenantId);
  }
}
