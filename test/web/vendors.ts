import { randomUUID } from 'node:crypto';
import type { ClioUser, LaunchSubject } from '../../src/clio/clio.js';
import type { ClioOAuth, ClioTokens, XeroConnection, XeroOAuth } from '../../src/connections/ports.js';
import { ServiceError } from '../../src/http/service-error.js';

/** Clio and Xero as the web and the connections meet them: codes, tokens, nonces and consents, with a list of what was asked. */
export class Vendors {
  readonly calls: string[] = [];
  readonly users = new Map<string, ClioUser>();
  readonly nonces = new Set<string>();
  organisations: XeroConnection[] = [];
  /** Refresh tokens that still work; a refused one answers invalid_grant. */
  readonly liveRefreshTokens = new Set<string>();
  rotates = true;
  expiresInSeconds = 1_800;
  onRefresh: () => Promise<void> = () => Promise.resolve();
  private count = 0;

  addUser(code: string, user: Partial<ClioUser> & { clioId: string }): void {
    this.users.set(code, {
      name: 'Dana Whitlock', email: 'dana@harwood.example', roles: ['admin', 'billing'], enabled: true, timeZone: 'London',
      account: { clioId: '100234', name: 'Harwood & Lisle LLP' }, ...user,
    });
  }

  addOrganisation(name: string, tenantId: string = randomUUID(), authEventId = 'consent-1'): string {
    this.organisations.push({ id: randomUUID(), tenantId, tenantName: name, tenantType: 'ORGANISATION', authEventId });
    return tenantId;
  }

  readonly clioOAuth: ClioOAuth = {
    authorizeUrl: (app, state) => `${app.baseUrl}/oauth/authorize?client_id=${app.clientId}&state=${state}`,
    exchangeCode: (app, code) => {
      this.calls.push(`clio exchange ${code} with ${app.clientId}`);
      if (!this.users.has(code)) throw refused('clio');
      return Promise.resolve({ ...this.newTokens(), accessToken: `clio-access-${code}` });
    },
    refresh: async (_app, refreshToken) => this.refresh('clio', refreshToken),
  };

  clioFor(accessToken: string) {
    return {
      whoAmI: () => {
        const user = this.users.get(accessToken.replace('clio-access-', ''));
        if (!user) throw refused('clio');
        return Promise.resolve(user);
      },
      verifyLaunch: (subject: LaunchSubject, nonce: string) => {
        this.calls.push(`verify ${subject.kind}/${subject.clioId} ${nonce}`);
        return Promise.resolve(this.nonces.delete(`${subject.kind}/${subject.clioId}/${nonce}`));
      },
    };
  }

  readonly xeroOAuth: XeroOAuth = {
    authorizeUrl: (app, { state, nonce }) => `${app.loginUrl}/identity/connect/authorize?state=${state}&nonce=${nonce}`,
    exchangeCode: (_app, code) => {
      this.calls.push(`xero exchange ${code}`);
      const tokens = this.newTokens();
      return Promise.resolve({ tokens: { ...tokens, refreshToken: tokens.refreshToken ?? '' }, userId: 'xu-1', authEventId: 'consent-1', scopes: ['accounting.invoices'] });
    },
    refresh: async (_app, refreshToken) => {
      const tokens = await this.refresh('xero', refreshToken);
      return { ...tokens, refreshToken: tokens.refreshToken ?? refreshToken };
    },
    connectionsOf: (_app, _token, authEventId) => Promise.resolve(this.organisations.filter((each) => authEventId === undefined || each.authEventId === authEventId)),
    deleteConnection: (_app, _token, id) => {
      this.calls.push(`xero disconnect ${id}`);
      this.organisations = this.organisations.filter((each) => each.id !== id);
      return Promise.resolve();
    },
  };

  private newTokens(): ClioTokens {
    this.count += 1;
    const refreshToken = `refresh-${this.count}`;
    this.liveRefreshTokens.add(refreshToken);
    return { accessToken: `access-${this.count}`, refreshToken, expiresInSeconds: this.expiresInSeconds };
  }

  private async refresh(service: 'clio' | 'xero', refreshToken: string): Promise<ClioTokens> {
    this.calls.push(`${service} refresh ${refreshToken}`);
    await this.onRefresh();
    if (!this.liveRefreshTokens.has(refreshToken)) throw refused(service);
    if (!this.rotates) return { ...this.newTokens(), refreshToken: null };
    this.liveRefreshTokens.delete(refreshToken);
    return this.newTokens();
  }
}

export const refused = (service: 'clio' | 'xero') => new ServiceError({ service, kind: 'unauthorized', message: 'invalid_grant' });
