import type { Clio } from '../../src/clio/clio.js';
import { createBudget, type Budget, type Priority } from '../../src/http/budget.js';
import type { Clock } from '../../src/http/clock.js';
import type { Log } from '../../src/http/logging.js';
import type { FreshToken } from '../../src/connections/fresh-token.js';
import { lookForGaps } from '../../src/jobs/notice-gaps.js';
import { Schedule } from '../../src/jobs/schedule.js';
import { Worker } from '../../src/jobs/worker.js';
import type { Store } from '../../src/store/store.js';
import { createRunMarks } from '../../src/sync/run-marks.js';
import type { Xero } from '../../src/xero/xero.js';
import type { Turns } from './call-limits.js';
import type { MemoryStore } from './memory-store.js';
import type { Random } from './random.js';
import { receiverOn } from './receiver.js';
import type { Life } from './scheduler.js';
import type { Site } from './site.js';
import { storeOver } from './store-line.js';
import { freshTokenOn, tokensOf, type AllSignIns, type Tokens } from './tokens.js';
import type { Answer } from '../../src/web/webhooks/answer.js';
import type { Posted } from './webhook-sender.js';
import type { World } from './world.js';

export const APP = 'https://tieout.example';

/** An idle process looks at most this late after something is due, and at most this late after it found that another is at it. */
const LATEST_LOOK = 8_000;
const LATEST_LOOK_AGAIN = 30_000;

/** A deliberate mistake, put around what a process is given; the product itself is left as it is. */
export interface Mutant {
  store?: (store: Store, world: World) => Store;
  xero?: (xero: Xero, world: World) => Xero;
  clio?: (clio: Clio, world: World) => Clio;
  budget?: (budget: Budget) => Budget;
  /** Whether a write may leave, asked at the last moment. */
  mayWrite?: (asked: () => boolean) => () => boolean;
  fresh?: (fresh: FreshToken) => FreshToken;
  /** For webhooks alone. */
  web?: (deps: { store: Store; clock: Clock }) => { store: Store; clock: Clock };
}

export interface ProcessDeps {
  world: World;
  store: MemoryStore;
  sites: ReadonlyMap<string, Site>;
  signIns: AllSignIns;
  mutant: Mutant;
  /** Lines of the log, for whoever looks for what must not stand there. */
  log: (line: string) => void;
}

const same = <T>(value: T): T => value;

/** One process of the real application: its worker, its schedule and what receives webhooks, on a store it shares with the others. */
export class Process {
  readonly life: Life;
  /** Of the last lease on each firm. */
  readonly epochs = new Map<string, number>();
  /** A former primary of the database that this process has not found out about. */
  former: { shown: MemoryStore; until: number } | null = null;
  private readonly budgets = new Map<string, Budget>();
  private skew = 0;
  private alarm: { at: number; cancel: () => void; ring: () => void } | null = null;
  private readonly random: Random;
  /** Null where calls carry no tokens. */
  fresh: FreshToken | null = null;
  /** As its web side does. */
  receive: (posted: Posted) => Promise<Answer> = () => Promise.resolve({ status: 503 });

  constructor(private readonly deps: ProcessDeps, readonly name: string, private readonly onCrash: (process: Process) => void) {
    this.life = { name, dead: false, frozenUntil: 0 };
    this.random = deps.world.random.fork();
  }

  start(): void {
    const { world, mutant, signIns } = this.deps;
    this.skew = this.random.int(-20_000, 20_000);
    const clock = this.clock();
    const line = storeOver({ world, life: this.life, crash: () => this.crash(), leased: (lease) => this.epochs.set(lease.firm, lease.epoch), used: () => this.suffer(), former: () => this.former }, this.deps.store);
    const store = mutant.store ? mutant.store(line, world) : line;
    const log = this.log();
    const fresh = signIns.xero || signIns.clio ? freshTokenOn({ store, clock }, this.life, signIns) : null;
    this.fresh = fresh && (mutant.fresh ?? same)(fresh);
    const tokens = (from: object | null, firm: string, connectionId: string): Tokens | null => from && this.fresh && tokensOf(this.fresh, firm, connectionId);
    const xeroOf = (site: Site, mayWrite: () => boolean, priority: Priority): Xero => (mutant.xero ?? same)(site.xero.portFor(this.life, tokens(signIns.xero, site.firm, site.connectionId), (mutant.mayWrite ?? same)(mayWrite), this.turnsAt(site, clock, priority)), world);
    const clioOf = (site: Site, mayWrite: () => boolean): Clio => (mutant.clio ?? same)(site.clio.portFor(this.life, tokens(signIns.clio, site.firm, site.clioConnectionId), (mutant.mayWrite ?? same)(mayWrite)), world);
    const siteOf = (firm: string): Site | null => this.deps.sites.get(firm) ?? null;
    const runMarks = createRunMarks({
      store, clock, log, appUrl: APP, newId: () => this.random.uuid(),
      clioOf: (firm, _priority, mayWrite) => Promise.resolve(siteOf(firm)).then((site) => site && clioOf(site, mayWrite)),
      xeroOf: (firm, priority, _organisationId, mayWrite) => Promise.resolve(siteOf(firm)).then((site) => site && { xero: xeroOf(site, mayWrite, priority), organisationId: site.organisationId }),
      subscribe: () => Promise.resolve(),
    });
    const worker = new Worker({ store, clock, log, owner: `sim/${this.name}/${this.random.uuid()}`, runMarks });
    const schedule = new Schedule({ store, clock, log, keepAlive: () => Promise.resolve(), lookForGaps: () => (world.profile.receives ? lookForGaps({ store, clock, log }) : Promise.resolve()) });
    this.receive = receiverOn({ log, ...(mutant.web ?? same)({ store, clock }) });
    void this.work(worker);
    void this.keepRounds(schedule);
  }

