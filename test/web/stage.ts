import { randomBytes } from 'node:crypto';
import request, { type Response } from 'supertest';
import type { ConnectionDeps } from '../../src/connections/ports.js';
import { createFreshToken } from '../../src/connections/fresh-token.js';
import { noteActivity } from '../../src/connections/note-activity.js';
import { sealTokens } from '../../src/connections/sealed-tokens.js';
import type { LinkRecord, Shown } from '../../src/store/records.js';
import { openSqliteStore } from '../../src/store/sqlite-store.js';
import type { Store } from '../../src/store/store.js';
import { createSealer } from '../../src/store/seal.js';
import type { WebDeps } from '../../src/web/deps.js';
import { createServer } from '../../src/web/server.js';
import { VirtualClock } from '../virtual-clock.js';
import { Vendors } from './vendors.js';

export const APP_URL = 'http://localhost:3000';
export const XERO_KEY = 'wh-test-key-0123456789abcdef';

export interface Stage {
  store: Store;
  clock: VirtualClock;
  vendors: Vendors;
  deps: WebDeps;
  logged: { message: string; fields: unknown }[];
  agent: ReturnType<typeof request>;
}

/** The web on a store in memory, with vendors that do as told. */
export async function stage(changes: Partial<WebDeps> = {}): Promise<Stage> {
  const clock = new VirtualClock();
  const store = await openSqliteStore(':memory:', { now: () => clock.now() });
  const vendors = new Vendors();
  const logged: Stage['logged'] = [];
  const log = (message: string, fields?: unknown) => void logged.push({ message, fields });
  const app = (region: string) => ({ baseUrl: `https://${region}.clio.example`, clientId: `id-${region}`, clientSecret: 'secret', redirectUri: `${APP_URL}/oauth/clio/callback` });
  const connections: ConnectionDeps = {
    store,
    clock,
    sealer: createSealer([randomBytes(32).toString('base64')]),
    clio: { apps: { us: app('us'), eu: app('eu') }, oauth: vendors.clioOAuth, clientFor: (_region, token) => vendors.clioFor(token) },
    xero: {
      app: { loginUrl: 'https://login.xero.example', identityUrl: 'https://identity.xero.example', apiUrl: 'https://api.xero.example', clientId: 'x', clientSecret: 's', redirectUri: `${APP_URL}/oauth/xero/callback`, scopes: ['openid'] },
      oauth: vendors.xeroOAuth,
    },
  };
  const deps: WebDeps = {
    ...connections,
    appUrl: APP_URL,
    production: false,
    proxyHops: 0,
    sessionKeys: [randomBytes(32)],
    xeroWebhookKeys: [XERO_KEY],
    sendsMail: true,
    freshToken: createFreshToken(connections),
    log: { info: log, warn: log, error: log },
    ...changes,
  };
  return { store, clock, vendors, deps, logged, agent: request(createServer(deps)) };
}

/** One person's browser: keeps cookies, says where forms come from, and takes the token out of the pages it sees. */
export class Browser {
  private readonly jar = new Map<string, string>();
  private csrf = '';

  constructor(private readonly on: Stage) {}

  async get(path: string): Promise<Response> {
    return this.keep(await this.on.agent.get(path).set('cookie', this.cookies()));
  }

  async post(path: string, form: Record<string, string>, headers: Record<string, string> = { 'sec-fetch-site': 'same-origin' }): Promise<Response> {
    return this.keep(await this.on.agent.post(path).set('cookie', this.cookies()).set(headers).type('form').send({ csrf: this.csrf, ...form }));
  }

  /** Signs in with Clio as the user this code stands for. */
  async signIn(code: string, region = 'us'): Promise<Response> {
    const start = await this.get(`/oauth/clio/start?region=${region}`);
    return this.get(`/oauth/clio/callback?code=${code}&state=${stateOf(start)}`);
  }

  cookie(name: string): string | undefined {
    return this.jar.get(name);
  }

  setCookie(name: string, value: string): void {
    this.jar.set(name, value);
  }

  private cookies(): string {
    return [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  private keep(response: Response): Response {
    for (const line of setCookies(response)) {
      const [pair = ''] = line.split(';');
      const name = pair.slice(0, pair.indexOf('='));
      const value = pair.slice(pair.indexOf('=') + 1);
      if (value === '') this.jar.delete(name);
      else this.jar.set(name, value);
    }
    this.csrf = /name="csrf" value="([^"]+)"/.exec(response.text)?.[1] ?? this.csrf;
    return response;
  }
}

export const setCookies = (response: Response): string[] => [response.headers['set-cookie'] ?? []].flat().map(String);
export const stateOf = (response: Response): string => new URL(String(response.headers['location'])).searchParams.get('state') ?? '';

/** Signed in as an administrator of Harwood & Lisle. */
export async function signedIn(on: Stage, code = 'dana', user: Parameters<Vendors['addUser']>[1] = { clioId: '350112' }): Promise<Browser> {
  on.vendors.addUser(code, user);
  const browser = new Browser(on);
  await browser.signIn(code);
  await browser.get('/bills');
  return browser;
}

export async function connectXeroTo(on: Stage, firm: string, organisationId: string, name = 'Harwood Books'): Promise<void> {
  const place = { firm, id: `xero:${organisationId}` };
  const tokens = sealTokens(on.deps, place, { accessToken: 'xa', refreshToken: 'xr', expiresInSeconds: 1_800 }, null);
  const now = new Date(on.clock.now()).toISOString();
  await on.store.connections.insert({ ...place, side: 'xero', userId: 'xu', organisationId, organisationName: name, xeroConnectionId: 'xc-1', ...tokens, scopes: [], state: 'live', stateReason: null, connectedAt: now });
}

/** A bill as the worker leaves it in the store. */
export async function seedBill(on: Pick<Stage, 'store' | 'clock'>, firm: string, clioId: string, changes: Omit<Partial<LinkRecord>, 'shown'> & { shown?: Partial<Shown> } = {}): Promise<LinkRecord> {
  const now = new Date(on.clock.now()).toISOString();
  const { shown, ...rest } = changes;
  return on.store.links.insert({
    firm, id: `bill:${clioId}:main`, kind: 'bill', role: 'main', clioId, xeroId: null, organisationId: '', billId: clioId, clientId: '77', matterIds: ['1500231'], status: 'up-to-date', reason: null, facts: {}, base: null, intent: null, updatedAt: now,
    shown: {
      number: clioId, clientName: 'Oakhurst Foods Ltd', matters: ['00042-Oakhurst'], currency: 'USD', clioState: 'awaiting_payment', clioTotal: 120_000, clioTax: 20_000, clioBalance: 120_000, issuedOn: '2026-11-02',
      xeroState: 'authorised', xeroNumber: clioId, xeroTotal: 120_000, xeroTax: 20_000, xeroDue: 120_000, xeroChangedAt: null, seenAt: now, ...shown,
    },
    ...rest,
  });
}

export const note = noteActivity;
