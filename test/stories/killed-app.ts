import { spawn, type ChildProcess } from 'node:child_process';
import type { World } from '../../src/demo/world.js';
import { compile } from '../compiled.js';
import type { JumpingClock } from './jumping-clock.js';
import { realPause } from './settle.js';

const PROGRAM = 'test/stories/tieout-process.ts';
const MOST_RESTARTS = 60;
/** Longer than the app needs for what is due. */
const STILL_MS = 1_500;
const FIRST_JUMP_MS = 15_000;
const LONGEST_JUMP_MS = 20 * 60_000;

/** The app as a process of its own that dies without warning at moments nobody chose, and is started again on the same store. */
export class KilledApp {
  kills = 0;
  /** How many kills followed at once on a call that could change something. */
  killsAtWrites = 0;
  private readonly compiled = compile(PROGRAM);
  private child: ChildProcess | null = null;
  private ended: Promise<void> = Promise.resolve();
  private errors = '';
  private stopping = false;
  private untilNext: number;
  private heardCount = 0;

  constructor(
    private readonly world: World,
    private readonly clock: JumpingClock,
    private readonly most: number,
    private readonly random: () => number,
  ) {
    this.untilNext = this.pause();
  }

  start(): void {
    this.stopping = false;
    this.ended = this.run();
  }

  /** Hears every exchange; when it is time, kills: now, or a moment later so that the next write is caught half done. */
  heard(exchange: { method: string }): void {
    this.heardCount += 1;
    if (this.kills >= this.most || this.child === null) return;
    this.untilNext -= 1;
    const writes = exchange.method !== 'GET';
    // Writes are few and matter most: they draw the kill near.
    if (this.untilNext > 0 && !(writes && this.random() < 0.4)) return;
    this.untilNext = this.pause();
    this.kills += 1;
    if (writes) this.killsAtWrites += 1;
    const { child } = this;
    this.child = null;
    const laterMs = this.random() < 0.5 ? 0 : this.random() * 20;
    if (laterMs === 0) child.kill('SIGKILL');
    else setTimeout(() => child.kill('SIGKILL'), laterMs);
  }

  /** Exchanges heard so far. */
  get heardSoFar(): number {
    return this.heardCount;
  }

  async answers(): Promise<boolean> {
    try {
      return (await fetch(`${this.world.appUrl}/readyz`)).ok;
    } catch {
      return false;
    }
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.child?.kill('SIGTERM');
    await this.ended;
    this.compiled.remove();
    if (/panic|SQLITE_CORRUPT|malformed/.test(this.errors)) throw new Error(this.errors);
  }

  /** What the processes said on their error streams. */
  get said(): string {
    return this.errors.slice(-4_000);
  }

  /** Puts everybody's clock forward: what waits for its time need not be waited for. */
  jump(ms: number): void {
    this.clock.jumpTo(this.clock.aheadMs + ms);
    if (this.child?.connected === true) this.child.send(this.clock.aheadMs);
  }

  private async run(): Promise<void> {
    for (let starts = 0; starts < MOST_RESTARTS && !this.stopping; starts += 1) {
      const child = spawn(process.execPath, [this.compiled.path(PROGRAM), String(this.clock.aheadMs)], { env: { PATH: process.env.PATH ?? '', ...this.world.env }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
      const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (this.errors += chunk.toString()));
      this.child = child;
      await gone;
    }
  }

  private pause(): number {
    return 6 + Math.floor(this.random() * 26);
  }
}

/** Tries until it has worked, however often the app dies meanwhile. */
export async function despite(app: KilledApp, what: string, act: () => Promise<unknown>, done: () => Promise<boolean>): Promise<void> {
  let last: unknown;
  for (let tries = 0; tries < 60; tries += 1) {
    await answering(app);
    try {
      if (!(await done())) await act();
      if (await done()) return;
    } catch (error) {
      last = error;
      await realPause(50);
    }
  }
  throw new Error(`${what} never worked: ${last instanceof Error ? last.message : 'no error'}\n${app.said}`);
}

async function answering(app: KilledApp): Promise<void> {
  for (let looks = 0; !(await app.answers()); looks += 1) {
    if (looks > 500) throw new Error(`the app does not answer\n${app.said}`);
    await realPause(40);
  }
}

/**
 * Looks again until it is so. When nothing has crossed the wire for a while, the clocks are put forward, further each time; never while the
 * app is still starting, for it may have died with an answer of Xero's token endpoint in hand, and half an hour later that is lost for good.
 */
export async function until(app: KilledApp, isSo: () => Promise<boolean> | boolean, what: string, withinMs = 150_000): Promise<void> {
  const end = Date.now() + withinMs;
  let [seen, still, jump] = [app.heardSoFar, Date.now(), FIRST_JUMP_MS];
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await realPause(40);
    if (app.heardSoFar !== seen) [seen, still, jump] = [app.heardSoFar, Date.now(), FIRST_JUMP_MS];
    else if (Date.now() - still > STILL_MS) {
      if (await app.answers()) {
        app.jump(jump);
        jump = Math.min(jump * 2, LONGEST_JUMP_MS);
      }
      still = Date.now();
    }
  }
}
