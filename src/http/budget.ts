import type { Clock } from './clock.js';
import { ServiceError } from './service-error.js';

/** `person`: somebody is waiting for it. */
export type Priority = 'person' | 'background';

export interface BudgetLimits {
  service: ServiceError['service'];
  perMinute: number;
  inFlight: number;
  /** Calls per minute that only people may use; of a day it is a fifth. */
  minuteReserve: number;
  /** The day limits the vendor sells, smallest first; none where it counts no days. */
  dayLimits: readonly number[];
}

/** What a vendor's answer told about the limits; null where it did not. */
export interface Headroom {
  minuteLimit: number | null;
  minuteRemaining: number | null;
  /** When the vendor's minute starts anew, in milliseconds since 1970. */
  minuteResetsAt: number | null;
  dayRemaining: number | null;
}

export interface Budget {
  /**
   * Waits for a turn, then calls. Throws `rate-limited` instead of waiting when the turn is more than two minutes
   * away (scope `minute`) or the day's calls are used up (scope `day`): then the firm is parked, not the worker.
   */
  run<T>(priority: Priority, call: () => Promise<T>): Promise<T>;
  learn(seen: Headroom): void;
  /** What is left of the day for work nobody waits for, as a share of what there is for it; null where nothing was heard lately. */
  dayShareLeft(): number | null;
  /** After a 429: nothing is sent before `ms` have passed. */
  pause(ms: number, scope: ServiceError['scope']): void;
}

interface Waiter {
  priority: Priority;
  admit: () => void;
  refuse: (error: ServiceError) => void;
}

const minute = 60_000;
const dayReserveShare = 0.2;
const patience = 2 * minute;
/** How long a day count is believed: the hour at which a vendor's day starts anew is not known. */
const dayCountLives = 60 * minute;

/**
 * One connection's calls. Keeps the time of every call of the last minute instead of a refilling bucket: whether the vendor
 * counts a rolling minute or a fixed one, no minute ever holds more calls than allowed; nor when the machine's clock is set anew.
 */
export function createBudget(limits: BudgetLimits, clock: Clock): Budget {
  let perMinute = limits.perMinute;
  let calls: number[] = [];
  let inFlight = 0;
  let pausedUntil = 0;
  let pauseScope: ServiceError['scope'] = 'minute';
  let day: { remaining: number; seenAt: number } | null = null;
  let dayLimit = limits.dayLimits[0] ?? 0;
  let lastDayRemaining = 0;
  let waiters: Waiter[] = [];
  let alarm: { at: number; cancel: AbortController } | null = null;

  const remaining = (): number => perMinute - calls.length;

  function refusal(priority: Priority): ServiceError | null {
    const now = clock.ticks();
    if (pausedUntil - now > patience) return limited(pauseScope, pausedUntil - now);
    if (day && now - day.seenAt >= dayCountLives) day = null;
    if (day && day.remaining <= (priority === 'person' ? 0 : dayLimit * dayReserveShare)) return limited('day', day.seenAt + dayCountLives - now);
    return null;
  }

  /** When this priority may send next; not in the future means now. */
  function turnAt(priority: Priority): number {
    const allowed = Math.max(1, perMinute - (priority === 'person' ? 0 : limits.minuteReserve));
    const blocking = calls[calls.length - allowed];
    return Math.max(pausedUntil, blocking === undefined ? 0 : blocking + minute);
  }

  function forgetOld(now: number): void {
    calls = calls.filter((at) => at + minute > now);
  }

  function pump(): void {
    const now = clock.ticks();
    forgetOld(now);
    const stay: Waiter[] = [];
    for (const waiter of inOrder(waiters)) {
      const refused = refusal(waiter.priority);
      if (refused) waiter.refuse(refused);
      else if (inFlight < limits.inFlight && turnAt(waiter.priority) <= now) start(waiter, now);
      else stay.push(waiter);
    }
    waiters = stay;
    if (waiters.length === 0) silence();
    else if (inFlight < limits.inFlight) wakeAt(Math.min(...waiters.map(({ priority }) => turnAt(priority))));
  }

  function start(waiter: Waiter, now: number): void {
    inFlight += 1;
    calls.push(now);
    if (day) day.remaining -= 1;
    waiter.admit();
  }

  /** The vendor tells only what is left. More left than before is another day, or another plan: the smallest limit that allows it is in force. */
  function learnDay(remaining: number, now: number): void {
    const allows = limits.dayLimits.find((limit) => remaining <= limit) ?? remaining;
    // Answers may overtake each other, by no more than were under way at once.
    dayLimit = remaining > lastDayRemaining + limits.inFlight ? allows : Math.max(dayLimit, allows);
    lastDayRemaining = remaining;
    day = { remaining, seenAt: now };
  }

  function wakeAt(at: number): void {
    if (alarm && alarm.at <= at) return;
    silence();
    const cancel = new AbortController();
    alarm = { at, cancel };
    void clock.sleep(at - clock.ticks(), cancel.signal).then(() => {
      if (cancel.signal.aborted) return;
      alarm = null;
      pump();
    });
  }

  /** A timer nobody waits for would keep a stopping process alive. */
  function silence(): void {
    alarm?.cancel.abort();
    alarm = null;
  }

  const limited = (scope: ServiceError['scope'], ms: number): ServiceError =>
    new ServiceError({ service: limits.service, kind: 'rate-limited', message: `The ${scope ?? 'minute'} limit of ${limits.service} is used up`, retryAfterMs: Math.max(ms, 0), scope });

  return {
    async run(priority, call) {
      await new Promise<void>((admit, refuse) => {
        waiters.push({ priority, admit, refuse });
        pump();
      });
      try {
        return await call();
      } finally {
        inFlight -= 1;
        pump();
      }
    },

    learn(seen) {
      const now = clock.ticks();
      if (seen.minuteLimit !== null && seen.minuteLimit > 0) perMinute = seen.minuteLimit;
      if (seen.dayRemaining !== null) learnDay(seen.dayRemaining, now);
      forgetOld(now);
      // Fewer left than our own count: somebody else spends the same limit. Their calls count until the vendor's minute ends.
      const others = seen.minuteRemaining === null ? 0 : Math.max(0, remaining() - seen.minuteRemaining);
      const at = Math.min(now, Math.max(now - minute, now + (seen.minuteResetsAt ?? Infinity) - clock.now() - minute));
      calls = [...calls, ...Array<number>(others).fill(at)].sort((a, b) => a - b);
    },

    dayShareLeft() {
      if (!day || dayLimit === 0 || clock.ticks() - day.seenAt >= dayCountLives) return null;
      const reserve = dayLimit * dayReserveShare;
      return Math.max(0, day.remaining - reserve) / (dayLimit - reserve);
    },

    pause(ms, scope) {
      if (clock.ticks() + ms <= pausedUntil) return;
      pausedUntil = clock.ticks() + ms;
      pauseScope = scope;
      pump();
    },
  };
}

const inOrder = (waiters: Waiter[]): Waiter[] => [...waiters.filter(({ priority }) => priority === 'person'), ...waiters.filter(({ priority }) => priority !== 'person')];
