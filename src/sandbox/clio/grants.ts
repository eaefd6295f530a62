import { randomBytes } from 'node:crypto';
import type { SandboxClock } from '../clock.js';
import type { ClioSwitches } from './switches.js';

export interface ClioApp {
  clientId: string;
  clientSecret: string;
  name: string;
  /** One line in the directory. */
  summary?: string;
  redirectUris: string[];
  /** Opened by "Add to Clio" in the directory. */
  addToClioUrl?: string;
  /** Where "Open" leads once installed. */
  appUrl?: string;
  deauthorizationUrl?: string;
  /** Frozen into each grant at consent. Absent: everything. */
  permissions?: string[];
}

/** One user's consent for one app. */
export interface Grant {
  clientId: string;
  userId: number;
  permissions: string[] | null;
  refreshToken: string;
}

interface AccessToken {
  grant: Grant;
  expiresAt: number;
}

interface Code {
  clientId: string;
  userId: number;
  redirectUri: string;
  expiresAt: number;
}

const CODE_LIFETIME_MS = 600_000;

/** Who let which app in: codes, tokens, consents of one region. */
export class Grants {
  readonly apps = new Map<string, ClioApp>();
  private readonly codes = new Map<string, Code>();
  private readonly accessTokens = new Map<string, AccessToken>();
  private grants: Grant[] = [];

  constructor(
    private readonly clock: SandboxClock,
    private readonly switches: ClioSwitches,
  ) {}

  issueCode(clientId: string, userId: number, redirectUri: string): string {
    const code = secret();
    this.codes.set(code, { clientId, userId, redirectUri, expiresAt: this.clock.now() + CODE_LIFETIME_MS });
    return code;
  }

  /** The code dies with its first use, successful or not. */
  redeemCode(code: string, clientId: string, redirectUri: string): Grant | null {
    const found = this.codes.get(code);
    this.codes.delete(code);
    if (found?.clientId !== clientId || found.redirectUri !== redirectUri || found.expiresAt <= this.clock.now()) return null;
    const grant = {
      clientId, userId: found.userId, permissions: this.apps.get(clientId)?.permissions ?? null, refreshToken: secret(),
    };
    this.grants.push(grant);
    return grant;
  }

  refresh(refreshToken: string, clientId: string): { grant: Grant; rotated: boolean } | null {
    const grant = this.grants.find((each) => each.refreshToken === refreshToken && each.clientId === clientId);
    if (!grant) return null;
    if (this.switches.refreshTokenRotates) grant.refreshToken = secret();
    return { grant, rotated: this.switches.refreshTokenRotates };
  }

  issueAccessToken(grant: Grant): { token: string; expiresIn: number } {
    const token = `${grant.userId}-${secret()}`;
    const expiresIn = this.switches.accessTokenSeconds;
    this.accessTokens.set(token, { grant, expiresAt: this.clock.now() + expiresIn * 1000 });
    return { token, expiresIn };
  }

  grantOf(accessToken: string): Grant | null {
    const found = this.accessTokens.get(accessToken);
    return found && found.expiresAt > this.clock.now() ? found.grant : null;
  }

  isGranted(clientId: string, userId: number): boolean {
    return this.grants.some((grant) => grant.clientId === clientId && grant.userId === userId);
  }

  installedBy(userId: number): ClioApp[] {
    return [...this.apps.values()].filter((app) => this.isGranted(app.clientId, userId));
  }

  /** Ends consents; without a user, those of everybody. */
  revoke(clientId: string, userId?: number): void {
    const ends = (grant: Grant) => grant.clientId === clientId && (userId === undefined || grant.userId === userId);
    this.grants = this.grants.filter((grant) => !ends(grant));
    for (const [token, access] of this.accessTokens) if (ends(access.grant)) this.accessTokens.delete(token);
  }

  /** As if their lifetime had passed; refresh tokens live on. */
  expireAccessTokens(): void {
    this.accessTokens.clear();
  }
}

export function secret(): string {
  return randomBytes(24).toString('base64url');
}
