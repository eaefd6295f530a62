import { ServiceError } from '../../src/http/service-error.js';
import type { Budget, Priority } from '../../src/http/budget.js';
import { defaultPauseMs } from '../../src/xero/limits.js';
import { DayLimit } from './day-limit.js';
import type { Life } from './scheduler.js';
import type { World } from './world.js';

const MINUTE = 60_000;

/** What an organisation allows in a minute, at once, and in a day; null where no day of a seed is that full. */
export interface Limits {
  perMinute: number;
  inFlight: number;
  perDay: number | null;
}

interface Sent {
  at: number;
  life: Life;
  over: boolean;
  heard: boolean;
}

/** An organisation's calls, counted over all processes as they leave; beyond the limit Xero answers 429. */
export class CallLimits {
  private sent: Sent[] = [];
  private arrived: number[] = [];
  private readonly day: DayLimit | null;

  constructor(private readonly world: World, private readonly limits: Limits) {
    this.day = limits.perDay === null ? null : new DayLimit(world, limits.perDay);
  }

  leaves(life: Life, priority: Priority): Sent {
    const { now, profile } = this.world;
    const { perMinute, inFlight } = this.limits;
    this.day?.leaves(life, priority);
    this.sent = [...this.sent.filter(({ at, over }) => at > now - MINUTE || !over), { at: now, life, over: false, heard: false }];
    const lately = this.sent.filter(({ at }) => at > now - MINUTE);
    const own = lately.filter((each) => each.life === life);
    const atOnce = this.sent.filter((each) => each.life === life && !each.over).length;
    // A process that takes over hears only from its first answers what is left: until then it may send what it may have under way, and what it hears no answer to.
    const unheard = lately.filter(({ heard }) => !heard).length;
    const takers = new Set(lately.map((each) => each.life)).size - 1;
    const together = lately.length - unheard - takers * inFlight;
    if (!profile.extreme && Math.max(own.length, together) > perMinute) this.world.violated(11, `${life.name} sends call ${own.length} of its own and ${lately.length} of all in a minute that holds ${perMinute}`);
    if (atOnce > inFlight) this.world.violated(11, `${life.name} has ${atOnce} calls under way, ${inFlight} are allowed`);
    const last = this.sent.at(-1);
    if (!last) throw new Error('it was just put there');
    return last;
  }

  /** Refused when the minute or the day is full. */
  arrives(): ServiceError | null {
    const { now } = this.world;
    this.arrived = this.arrived.filter((at) => at > now - MINUTE);
    const [oldest] = this.arrived;
    if (oldest === undefined || this.remaining() > 0) {
      this.arrived.push(now);
      return this.day?.arrives() ?? null;
    }
    this.world.count('minute really full');
    return new ServiceError({ service: 'xero', kind: 'rate-limited', message: 'xero answered 429', status: 429, scope: 'minute', retryAfterMs: oldest + MINUTE - now });
  }

  remaining(): number {
    return Math.max(0, this.limits.perMinute - this.arrived.filter((at) => at > this.world.now - MINUTE).length);
  }

  /** A process' way to call: in its turn, learning from every answer, as src/xero/call.ts does. */
  turnsOf(budget: Budget, priority: Priority): Turns {
    return (life, call) => budget.run(priority, async () => {
      const sent: { now: Sent | null } = { now: null };
      try {
        const value = await call(() => (sent.now = this.leaves(life, priority)));
        if (sent.now) sent.now.heard = true;
        const dayRemaining = this.day?.remaining() ?? null;
        this.day?.heard(life, dayRemaining ?? 0);
        budget.learn({ minuteLimit: null, minuteResetsAt: null, minuteRemaining: this.remaining(), dayRemaining });
        return value;
      } catch (error) {
        if (error instanceof ServiceError && error.kind === 'rate-limited') {
          if (sent.now) sent.now.heard = true;
          if (error.scope === 'day') this.day?.refused(life, error.retryAfterMs ?? 0);
          budget.pause(error.retryAfterMs ?? defaultPauseMs(error.scope), error.scope);
        }
        throw error;
      } finally {
        if (sent.now) sent.now.over = true;
      }
    });
  }
}

export type Turns = <T>(life: Life, call: (leaves: () => void) => Promise<T>) => Promise<T>;
