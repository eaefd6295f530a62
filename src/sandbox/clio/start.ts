import { setMaxListeners } from 'node:events';
import { createServer, type Server } from 'node:http';
import express from 'express';
import type { SandboxClock } from '../clock.js';
import type { Exchange } from '../exchange.js';
import { Api } from './api.js';
import { ClioControl } from './control.js';
import { Deliveries } from './deliveries.js';
import { Firm } from './firm.js';
import { Grants } from './grants.js';
import { Nonces } from './nonces.js';
import { answerDeauthorize, answerToken } from './oauth-token.js';
import { screens } from './screens/screens.js';
import { factsOf } from './seed/firm-facts.js';
import { seedBasics } from './seed/basics.js';
import { seedLawFirm } from './seed/law-firm.js';
import { defaultSwitches, type ClioSwitches, type Region } from './switches.js';
import { Views } from './views.js';
import { onWire, type Recorder } from './wire.js';

export interface ClioSandboxOptions {
  clock: SandboxClock;
  /** Default 0: any free one. */
  port?: number;
  host?: string;
  region?: Region;
  switches?: Partial<ClioSwitches>;
  /** `empty` still has users, currencies, bank accounts and settings. Default `law-firm`. */
  seed?: 'law-firm' | 'empty';
  /** Hears every exchange on `/api/v4`. */
  observe?: (exchange: Exchange) => void;
}

export interface ClioSandbox {
  url: string;
  /** May be changed at any time. */
  switches: ClioSwitches;
  control: ClioControl;
  close(): Promise<void>;
}

/** One Clio region on this machine, with its own firm, apps and tokens. */
export async function startClioSandbox(options: ClioSandboxOptions): Promise<ClioSandbox> {
  const region = options.region ?? 'us';
  const { clock } = options;
  const switches = { ...defaultSwitches(region), ...options.switches };
  const firm = new Firm(region, clock, switches, factsOf(region));
  const basics = seedBasics(firm);
  if ((options.seed ?? 'law-firm') === 'law-firm') seedLawFirm(firm, basics);
  const views = new Views(firm);
  const grants = new Grants(clock, switches);
  const nonces = new Nonces(clock, switches);
  const stop = new AbortController();
  // Every delivery that waits for its next try listens.
  setMaxListeners(0, stop.signal);
  const deliveries = new Deliveries(firm, views, (hook) => firm.users.at(hook.userId).enabled && grants.isGranted(hook.clientId, hook.userId), stop.signal);
  firm.onChange = (change) => { deliveries.hear(change); };
  const recorder: Recorder = { clock, faults: [], log: [], observe: undefined };
  const observed: Recorder = { ...recorder, observe: options.observe };
  const control = new ClioControl(firm, grants, nonces, deliveries, recorder);

  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  // Answers are dated by the stand-in's clock, as is everything in them; Node would put this machine's.
  app.use((_request, response, next) => {
    response.setHeader('Date', new Date(clock.now()).toUTCString());
    next();
  });
  const raw = express.raw({ type: () => true, limit: '2mb' });
  const api = new Api({ firm, views, grants, nonces, deliveries });
  app.use('/api/v4', raw, onWire(observed, (incoming) => api.answer(incoming)));
  app.all('/oauth/token', raw, onWire(recorder, (incoming) => answerToken(grants, incoming)));
  app.all('/oauth/deauthorize', raw, onWire(recorder, (incoming) => answerDeauthorize(grants, incoming)));
  app.use(screens({ firm, grants, nonces, control }));

  // Clients reuse a connection that has been idle for five seconds, which is when Node would be closing it.
  const server = createServer({ keepAliveTimeout: 65_000 }, app);
  const url = await listening(server, options.port ?? 0, options.host ?? '127.0.0.1');
  return {
    url, switches, control,
    close: async () => {
      stop.abort();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => { resolve(); }));
      await deliveries.settled();
    },
  };
}

function listening(server: Server, port: number, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      resolve(`http://${host}:${typeof address === 'object' && address !== null ? address.port : port}`);
    });
  });
}
