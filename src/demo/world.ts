import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp, type App } from '../app.js';
import { loadConfig, type Config } from '../config.js';
import { systemClock, type Clock } from '../http/clock.js';
import { createLog } from '../log.js';
import type { Exchange } from '../sandbox/exchange.js';
import { startClioSandbox, type ClioSandbox } from '../sandbox/clio/start.js';
import type { ClioSwitches } from '../sandbox/clio/switches.js';
import { startXeroSandbox, type XeroSandbox } from '../sandbox/xero/start.js';
import type { XeroSwitches } from '../sandbox/xero/switches.js';

/** A simulated Clio and Xero, each on an address of its own, with Tieout registered in both as an app. */
export interface World {
  clio: ClioSandbox;
  xero: XeroSandbox;
  appUrl: string;
  /** Environment that Tieout runs with in this world; its own process can be started with it. */
  env: Record<string, string>;
  close(): Promise<void>;
}

export interface WorldOptions {
  appPort?: number;
  clioPort?: number;
  xeroPort?: number;
  storeUrl: string;
  observe?: (exchange: Exchange) => void;
  /** The machine's unless told otherwise; Tieout must be started with the same. */
  clock?: Clock;
  clioSwitches?: Partial<ClioSwitches>;
  xeroSwitches?: Partial<XeroSwitches>;
  /** What the firm has in Clio before Tieout is added: some fifty bills, or none. */
  clioSeed?: 'law-firm' | 'empty';
}

const CLIO_APP = { clientId: 'demo-clio-app', clientSecret: 'demo-clio-secret' };
const XERO_APP = { clientId: 'demo-xero-app', clientSecret: 'demo-xero-secret', webhookKey: 'demo-xero-webhook-key' };

export async function startWorld(options: WorldOptions): Promise<World> {
  const appUrl = `http://localhost:${options.appPort ?? (await freePort())}`;
  const clock = options.clock ?? systemClock;
  const observe = options.observe ? { observe: options.observe } : {};
  // Clio allows more calls outside peak hours; the figure is not published, one vendor reports 300 a minute.
  const clio = await startClioSandbox({ clock, port: options.clioPort ?? 0, region: 'us', seed: options.clioSeed ?? 'law-firm', switches: { rateLimit: 300, ...options.clioSwitches }, ...observe });
  const xero = await startXeroSandbox({ clock, port: options.xeroPort ?? 0, switches: options.xeroSwitches ?? {}, ...observe });
  clio.control.registerApp({
    ...CLIO_APP,
    name: 'Tieout',
    summary: 'Turns approved bills into Xero invoices equal to the cent, and carries payments both ways.',
    redirectUris: [`${appUrl}/oauth/clio/callback`],
    addToClioUrl: `${appUrl}/oauth/clio/start?region=us&install=1`,
    appUrl: `${appUrl}/`,
    deauthorizationUrl: `${appUrl}/clio/deauthorized`,
  });
  xero.control.registerApp({ ...XERO_APP, name: 'Tieout', redirectUris: [`${appUrl}/oauth/xero/callback`], webhookUrl: `${appUrl}/webhooks/xero`, categories: ['INVOICE', 'CONTACT', 'CREDITNOTE'] });
  return {
    clio,
    xero,
    appUrl,
    env: {
      PORT: new URL(appUrl).port,
      APP_URL: appUrl,
      STORE_URL: options.storeUrl,
      SECRET_KEYS: randomBytes(32).toString('base64'),
      CLIO_US_URL: clio.url,
      CLIO_US_CLIENT_ID: CLIO_APP.clientId,
      CLIO_US_CLIENT_SECRET: CLIO_APP.clientSecret,
      XERO_CLIENT_ID: XERO_APP.clientId,
      XERO_CLIENT_SECRET: XERO_APP.clientSecret,
      XERO_WEBHOOK_KEY: XERO_APP.webhookKey,
      XERO_API_URL: xero.url,
      XERO_IDENTITY_URL: xero.url,
      XERO_LOGIN_URL: xero.url,
      LOG_LEVEL: 'error',
    },
    async close() {
      await Promise.all([clio.close(), xero.close()]);
    },
  };
}

/** Tieout inside this process, in the given world. */
export async function startTieout(world: World, clock: Clock = systemClock): Promise<{ app: App; config: Config }> {
  const config = loadConfig(world.env);
  const app = await createApp(config, createLog(config.logLevel), clock);
  await app.start();
  return { app, config };
}

/** A folder for one demo's store, and its removal. */
export async function temporaryStore(): Promise<{ storeUrl: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'tieout-'));
  return { storeUrl: `sqlite:${join(folder, 'demo.sqlite')}`, remove: () => rm(folder, { recursive: true, force: true }) };
}

export async function freePort(wanted = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', () => (wanted === 0 ? reject(new Error('no free port')) : resolve(freePort())));
    probe.listen(wanted, () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
