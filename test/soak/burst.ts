import { freePort, startWorld, type World } from '../../src/demo/world.js';
import { openStore } from '../../src/store/open-store.js';
import type { Store } from '../../src/store/store.js';
import { addBill, addClient } from '../stories/awkward-bills.js';
import { Crew } from './crew.js';
import { hurriedClock } from './hurried-clock.js';
import { install } from './install.js';
import { acknowledged, verdict } from './verdict.js';

const FIRM = 'us:100234';
const BILLS = 20;
const WORKERS = ['worker-1', 'worker-2'];
/** Real milliseconds between two changes. */
const CHANGE_EVERY_MS = 4;
/** While the firm is set up, which is not what is measured. */
const UNLIMITED = 10_000;
/** What failed often is sent again late, and what changed often rests. */
const SETTLES_WITHIN_MS = 15 * 60_000;

/** `clioPerMinute`: how many calls Clio allows; its own limit at peak hours unless told otherwise. `speed`: how fast time runs for all concerned. */
export interface BurstOptions {
  storeUrl: string;
  events: number;
  kills: number;
  random: () => number;
  clioPerMinute?: number;
  speed?: number;
}

export interface Burst {
  events: number;
  kills: number;
  /** Deliveries answered with 200 since the burst began. */
  acknowledged: number;
  /** Deliveries that had to be sent again because the first try was not answered. */
  repeated: number;
  /** What is wrong at the end, in words: an acknowledged delivery that is not kept, books that differ, anything doubled. */
  wrong: string[];
  /** To the organisation's books, from the first change until nothing was owed any more. */
  xeroCalls: number;
  xeroCallsPerBill: number;
  /** How often each kind of call was made, the most frequent first. */
  byKind: [kind: string, count: number][];
  seconds: number;
}

/**
 * A thousand changes on twenty bills, each told by a signed request of its own while the work goes on, over real HTTP; and, when
 * there are kills, SIGKILL for the receiver in the middle of its answers, every third time for whoever works.
 */
export async function burst({ storeUrl, events, kills, random, clioPerMinute = 50, speed = 1 }: BurstOptions): Promise<Burst> {
  const epoch = Date.now();
  // Clio repeats what was not answered after two minutes and more; nobody need wait for that here.
  const world = await startWorld({ storeUrl, appPort: await freePort(), clock: hurriedClock(speed, epoch), clioSeed: 'empty', clioSwitches: { rateLimit: UNLIMITED, webhookRetries: 14, webhookRetryBaseMs: 150 } });
  const crew = new Crew(world.env, 'test/soak/app-process.ts', [String(speed), String(epoch)]);
  const store = await openStore(storeUrl);
  try {
    await Promise.all([crew.start('web', 'web').ready, ...WORKERS.map((name) => crew.start(name, 'worker').ready)]);
    const bills = makeBills(world);
    await install(world, store, FIRM);
    await firstRounds(store);
    await calm(world, store);
    world.clio.switches.rateLimit = clioPerMinute;
    const before = { calls: booksCalls(world).length, acknowledged: acknowledged(world), deliveries: world.clio.control.deliveries().length, at: Date.now() };
    await changeAndKill(world, crew, bills, { events, kills, random });
    await calm(world, store);
    const made = booksCalls(world).slice(before.calls);
    const told = world.clio.control.deliveries().slice(before.deliveries);
    return {
      events: told.length,
      kills: crew.kills,
      acknowledged: acknowledged(world) - before.acknowledged,
      repeated: told.filter((each) => each.attempts.length > 1).length,
      wrong: await verdict(world, store, FIRM, bills),
      xeroCalls: made.length,
      xeroCallsPerBill: made.length / BILLS,
      byKind: counted(made.map(kindOf)),
      seconds: (Date.now() - before.at) / 1_000,
    };
  } finally {
    await crew.end();
    await store.close();
    await world.close();
  }
}

function makeBills(world: World): number[] {
  const client = addClient(world.clio.control, 'Quayside Freight');
  return Array.from({ length: BILLS }, (_each, index) => addBill(world.clio.control, client, { lines: [{ price: 100 + index, quantity: 1.5 }] }));
}

/** The changes in equal parts, one part for each kill: it falls while the notices of its part are on their way. */
async function changeAndKill(world: World, crew: Crew, bills: number[], { events, kills, random }: { events: number; kills: number; random: () => number }): Promise<void> {
  const parts = Math.max(kills, 1);
  for (let done = 0, part = 1; part <= parts; part += 1) {
    const victim = part % 3 === 0 ? (WORKERS[Math.floor(random() * WORKERS.length)] ?? 'web') : 'web';
    if (kills > 0) await crew.named('web').ready;
    const killed = kills > 0 ? killSoon(crew, victim, random() * 120) : Promise.resolve();
    for (; done < (events * part) / parts; done += 1) {
      change(world, bills[done % bills.length] ?? 0, done);
      await pause(CHANGE_EVERY_MS);
    }
    await killed;
  }
}

async function killSoon(crew: Crew, victim: string, ms: number): Promise<void> {
  await pause(ms);
  crew.kill(victim);
}

function change(world: World, billId: number, count: number): void {
  const { control } = world.clio;
  control.editLine(control.bill(billId).lines[0]?.id ?? 0, { price: 150 + count / 100 });
}

/** A new firm is looked at from end to end within its first minute; that is part of setting up. */
async function firstRounds(store: Store): Promise<void> {
  const end = Date.now() + 2 * 60_000;
  while ((await store.cursors.get(FIRM, 'round:nightly')) === undefined) {
    if (Date.now() > end) throw new Error('no nightly look was asked for within two minutes');
    await pause(500);
  }
}

/** Until, at three looks in a row, nothing is owed, nobody is at work and no notice of Clio's is still to come. */
async function calm(world: World, store: Store): Promise<void> {
  const end = Date.now() + SETTLES_WITHIN_MS;
  for (let looks = 0; looks < 3; ) {
    const waiting = world.clio.control.deliveries().some((each) => each.state === 'waiting' || each.state === 'sending');
    const still = !waiting && (await store.marks.countOwed(FIRM)) === 0 && (await store.leases.holder(FIRM)) === undefined;
    looks = still ? looks + 1 : 0;
    await pause(700);
    if (Date.now() > end) throw new Error(`not done: ${(await store.marks.owed(FIRM)).map((mark) => `${mark.kind} ${mark.id} ${mark.lastReason ?? ''} ${mark.notBefore}`).join('; ')}`);
  }
}

const booksCalls = (world: World) => world.xero.control.calls({ path: /api\.xro/ });

/** `GET Invoices ?IDs`: the method, the path with its ids left out, and what was asked for. */
function kindOf({ method, path, query }: { method: string; path: string; query: string }): string {
  const what = path.replace(/^.*api\.xro\/2\.0\//, '').replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id');
  return `${method} ${what} ?${[...new URLSearchParams(query).keys()].join('&')}`;
}

function counted(kinds: string[]): [kind: string, count: number][] {
  const counts = new Map<string, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
