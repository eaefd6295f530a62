import { randomUUID } from 'node:crypto';
import { createServer as createHttpServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as clioOAuth from './clio/oauth.js';
import { mailServer } from './alerts/mail-server.js';
import { Post } from './alerts/post.js';
import { createClio } from './clio/client.js';
import { keyBytes, type Config } from './config.js';
import { createFreshToken } from './connections/fresh-token.js';
import { keepAlive } from './connections/keep-alive.js';
import { noticingRemovals } from './connections/notice-removal.js';
import { openClients } from './connections/open-clients.js';
import type { ClioApp, ConnectionDeps } from './connections/ports.js';
import { subscribe } from './connections/subscribe.js';
import { createBudget } from './http/budget.js';
import { systemClock, type Clock } from './http/clock.js';
import type { Log } from './http/logging.js';
import { thisOwner } from './jobs/owner.js';
import { lookForGaps } from './jobs/notice-gaps.js';
import { Schedule } from './jobs/schedule.js';
import { Worker } from './jobs/worker.js';
import { createSealer } from './store/seal.js';
import { openStore } from './store/open-store.js';
import { REGIONS, type Region } from './store/records.js';
import type { Store } from './store/store.js';
import { createRunMarks } from './sync/run-marks.js';
import { createServer } from './web/server.js';
import { scopeReasonsOnDemand, SCOPES } from './xero/scopes.js';
import * as xeroOAuth from './xero/oauth.js';

/** Tieout, put together: the only file that knows every folder. */
export interface App {
  store: Store;
  worker: Worker;
  schedule: Schedule;
  /** Where the web listens; undefined for ROLE=worker. */
  address(): AddressInfo | undefined;
  start(): Promise<void>;
  /** Stops taking requests, lets work in hand finish, closes the store. */
  stop(): Promise<void>;
}

export async function createApp(config: Config, log: Log, clock: Clock = systemClock): Promise<App> {
  const store = await openStore(config.storeUrl);
  const sealer = createSealer(config.secretKeys);
  const deps: ConnectionDeps = { store, clock, sealer, clio: { apps: clioApps(config), oauth: clioOAuth, clientFor: (region, token) => bareClio(config, clock, region, token) }, xero: { app: xeroApp(config, clock), oauth: xeroOAuth } };
  const freshToken = createFreshToken(deps);
  const clients = openClients({ ...deps, freshToken });
  const runMarks = createRunMarks({
    store,
    clock,
    log,
    appUrl: config.appUrl,
    newId: randomUUID,
    clioOf: async (firm, priority, mayWrite) => (await clients.clioClients(firm, priority, mayWrite))[0] ?? null,
    xeroOf: (firm, priority, organisationId, mayWrite) => clients.xeroClient(firm, priority, organisationId, mayWrite),
    subscribe: async (firm) => subscribe({ ...deps, appUrl: config.appUrl }, firm, await clients.clioClients(firm, 'background')),
  });
  const worker = new Worker({ store, clock, log, owner: thisOwner(), runMarks: noticingRemovals(deps, freshToken, runMarks) });
  const schedule = new Schedule({ store, clock, log, keepAlive: (firm) => keepAlive(deps, freshToken, firm), lookForGaps: () => lookForGaps({ store, clock, log }) });
  const web = config.role === 'worker' ? undefined : createHttpServer(createServer({ ...deps, freshToken, log, appUrl: config.appUrl, production: config.production, proxyHops: config.proxyHops, sessionKeys: config.secretKeys.map(keyBytes), xeroWebhookKeys: config.xero.webhookKeys, sendsMail: config.mail !== null }));
  const works = config.role !== 'web';
  const post = works && config.mail ? new Post({ store, clock, log, send: mailServer(config.mail), appUrl: config.appUrl }) : undefined;

  return {
    store,
    worker,
    schedule,
    address() {
      const address = web?.address();
      return typeof address === 'object' && address ? address : undefined;
    },
    async start() {
      if (web) await listen(web, config.port);
      if (works) worker.start();
      if (works) schedule.start();
      post?.start();
      if (works && !post) log.warn('nobody is told by mail', { detail: 'SMTP_URL and MAIL_FROM are not set' });
    },
    async stop() {
      if (web) await close(web);
      if (works) await Promise.all([worker.stop(), schedule.stop(), post?.stop()]);
      await store.close();
    },
  };
}

function clioApps(config: Config): Partial<Record<Region, ClioApp>> {
  const apps: Partial<Record<Region, ClioApp>> = {};
  for (const region of REGIONS) {
    const app = config.clio[region];
    if (app) apps[region] = { baseUrl: app.url, clientId: app.clientId, clientSecret: app.clientSecret, redirectUri: `${config.appUrl}/oauth/clio/callback` };
  }
  return apps;
}

const xeroApp = (config: Config, clock: Clock) => ({ ...config.xero, clock, redirectUri: `${config.appUrl}/oauth/xero/callback`, scopes: [...SCOPES], scopesForCosts: Object.keys(scopeReasonsOnDemand) });

/** For sign-in and launches: one person's token, used at once, never renewed. */
function bareClio(config: Config, clock: Clock, region: Region, token: string) {
  const app = config.clio[region];
  if (!app) throw new Error(`Clio is not configured for region ${region}`);
  const budget = createBudget({ service: 'clio', perMinute: 50, inFlight: 4, minuteReserve: 0, dayLimits: [] }, clock);
  return createClio({ baseUrl: app.url, region, token: () => Promise.resolve(token), onUnauthorized: () => Promise.resolve(token), budget, clock, priority: 'person' });
}

const listen = (server: Server, port: number) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, () => {
      server.off('error', reject);
      resolve();
    });
  });

const close = (server: Server) =>
  new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 5_000).unref();
  });
