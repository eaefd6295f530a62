import type { DestinationStream } from 'pino';
import { createApp, type App } from '../../src/app.js';
import { loadConfig } from '../../src/config.js';
import { addToClio } from '../../src/demo/acts.js';
import { Visitor } from '../../src/demo/visitor.js';
import { startWorld, temporaryStore, type World } from '../../src/demo/world.js';
import { createLog } from '../../src/log.js';
import { startClioSandbox, type ClioSandbox } from '../../src/sandbox/clio/start.js';
import type { Exchange } from '../../src/sandbox/exchange.js';
import { settle } from '../stories/settle.js';
import { VirtualClock } from '../virtual-clock.js';

/** One firm as it stands in this world, and the person at its screen. */
export interface Side {
  firm: string;
  person: Visitor;
  /** The world as this firm sees it: its own region's Clio, the one Xero. */
  world: World;
  clientId: string;
}

/** Two firms of two Clio regions on one Tieout. Both have the same account number there, as the regions number for themselves. */
export interface TwoFirms {
  app: App;
  clock: VirtualClock;
  us: Side;
  eu: Side;
  /** Everything the log was told, as written. */
  logged: () => string;
  exchanges: Exchange[];
  settle(side: Side): Promise<void>;
  end(): Promise<void>;
}

export async function startTwoFirms(): Promise<TwoFirms> {
  const clock = new VirtualClock();
  const exchanges: Exchange[] = [];
  const { storeUrl, remove } = await temporaryStore();
  const world = await startWorld({ storeUrl, clock, clioSeed: 'empty', clioSwitches: { rateLimit: null }, observe: (exchange) => exchanges.push(exchange) });
  const europe = await startEurope(world, clock);
  const lines: string[] = [];
  const stream: DestinationStream = { write: (line) => void lines.push(line) };
  const config = loadConfig({ ...world.env, CLIO_EU_URL: europe.url, CLIO_EU_CLIENT_ID: 'eu-clio-app', CLIO_EU_CLIENT_SECRET: 'eu-clio-secret' });
  const app = await createApp(config, createLog('debug', stream), clock);
  await app.start();
  const us: Side = { firm: 'us:100234', person: new Visitor(), world, clientId: 'demo-clio-app' };
  const eu: Side = { firm: 'eu:100234', person: new Visitor(), world: { ...world, clio: europe }, clientId: 'eu-clio-app' };
  return {
    app, clock, us, eu, exchanges,
    logged: () => lines.join(''),
    settle: (side) => settle({ app, world: side.world, clock, firm: side.firm, exchanged: () => exchanges.length }, 3_600_000),
    async end() {
      await app.stop();
      await europe.close();
      await world.close();
      await remove();
    },
  };
}

async function startEurope(world: World, clock: VirtualClock): Promise<ClioSandbox> {
  const europe = await startClioSandbox({ clock, region: 'eu', seed: 'empty', switches: { rateLimit: null } });
  europe.control.registerApp({
    clientId: 'eu-clio-app', clientSecret: 'eu-clio-secret', name: 'Tieout', redirectUris: [`${world.appUrl}/oauth/clio/callback`],
    addToClioUrl: `${world.appUrl}/oauth/clio/start?region=eu&install=1`, appUrl: `${world.appUrl}/`, deauthorizationUrl: `${world.appUrl}/clio/deauthorized`,
  });
  return europe;
}

/** Installs Tieout from this firm's own App Directory. */
export async function install(all: TwoFirms, side: Side): Promise<void> {
  await addToClio(side.person, side.world);
  await all.settle(side);
}

/** Connects the organisation of this name. */
export async function connect(all: TwoFirms, side: Side, organisation: string): Promise<void> {
  await side.person.open(`${side.world.appUrl}/oauth/xero/start`);
  await side.person.open(side.world.xero.control.consent({ authorizeUrl: side.person.url.href, organisation }));
  await all.settle(side);
}
