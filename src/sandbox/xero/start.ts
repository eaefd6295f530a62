import { createServer } from 'node:http';
import type { SandboxClock } from '../clock.js';
import type { Exchange } from '../exchange.js';
import { makeControl, type XeroControl } from './control.js';
import { Faults } from './gate/faults.js';
import { KeptAnswers } from './gate/idempotency.js';
import { Limits } from './gate/limits.js';
import { buildServer } from './gate/server.js';
import { Grants } from './identity/grants.js';
import { Signer } from './identity/signer.js';
import { seededIds } from './ids.js';
import { seedWorld } from './seed/seed.js';
import { defaultSwitches, type XeroSwitches } from './switches.js';
import { Deliveries } from './webhooks/deliveries.js';
import type { World } from './world.js';

export interface XeroSandboxOptions {
  clock: SandboxClock;
  /** 0, the default, takes any free port. */
  port?: number;
  host?: string;
  switches?: Partial<XeroSwitches>;
  seed?: 'law-firm' | 'empty';
  observe?: (exchange: Exchange) => void;
}

export interface XeroSandbox {
  /** Stands for login.xero.com, identity.xero.com and api.xero.com alike. */
  url: string;
  /** May be changed at any time. */
  switches: XeroSwitches;
  control: XeroControl;
  close(): Promise<void>;
}

export async function startXeroSandbox(options: XeroSandboxOptions): Promise<XeroSandbox> {
  const world = newWorld(options);
  seedWorld(world, options.seed ?? 'law-firm');
  // Clients reuse a connection that has been idle for five seconds, which is when Node would be closing it.
  const server = createServer({ keepAliveTimeout: 65_000 }, buildServer(world));
  const host = options.host ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  world.url = `http://${host}:${port}`;
  return {
    url: world.url,
    switches: world.switches,
    control: makeControl(world),
    async close() {
      world.deliveries.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function newWorld({ clock, switches: chosen, observe }: XeroSandboxOptions): World {
  const switches = { ...defaultSwitches, ...chosen };
  return {
    clock,
    switches,
    url: '',
    newId: seededIds('xero sandbox'),
    signer: new Signer(),
    users: [],
    apps: new Map(),
    organisations: new Map(),
    grants: new Grants(),
    limits: new Limits(switches),
    kept: new KeptAnswers(),
    faults: new Faults(),
    deliveries: new Deliveries(clock, switches),
    calls: [],
    observe,
  };
}
