import { mark } from '../../src/jobs/mark-kinds.js';
import { PRIORITY } from '../../src/store/store.js';
import { ORDINARY } from './calendar.js';
import { judgeEnd } from './judge-end.js';
import { ClioSignIns } from './clio-sign-ins.js';
import { copyOf, memoryStore, type MemoryStore } from './memory-store.js';
import { Process, type Mutant } from './process.js';
import { drawProfile, type Profile } from './profile.js';
import { Random } from './random.js';
import { Scheduler } from './scheduler.js';
import { SignIns } from './sign-ins.js';
import { openSite, type Site } from './site.js';
import { judgeTurns } from './judge-turns.js';
import { WebhookSender } from './webhook-sender.js';
import { World } from './world.js';
import type { Kept } from './xero-vendor.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Whether each changed record can be read back: the stores' own tests ask that too. */
const RECORDS_CHECKED_EVERY = 5;
/** A firm that is never done costs as much as the whole rest of a seed: one in so many tries it. */
const TURNS_EVERY = 4;

/** How often somebody opens a page of a firm that needs a token. */
const LOOKS = 12;

export interface SeedResult {
  seed: number;
  profile: Profile;
  violations: string[];
  events: number;
  virtualHours: number;
  injected: Map<string, number>;
  calls: Map<string, number>;
  writes: number;
  bills: number;
  /** Worked out when asked for: few stories are ever read. */
  history: () => string[];
  hash: () => string;
}

/**
 * One seed's story: firms are set up, people and faults have an hour or two, then the faults end and everything must come to rest. `plain`: without the
 * circumstances that were added to all seeds later, as those that failed before that are kept.
 */
export async function runSeed(seed: number, mutant: Mutant = {}, plain = false): Promise<SeedResult> {
  const random = new Random(seed);
  const apart = new Random(seed + 2_000_003);
  const profile = drawProfile(random.fork(), plain ? null : apart.fork());
  const world = new World(seed, profile, new Scheduler(profile.calendar.start, random.fork()), random.fork());
  const store = memoryStore(() => world.now, seed % RECORDS_CHECKED_EVERY === 0);
  const logged: string[] = [];
  const processes: Process[] = [];
  const sites = new Map<string, Site>();
  const keys = new Map<string, Kept>();
  const signIns = { xero: profile.signsIn ? new SignIns(world, apart.fork()) : null, clio: profile.signsInToClio ? new ClioSignIns(world, new Random(seed + 3_000_003)) : null };
  const sender = new WebhookSender(world, store, apart.fork(), () => processes);
  for (const [index, choices] of profile.firms.entries()) {
    const site = await openSite({ world, store, keys, processes: () => processes, sender, signIns }, index + 1, choices);
    sites.set(site.firm, site);
  }

  let born = 0;
  const startProcess = (): void => {
    const process = new Process({ world, store, sites, signIns, mutant, log: (line) => logged.push(line) }, `w${(born += 1)}`, (crashed) => {
      world.tell(crashed.name, 'CRASH');
      world.scheduler.after(world.random.int(500, 4 * MINUTE), null, startProcess);
    });
    processes.push(process);
    process.start();
  };
  store.marks.onChange = () => {
    for (const process of processes) if (!process.life.dead) process.marksChanged();
  };
  const stop = (): boolean => world.violations.length > 0;
  for (let index = 0; index < profile.processes; index += 1) startProcess();

  const chaos = random.int(30, 100) * MINUTE;
  for (const { people } of sites.values()) {
    people.issueBill();
    for (let act = 0; act < profile.acts; act += 1) world.scheduler.after(random.int(1_000, chaos), null, () => people.act());
  }
  if (signIns.xero) lookAtPages(world, apart.fork(), chaos, processes, [...sites.values()]);
  if (profile.calendar !== ORDINARY) world.count('calendar turned');
  loseThePrimary(world, apart.fork(), chaos, processes, store);
  // Drawn apart, so that the stories of all other seeds stay what they are.
  const late = new Random(seed + 1_000_003);
  if (profile.extreme) for (const { xero } of sites.values()) for (const hour of [1, 2]) world.scheduler.after(late.int(Math.floor((chaos * hour) / 3), chaos), null, () => xero.comesAgain());
  let going = await world.scheduler.runUntil(profile.calendar.start + chaos, stop);
  for (const { oracle } of sites.values()) oracle.look();

  world.faultsOn = false;
  world.tell('world', 'faults end');
  for (const process of processes) process.comeBack();
  for (const { people } of sites.values()) people.comeBack();
  if (going) going = await world.scheduler.runUntil(world.now + 40 * MINUTE, stop);
  // Twice more, the second time after everything that is due once a day.
  world.looksEvery = [12 * HOUR, 12 * HOUR + 10 * MINUTE];
  if (going) going = await world.scheduler.runUntil(world.now + 27 * HOUR, stop);
  for (const { oracle } of sites.values()) oracle.look();
  if (going) {
    judgeEnd(world, store, [...sites.values()], logged);
    const before = world.writes;
    for (const { firm } of sites.values()) await store.marks.want([mark(firm, 'catch-up', 'everything', PRIORITY.person)], world.iso());
    await world.scheduler.runUntil(world.now + 20 * MINUTE, stop);
    if (world.writes !== before) world.violated(19, `${world.writes - before} writes after everything had come to rest`);
    if (sites.size > 1 && seed % TURNS_EVERY === 1 && !stop()) await judgeTurns(world, store, [...sites.values()]);
  }
  const bills = [...sites.values()].reduce((sum, { clio }) => sum + clio.bills.size, 0);
  return { seed, profile, violations: world.violations, events: world.scheduler.events, virtualHours: (world.now - profile.calendar.start) / HOUR, injected: world.injected, calls: world.calls, writes: world.writes, bills, history: () => world.history(), hash: () => world.hash() };
}

/** Pages that need a token are opened, in the same moment in every process. */
function lookAtPages(world: World, random: Random, chaos: number, processes: Process[], sites: Site[]): void {
  for (const { firm, connectionId } of sites) {
    for (let look = 0; look < LOOKS; look += 1) {
      world.scheduler.after(random.int(0, chaos), null, () => {
        world.count('token wanted in all processes at once');
        for (const each of processes) if (!each.life.dead && each.life.frozenUntil <= world.now) each.fresh?.(firm, connectionId).catch(() => undefined);
      });
    }
  }
}

/**
 * Two members of a replica set may for some seconds both take themselves for the primary; whoever still asks the former one is shown what was, even with
 * read concern majority, while only the new one takes writes (MongoDB manual, "read isolation, consistency, and recency").
 */
function loseThePrimary(world: World, random: Random, chaos: number, processes: Process[], store: MemoryStore): void {
  for (let time = 0; time < world.profile.failOvers; time += 1) {
    world.scheduler.after(random.int(0, chaos), null, () => {
      world.count('fail-over of the database');
      world.tell('world', '! fail-over of the database');
      const shown = copyOf(store);
      for (const each of processes) if (!each.life.dead && random.chance(0.6)) each.former = { shown, until: world.now + random.int(1_000, 12_000) };
    });
  }
}
