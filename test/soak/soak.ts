import { parseArgs } from 'node:util';
import { randomUUID } from 'node:crypto';
import { freePort, startWorld, temporaryStore, type World } from '../../src/demo/world.js';
import { openStore } from '../../src/store/open-store.js';
import type { Store } from '../../src/store/store.js';
import { seeded } from '../stories/seeded.js';
import { burst } from './burst.js';
import { Crew } from './crew.js';
import { hurriedClock } from './hurried-clock.js';
import { install } from './install.js';
import { People } from './people.js';
import { acknowledged, verdict } from './verdict.js';

/**
 * Hours of a busy firm in minutes: one web and three workers as processes of their own on one store, both vendors simulated, people changing
 * bills and payments on both sides all the while, and a SIGKILL at random moments, most often for whoever holds the firm. At the end
 * both ledgers must be equal, nothing doubled, and every acknowledged notice kept.
 *
 *   npm run soak -- --kills 200 --store sqlite --seed 1 --speed 20
 *   MONGODB_URI=mongodb://… npm run soak -- --store mongodb
 *
 * With --burst: a thousand notices about twenty bills at once instead (burst.ts), and what they cost. `--clio-limit`: calls a minute that Clio
 * allows, 50 unless told otherwise; with more of them the work keeps closer to the changes.
 *
 *   npm run soak -- --burst --kills 100 --events 1000
 *   npm run soak -- --burst --kills 0 --events 1000 --clio-limit 10000
 */
const FIRM = 'us:100234';
const WORKERS = ['worker-1', 'worker-2', 'worker-3'];
/** Real milliseconds between two acts of people. */
const ACT_EVERY_MS = 150;
const MOST_BILLS = 120;
const SETTLES_WITHIN_MS = 10 * 60_000;

const text = (value: string) => ({ type: 'string', default: value }) as const;
const { values } = parseArgs({ options: { kills: { type: 'string' }, store: text('sqlite'), seed: text('1'), speed: text('20'), burst: { type: 'boolean', default: false }, events: text('1000'), 'clio-limit': text('50') } });
const [kills, seed, speed] = [Number(values.kills ?? (values.burst ? 100 : 200)), Number(values.seed), Number(values.speed)];

async function main(): Promise<number> {
  const random = seeded(seed);
  const epoch = Date.now();
  const { storeUrl, remove } = await storeFor(values.store);
  const world = await startWorld({ storeUrl, appPort: await freePort(), clock: hurriedClock(speed, epoch), clioSwitches: { rateLimit: 300 } });
  const crew = new Crew(world.env, 'test/soak/app-process.ts', [String(speed), String(epoch)]);
  const store = await openStore(storeUrl);
  try {
    await Promise.all([crew.start('web', 'web').ready, ...WORKERS.map((name) => crew.start(name, 'worker').ready)]);
    await install(world, store, FIRM);
    const people = new People(world, random);
    await changeAndKill(crew, store, people, random);
    const settledMs = await settled(world, store, people);
    const wrong = await verdict(world, store, FIRM, people.billIds);
    for (const line of wrong) console.log(`not ok: ${line}`);
    if (wrong.length > 0) console.log(crew.words(40).join('\n'));
    console.log(
      `soak on ${values.store}: ${wrong.length === 0 ? 'ok' : 'not ok'}; seed ${seed}, ${crew.kills} kills, ${people.acts} acts on ${people.billIds.length} bills, ` +
        `${acknowledged(world)} notices acknowledged, ${world.clio.control.countRequests()} calls to Clio, ${world.xero.control.calls().length} to Xero, ` +
        `settled ${(settledMs / 1000).toFixed(0)} s after the last kill, ${((Date.now() - epoch) / 1000).toFixed(0)} s in all, time ran ${speed} times as fast`,
    );
    return wrong.length === 0 ? 0 : 1;
  } finally {
    await crew.end();
    await store.close();
    await world.close();
    await remove();
  }
}

async function burstOnly(): Promise<number> {
  const { storeUrl, remove } = await storeFor(values.store);
  try {
    const { wrong, ...seen } = await burst({ storeUrl, events: Number(values.events), kills, random: seeded(seed), clioPerMinute: Number(values['clio-limit']) });
    for (const line of wrong) console.log(`not ok: ${line}`);
    console.log(
      `burst on ${values.store}: ${wrong.length === 0 ? 'ok' : 'not ok'}; ${seen.events} notices about 20 bills, ${seen.kills} kills, ${seen.acknowledged} acknowledged and kept, ${seen.repeated} had to be repeated, ` +
        `${seen.xeroCalls} calls to Xero's books (${seen.xeroCallsPerBill} per changed bill), ${seen.seconds.toFixed(0)} s`,
    );
    for (const [kind, count] of seen.byKind) console.log(`  ${String(count).padStart(4)}  ${kind}`);
    return wrong.length === 0 ? 0 : 1;
  } finally {
    await remove();
  }
}

async function storeFor(kind: string): Promise<{ storeUrl: string; remove: () => Promise<void> }> {
  if (kind === 'sqlite') return temporaryStore();
  const server = process.env['MONGODB_URI'];
  if (kind !== 'mongodb' || server === undefined) throw new Error('--store must be sqlite, or mongodb with MONGODB_URI set to a server');
  const url = new URL(server);
  url.pathname = `/tieout-soak-${randomUUID()}`;
  return { storeUrl: url.href, remove: () => Promise.resolve() };
}

async function changeAndKill(crew: Crew, store: Store, people: People, random: () => number): Promise<void> {
  let nextKillAt = Date.now() + 1_000;
  while (crew.kills < kills) {
    // Spread over the whole run, so that the last kill finds as much under way as the first.
    if (people.billIds.length < 5 + (MOST_BILLS * crew.kills) / kills && random() < 0.4) people.newBill();
    people.act();
    await pause(ACT_EVERY_MS * random() * 2);
    if (Date.now() < nextKillAt) continue;
    crew.kill(await victim(crew, store, random));
    nextKillAt = Date.now() + 300 + random() * 2_000;
    if (crew.kills % 20 === 0) console.log(`${crew.kills} kills, ${people.acts} acts, ${await store.marks.countOwed(FIRM)} marks owed`);
  }
}

/** Mostly whoever holds the firm, sometimes the web, sometimes anybody. */
async function victim(crew: Crew, store: Store, random: () => number): Promise<string> {
  const dice = random();
  if (dice < 0.15) return 'web';
  const holder = dice < 0.8 ? await store.leases.holder(FIRM) : undefined;
  const busy = crew.withPid(Number(holder?.owner.split('/')[1]));
  return busy ?? WORKERS[Math.floor(random() * WORKERS.length)] ?? 'web';
}

/** Until the people are done and nothing is owed or under way; real milliseconds it took. */
async function settled(world: World, store: Store, people: People): Promise<number> {
  const began = Date.now();
  let calm = 0;
  while (calm < 8 && Date.now() - began < SETTLES_WITHIN_MS) {
    people.act();
    await pause(250);
    const waiting = world.clio.control.deliveries().some((each) => each.state === 'waiting' || each.state === 'sending');
    const isCalm = people.unfinished === 0 && !waiting && (await store.marks.countOwed(FIRM)) === 0;
    calm = isCalm ? calm + 1 : 0;
  }
  if (calm < 8) console.log(`not settled: ${people.unfinished} lives unfinished; ${(await store.marks.owed(FIRM)).map((mark) => `${mark.kind} ${mark.id} ${mark.lastReason ?? ''} ${mark.notBefore}`).join('; ')}`);
  return Date.now() - began;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

(values.burst ? burstOnly() : main()).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
