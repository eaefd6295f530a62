import type { Priority } from '../../src/http/budget.js';
import { ServiceError } from '../../src/http/service-error.js';
import type { Life } from './scheduler.js';
import type { World } from './world.js';

const HOUR = 3_600_000;
/** Xero does not say when its day begins; from the start of a seed there are so many left of it. */
const DAY_ENDS = 14 * HOUR;
/** How long a process has to believe what it heard: the day may begin anew at any hour. */
const BELIEVED = HOUR;
/** Of the day, for people alone. */
const RESERVE = 0.2;

/** What one process was told. */
interface Told {
  at: number;
  remaining: number;
  /** After a 429: until then nothing at all. */
  quietUntil: number;
}

/** An organisation's calls of one day. When the faults end it has bought a larger plan. */
export class DayLimit {
  private arrived = 0;
  private readonly told = new Map<Life, Told>();
  private readonly ends: number;

  constructor(private readonly world: World, private readonly perDay: number) {
    this.ends = world.now + DAY_ENDS;
  }

  /** A process that has heard that nothing is left sends nothing; what is kept for people only people use. */
  leaves(life: Life, priority: Priority): void {
    const told = this.told.get(life);
    if (!told) return;
    const { now } = this.world;
    const kept = priority === 'person' ? 0 : this.perDay * RESERVE;
    if (now < told.quietUntil) this.world.violated(11, `${life.name} sends a call although the day is full until ${new Date(told.quietUntil).toISOString()}`);
    if (told.remaining <= kept && now - told.at < BELIEVED) this.world.violated(11, `${life.name} sends a call of the ${priority}, told that ${told.remaining} of ${this.perDay} are left of the day`);
  }

  arrives(): ServiceError | null {
    if (this.remaining() > 0) {
      this.arrived += 1;
      return null;
    }
    this.world.count('day really full');
    return new ServiceError({ service: 'xero', kind: 'rate-limited', message: 'xero answered 429', status: 429, scope: 'day', retryAfterMs: this.ends - this.world.now });
  }

  remaining(): number {
    return Math.max(0, (this.world.faultsOn ? this.perDay : 5_000) - this.arrived);
  }

  heard(life: Life, remaining: number): void {
    this.told.set(life, { at: this.world.now, remaining, quietUntil: this.told.get(life)?.quietUntil ?? 0 });
  }

  refused(life: Life, retryAfterMs: number): void {
    this.told.set(life, { at: this.world.now, remaining: 0, quietUntil: this.world.now + retryAfterMs });
  }
}
