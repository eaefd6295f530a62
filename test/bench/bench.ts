import { createHmac, randomBytes } from 'node:crypto';
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { Agent, createServer, request, type RequestListener } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import express from 'express';
import { secretContext } from '../../src/connections/subscription-url.js';
import { table } from '../../src/demo/table.js';
import { systemClock } from '../../src/http/clock.js';
import { createSealer } from '../../src/store/seal.js';
import { openSqliteStore } from '../../src/store/sqlite-store.js';
import { PRIORITY, type Store } from '../../src/store/store.js';
import { clioWebhook } from '../../src/web/webhooks/clio.js';
import { rawBody } from '../../src/web/webhooks/raw-body.js';
import { stage } from '../web/stage.js';
import { quietFirmsWait } from './beside-a-flood.js';
import { BACKFILL, backfill, DAY, workingDay } from './xero-calls.js';

/**
 * How close the durable parts come to what this very machine can do, as ratios to a limit measured in the same run: `npm run bench`.
 * Ratios stand on a slow machine and on a busy one; times would not. What is asked of Xero is counted in virtual time. What a storm of a
 * thousand notices costs under kills, `npm run soak -- --burst` tells.
 */
const SECONDS = 3;
const CONNECTIONS = 50;
const FIRM = 'us:100234';
const TOKEN = 'benchbenchbenchbenchbenchbenchbench';
const SECRET = 'bench-secret-0123456789';

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'tieout-bench-'));
  const store = await openSqliteStore(join(folder, 'bench.sqlite'));
  try {
    const appends = syncedWrites(join(folder, 'append'), 'append');
    const overwrites = syncedWrites(join(folder, 'overwrite'), 'overwrite');
    const hello = await load(express().disable('x-powered-by').post('/webhooks/clio/:subscription', (_request, response) => void response.status(200).end()), CONNECTIONS);
    const receiver = await webhooks(store);
    const ingest = await load(receiver, CONNECTIONS);
    const half = await load(receiver, CONNECTIONS, ingest.perSecond / 2);
    const cycles = await queueCycles(store);
    const [alone, beside] = [await quietFirmsWait({ flood: false }), await quietFirmsWait({ flood: true })];
    const before = await backfill();
    const day = await workingDay();
    const row = (what: string, ours: number, limit: number, target: string, unit: string) => [what, `${ours.toFixed(0)} ${unit}`, `${limit.toFixed(0)} ${unit}`, (ours / limit).toPrecision(2), target];
    console.log(
      table(
        ['What', 'Ours', 'Limit in this run', 'Ratio', 'Target'],
        [
          row('durable signed webhooks against bare Express', ingest.perSecond, hello.perSecond, '≥ 0.70', '/s'),
          row('durable webhooks against single synced appends', ingest.perSecond, appends, '≥ 1.5', '/s'),
          row('99th percentile at half load against Xero\'s five seconds', half.p99Ms, 5_000, '≤ 0.02', 'ms'),
          row('owed work taken and finished, two commits each, against synced overwrites', cycles * 2, overwrites, '≥ 0.6', '/s'),
          row('a quiet firm\'s bill beside a firm without end, 95th percentile, against alone', beside, alone, '≤ 1.5', 's'),
          row(`calls to Xero for ${BACKFILL.bills} bills, ${BACKFILL.payments} payments and ${BACKFILL.clients} clients of before, against one for fifty`, before.calls, before.fewest, '≤ 1.1', 'calls'),
          row('of which Xero refused for being too many, against none', before.refused, 1, '0', 'calls'),
          row(`calls to Xero on a day of ${DAY.bills} bills, ${DAY.payments} payments and ${DAY.edits} edits, against the smallest day's limit`, day.calls, 1_000, '≤ 0.8', 'calls'),
          row('from approval to invoice on that day, 95th percentile, against a minute', day.p95Seconds, 60, '≤ 0.1', 's'),
        ],
        [1, 2, 3],
      ),
    );
  } finally {
    await store.close();
    await rm(folder, { recursive: true });
  }
}

/** Writes of 600 bytes per second, each on the disk before the next. */
function syncedWrites(path: string, how: 'append' | 'overwrite'): number {
  const file = openSync(path, 'w');
  const row = randomBytes(600);
  const began = performance.now();
  let count = 0;
  while (performance.now() - began < SECONDS * 500) {
    writeSync(file, row, 0, row.length, how === 'append' ? null : 0);
    fdatasyncSync(file);
    count += 1;
  }
  closeSync(file);
  return (count * 1_000) / (performance.now() - began);
}

/** The real receiver of Clio's notices on a real file; every notice another delivery of one of twenty bills. */
async function webhooks(store: Store): Promise<RequestListener> {
  const sealer = createSealer([randomBytes(32).toString('base64')]);
  const { deps } = await stage({ store, sealer, clock: systemClock });
  const secret = sealer.seal(SECRET, secretContext(FIRM, 'bill', 'secret'));
  await store.subscriptions.insert({ firm: FIRM, id: 'bill', model: 'bill', token: TOKEN, clioWebhookId: '1', secret, previousSecret: null, state: 'enabled', expiresAt: null, lastDeliveryAt: new Date().toISOString() });
  const app = express().disable('x-powered-by');
  app.post('/webhooks/clio/:subscription', rawBody, clioWebhook(deps, (_request, response) => void response.status(500).end()));
  return app;
}

/** Requests answered per second; the server and what loads it share the machine, for ours and for the limit alike. `rate`: no more than this many. */
async function load(listener: RequestListener, connections: number, rate = Infinity): Promise<{ perSecond: number; p99Ms: number }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const took: number[] = [];
  const began = performance.now();
  const one = async (line: number): Promise<void> => {
    for (let count = 0; performance.now() - began < SECONDS * 1_000; count += 1) {
      const dueAt = began + ((count * connections + line) * 1_000) / rate;
      if (dueAt > performance.now()) await new Promise((resolve) => setTimeout(resolve, dueAt - performance.now()));
      const from = performance.now();
      await post(port, agent, `${line}-${count}`);
      took.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: connections }, (_each, line) => one(line)));
  const seconds = (performance.now() - began) / 1_000;
  agent.destroy();
  await new Promise((resolve) => server.close(resolve));
  const sorted = took.sort((left, right) => left - right);
  return { perSecond: took.length / seconds, p99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? 0 };
}

/** One signed notice about one of twenty bills, as Clio sends it. */
function post(port: number, agent: Agent, etag: string): Promise<void> {
  const body = JSON.stringify({ data: { id: 9_100_401 + (etag.length % 20), etag: `"${etag}-${Math.random()}"` }, meta: { event: 'updated', webhook_id: 1 } });
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), 'x-hook-signature': createHmac('sha256', SECRET).update(body).digest('hex') };
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, agent, method: 'POST', path: `/webhooks/clio/${TOKEN}`, headers }, (answer) => {
      answer.resume();
      answer.once('end', () => (answer.statusCode === 200 ? resolve() : reject(new Error(`answered ${answer.statusCode ?? 0}`))));
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

/** Marks taken and finished one after the other, as an unlucky worker would. */
async function queueCycles(store: Store): Promise<number> {
  const firm = 'us:bench';
  const now = new Date().toISOString();
  const began = performance.now();
  let count = 0;
  while (performance.now() - began < SECONDS * 500) {
    await store.marks.want([{ firm, kind: 'bill', id: String(count), priority: PRIORITY.webhook }], now);
    const [mark] = await store.marks.due(firm, now, 1);
    if (mark) await store.marks.finish(mark, 1, now);
    count += 1;
  }
  return (count * 1_000) / (performance.now() - began);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
