import { errorText, type Log } from '../http/logging.js';
import type { Clock } from '../http/clock.js';
import { LeaseLostError, StaleError } from '../store/collection.js';
import { PRIORITY, type Mark, type Rest, type Store } from '../store/store.js';
import { restAfter, stormIn } from './rest.js';
import { whileHolding, type Held } from './lease.js';
import { retryAfter, type Retry } from './retry.js';

/** What became of each mark of a batch. */
export type Outcome = { mark: Mark; done: true } | { mark: Mark; done: false; retry: Retry };

/** Carries out a batch of one firm's marks. Throws only when nothing about the single marks can be said. */
export type RunMarks = (held: Held, marks: Mark[]) => Promise<Outcome[]>;

export interface WorkerDeps {
  store: Store;
  clock: Clock;
  log: Log;
  /** Names this process in leases. */
  owner: string;
  runMarks: RunMarks;
  /** Firms worked on at the same time. */
  firmsAtOnce?: number;
}

const BATCH = 50;
const IDLE_MS = 500;
/** How long a firm that somebody else holds is left alone: its holder does what comes meanwhile. */
const LEFT_ALONE_MS = 2_000;
/** After this many batches a firm lets others go first. */
const BATCHES_PER_TURN = 4;

/** Somebody waits for these: they run by themselves, on calls kept for people when a limit is near. */
function peopleFirst(marks: Mark[]): Mark[] {
  const asked = marks.filter((mark) => mark.priority === PRIORITY.person);
  return asked.length > 0 ? asked : marks;
}

/** Leases firms that have owed work, batch by batch, until told to drain. */
export class Worker {
  private readonly drain = new AbortController();
  private running: Promise<void>[] = [];
  private resting: Promise<void> | null = null;
  private looking: Promise<string[]> | null = null;
  /** Firms not to be asked for now: those this process works on, and for a moment those it found held. */
  private readonly notNow = new Map<string, number>();

  constructor(private readonly deps: WorkerDeps) {}

  start(): void {
    this.running = Array.from({ length: this.deps.firmsAtOnce ?? 4 }, () => this.loop());
  }

  /** Lets the write in hand finish, releases the leases, returns when idle. */
  async stop(): Promise<void> {
    this.drain.abort();
    await Promise.all(this.running);
  }

  private async loop(): Promise<void> {
    while (!this.drain.signal.aborted) {
      try {
        if (await this.turn()) continue;
      } catch (error) {
        this.deps.log.error('worker turn failed', { detail: errorText(error) });
      }
      await this.rest();
    }
  }

  /** Loops with nothing to do rest together, so that they look together: the store is asked twice a second, however many they are. */
  private rest(): Promise<void> {
    this.resting ??= this.deps.clock.sleep(IDLE_MS, this.drain.signal).finally(() => (this.resting = null));
    return this.resting;
  }

  /** True when some firm was worked on. */
  async turn(): Promise<boolean> {
    const { clock } = this.deps;
    for (const firm of await this.firmsDue()) {
      if ((this.notNow.get(firm) ?? 0) > clock.ticks()) continue;
      this.notNow.set(firm, Infinity);
      let worked: true | undefined;
      try {
        worked = await whileHolding({ ...this.deps, drain: this.drain.signal }, firm, (held) => this.runFirm(held));
      } finally {
        if (worked === undefined) this.notNow.set(firm, clock.ticks() + LEFT_ALONE_MS);
        else this.notNow.delete(firm);
      }
      if (worked !== undefined) return true;
    }
    return false;
  }

  /** Loops that look at the same time share one question to the store. */
  private firmsDue(): Promise<string[]> {
    this.looking ??= this.deps.store.marks.firmsDue(new Date(this.deps.clock.now()).toISOString(), 20).finally(() => (this.looking = null));
    return this.looking;
  }

  private async runFirm(held: Held): Promise<true> {
    const { store, clock } = this.deps;
    for (let batch = 0; batch < BATCHES_PER_TURN && !held.signal.aborted; batch += 1) {
      const marks = peopleFirst(await store.marks.due(held.firm, new Date(clock.now()).toISOString(), BATCH));
      if (marks.length === 0) break;
      if (!(await this.runGroups(held, marks))) break;
    }
    return true;
  }

  /** Kind by kind, each settled when it is done, so that a process that keeps dying still gets further. False when the firm has to wait. */
  private async runGroups(held: Held, marks: Mark[]): Promise<boolean> {
    for (const group of groupsOf(marks)) {
      if (held.signal.aborted) return false;
      if (!(await this.settle(held, await this.outcomes(held, group)))) return false;
    }
    return true;
  }

  private async outcomes(held: Held, marks: Mark[]): Promise<Outcome[]> {
    const { clock, log, runMarks } = this.deps;
    try {
      return await runMarks(held, marks);
    } catch (error) {
      if (error instanceof LeaseLostError || error instanceof StaleError) throw error;
      log.warn('a batch did not finish', { firm: held.firm, count: marks.length, detail: errorText(error) });
      return marks.map((mark) => ({ mark, done: false, retry: retryAfter(error, mark.attempts, clock.now()) }));
    }
  }

  /** False when the firm was parked. */
  private async settle(held: Held, outcomes: Outcome[]): Promise<boolean> {
    const { marks } = this.deps.store;
    const now = this.deps.clock.now();
    const rests: Rest[] = [];
    for (const outcome of outcomes) {
      if (outcome.done) {
        const rest = restAfter(outcome.mark, now);
        await marks.finish(outcome.mark, held.epoch, new Date(now).toISOString(), rest);
        rests.push(rest);
      } else await marks.postpone(outcome.mark, outcome.retry.until, outcome.retry.reason, held.epoch);
    }
    const storm = stormIn(rests, now);
    if (storm) await marks.restTogether(held.firm, storm.until, storm.since);
    const blocked = outcomes.flatMap((outcome) => (outcome.done || outcome.retry.waits === 'mark' ? [] : [outcome.retry]));
    const longest = blocked.sort((a, b) => b.until.localeCompare(a.until))[0];
    if (longest) await marks.park(held.firm, longest.until, longest.reason);
    return longest === undefined;
  }
}

/** Marks that only find out which bills are meant come first, one kind at a time; all marks of bills go together, for one call serves many. */
function groupsOf(marks: Mark[]): Mark[][] {
  const isBill = ({ kind }: Mark) => kind === 'bill' || kind === 'send';
  const kinds = [...new Set(marks.filter((mark) => !isBill(mark)).map((mark) => mark.kind))];
  return [...kinds.map((kind) => marks.filter((mark) => mark.kind === kind)), marks.filter(isBill)].filter((group) => group.length > 0);
}