  /** On a budget kept for each connection as long as the process lives, as src/connections/open-clients.ts keeps them. */
  private turnsAt({ firm, xero }: Site, clock: Clock, priority: Priority): Turns | null {
    const { limits } = this.deps.world.profile;
    if (!limits || !xero.limits) return null;
    const budget = this.budgets.get(firm) ?? (this.deps.mutant.budget ?? same)(createBudget({ service: 'xero', perMinute: limits.perMinute, inFlight: limits.inFlight, minuteReserve: 2, dayLimits: limits.perDay === null ? [] : [limits.perDay, 5_000] }, clock));
    this.budgets.set(firm, budget);
    return xero.limits.turnsOf(budget, priority);
  }

  /** Awake, and with a clock that somebody looks after. */
  comeBack(): void {
    this.life.frozenUntil = Math.min(this.life.frozenUntil, this.deps.world.now);
    this.skew = this.random.int(-20_000, 20_000);
  }

  crash(): void {
    if (this.life.dead) return;
    this.life.dead = true;
    this.onCrash(this);
  }

  /** Dies a moment from now, wherever it is by then. */
  crashWithin(ms: number): void {
    this.deps.world.scheduler.after(this.deps.world.random.int(0, ms), this.life, () => this.crash());
  }

  /** A pause of the whole process, or a clock set anew, can come at any moment. */
  private suffer(): void {
    const { world } = this.deps;
    if (world.strikes('freeze', this.life)) this.life.frozenUntil = world.now + this.random.int(1_000, (world.profile.extreme ? 20 : 3) * 60_000);
    if (world.strikes('clock jump', this.life)) this.skew = this.random.int(-600_000, 600_000);
  }

  private async work(worker: Worker): Promise<void> {
    const { world } = this.deps;
    for (;;) {
      let worked = false;
      try {
        worked = await worker.turn();
      } catch (error) {
        this.deps.log(`turn failed ${error instanceof Error ? error.message : ''}`);
        world.tell(this.name, `turn failed: ${error instanceof Error ? error.message : 'unknown'}`);
      }
      if (!worked) await this.untilDue();
    }
  }

  /** The real worker looks every half second; most looks find nothing, so here an idle process sleeps until one would find something. */
  private untilDue(): Promise<void> {
    return new Promise((resolve) => {
      this.alarm = { at: Infinity, cancel: () => undefined, ring: resolve };
      this.marksChanged();
    });
  }

  /** Something may be due sooner than the idle process is set to wake. */
  marksChanged(): void {
    const { alarm } = this;
    if (!alarm) return;
    const { world, store } = this.deps;
    const due = store.marks.soonest() - this.skew;
    // What is due already and was not taken up just now is held by another.
    const [at, latest] = due <= world.now ? [world.now + 500, LATEST_LOOK_AGAIN] : [due, LATEST_LOOK];
    if (alarm.at <= at + latest) return;
    alarm.cancel();
    alarm.at = at + this.random.int(50, latest);
    alarm.cancel = world.scheduler.after(alarm.at - world.now, this.life, () => {
      this.alarm = null;
      alarm.ring();
    });
  }

  private async keepRounds(schedule: Schedule): Promise<void> {
    for (;;) {
      try {
        await schedule.round();
      } catch (error) {
        this.deps.world.tell(this.name, `schedule failed: ${error instanceof Error ? error.message : 'unknown'}`);
      }
      const { looksEvery, scheduler } = this.deps.world;
      await scheduler.step(this.random.int(...looksEvery), this.life, () => undefined);
    }
  }

  private clock(): Clock {
    const { scheduler } = this.deps.world;
    return {
      now: () => scheduler.now + this.skew,
      ticks: () => scheduler.now,
      sleep: (ms, signal) =>
        new Promise((resolve) => {
          if (signal?.aborted) {
            resolve();
            return;
          }
          const over = (): void => {
            cancel();
            signal?.removeEventListener('abort', over);
            resolve();
          };
          const cancel = scheduler.after(ms, this.life, over);
          signal?.addEventListener('abort', over, { once: true });
        }),
    };
  }

  private log(): Log {
    const keep = (level: string) => (message: string, fields?: object) => {
      this.deps.log(`${level} ${message} ${JSON.stringify(fields ?? {})}`);
      if (level !== 'info') this.deps.world.tell(this.name, `${level}: ${message} ${JSON.stringify(fields ?? {})}`);
    };
    return { info: keep('info'), warn: keep('warn'), error: keep('error') };
  }
}
