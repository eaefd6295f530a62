import { createHash } from 'node:crypto';
import type { Fault, Profile } from './profile.js';
import type { Random } from './random.js';
import type { Life, Scheduler } from './scheduler.js';

export const START = Date.UTC(2026, 10, 20, 9, 0, 0);

/** What one seed's run shares: time, chance, the history, and what is counted. */
export class World {
  faultsOn = true;
  readonly history: string[] = [];
  readonly violations: string[] = [];
  readonly injected = new Map<Fault, number>();
  readonly calls = new Map<string, number>();
  /** Remote writes that Tieout sent and that changed something. */
  writes = 0;
  /** How often a process looks whether a round is due. */
  roundEveryMs = 60_000;
  private readonly digest = createHash('sha256');

  constructor(readonly seed: number, readonly profile: Profile, readonly scheduler: Scheduler, readonly random: Random) {}

  get now(): number {
    return this.scheduler.now;
  }

  iso(): string {
    return new Date(this.now).toISOString();
  }

  today(): string {
    return this.iso().slice(0, 10);
  }

  tell(who: string, what: string): void {
    const since = this.now - START;
    const time = `${String(Math.floor(since / 3_600_000)).padStart(3)}h${new Date(since).toISOString().slice(14, 23)}`;
    const line = `${time} ${who.padEnd(8)} ${what}`;
    this.history.push(line);
    this.digest.update(`${line}\n`);
  }

  /** Draws whether the fault happens now, and counts it. */
  strikes(fault: Fault, life: Life | null = null): boolean {
    if (!this.faultsOn || !this.random.chance(this.profile.rates[fault])) return false;
    this.injected.set(fault, (this.injected.get(fault) ?? 0) + 1);
    this.tell(life?.name ?? 'world', `! ${fault}`);
    return true;
  }

  called(name: string): void {
    this.calls.set(name, (this.calls.get(name) ?? 0) + 1);
  }

  violated(invariant: number, what: string): void {
    this.violations.push(`invariant ${invariant}: ${what}`);
    this.tell('ORACLE', `VIOLATED ${invariant}: ${what}`);
  }

  hash(): string {
    return this.digest.copy().update(`${this.scheduler.events} ${this.random.next()}`).digest('hex');
  }
}
