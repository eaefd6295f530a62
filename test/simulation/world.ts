import { createHash } from 'node:crypto';
import { addDays, type CalendarDate } from '../../src/core/calendar.js';
import { dayAt } from './calendar.js';
import type { Fault, Profile } from './profile.js';
import type { Random } from './random.js';
import type { Life, Scheduler } from './scheduler.js';
import { named } from './xero-ids.js';

/** What one seed's run shares: time, chance, the history, and what is counted. */
export class World {
  faultsOn = true;
  readonly violations: string[] = [];
  readonly injected = new Map<string, number>();
  readonly calls = new Map<string, number>();
  /** Remote writes that Tieout sent and that changed something. */
  writes = 0;
  /** How long a process waits from one look for rounds that are due to the next: from so long to so long. */
  looksEvery: [number, number] = [5 * 60_000, 15 * 60_000];
  private readonly told: { at: number; who: string; what: string }[] = [];

  constructor(readonly seed: number, readonly profile: Profile, readonly scheduler: Scheduler, readonly random: Random) {}

  get now(): number {
    return this.scheduler.now;
  }

  iso(): string {
    return new Date(this.now).toISOString();
  }

  /** By the calendar on the wall of the people there. */
  today(): CalendarDate {
    return dayAt(this.profile.calendar, this.now);
  }

  /** So many days after the story began. */
  day(offset: number): CalendarDate {
    return addDays(dayAt(this.profile.calendar, this.profile.calendar.start), offset);
  }

  tell(who: string, what: string): void {
    this.told.push({ at: this.now, who, what });
  }

  /** What happened, a line each, for people. */
  history(): string[] {
    return this.told.map(({ at, who, what }) => {
      const since = at - this.profile.calendar.start;
      return `${String(Math.floor(since / 3_600_000)).padStart(3)}h${new Date(since).toISOString().slice(14, 23)} ${who.padEnd(8)} ${named(what)}`;
    });
  }

  /** Draws whether the fault happens now, and counts it. */
  strikes(fault: Fault, life: Life | null = null): boolean {
    if (!this.faultsOn || !this.random.chance(this.profile.rates[fault])) return false;
    this.count(fault);
    this.tell(life?.name ?? 'world', `! ${fault}`);
    return true;
  }

  /** Something that tries the application, and that nobody drew. */
  count(what: string): void {
    this.injected.set(what, (this.injected.get(what) ?? 0) + 1);
  }

  called(name: string): void {
    this.calls.set(name, (this.calls.get(name) ?? 0) + 1);
  }

  violated(invariant: number, what: string): void {
    this.violations.push(`invariant ${invariant}: ${named(what)}`);
    this.tell('ORACLE', `VIOLATED ${invariant}: ${what}`);
  }

  /** Equal for equal stories. */
  hash(): string {
    return createHash('sha256').update([...this.history(), this.scheduler.events, this.writes].join('\n')).digest('hex');
  }
}
