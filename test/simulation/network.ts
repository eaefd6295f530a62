import { ServiceError, type ServiceErrorKind } from '../../src/http/service-error.js';
import { CALL_FAULTS, type CallFault } from './profile.js';
import type { Life } from './scheduler.js';
import type { World } from './world.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** After this our client gives up waiting, as src/xero/call.ts does. */
const TIMEOUT = 30 * SECOND;
/** No request of ours is under way longer than this in a seed that is not extreme. */
const LONGEST_UNDER_WAY = 4 * MINUTE;

export interface Call<T> {
  service: 'clio' | 'xero';
  name: string;
  about: string;
  writes: boolean;
  life: Life;
  /** Right before the bytes would leave the process. */
  atSend?: () => void;
  /** In the vendor, when the request arrives. `commit` is done at once or, where the vendor is slow, after `pause`. */
  arrive: (how: { pause: number; fails: 'before' | 'after' | null }, answer: (outcome: Outcome<T>) => void) => void;
}

export type Outcome<T> = { value: T } | { error: ServiceError };

/** One call over a bad line: seeded loss, delay, limits and errors, between the port and the vendor's engine. */
export function callOver<T>(world: World, call: Call<T>): Promise<T> {
  const { life, service, name, writes } = call;
  world.called(`${service}.${name}`);
  call.atSend?.();
  const { random } = world;
  const stall = writes && world.strikes('stall between check and send', life) ? random.int(SECOND, world.profile.extreme ? 20 * MINUTE : 3 * MINUTE) : 0;
  if (stall > 0) life.frozenUntil = Math.max(life.frozenUntil, world.now + stall);
  const fault = pickFault(world, life, writes);
  const there = stall + random.int(20, 400);
  const left = Math.max(SECOND, LONGEST_UNDER_WAY - there);
  return new Promise<T>((resolve, reject) => {
    let over = false;
    const end = (delay: number, outcomeOf: () => Outcome<T>): (() => void) => world.scheduler.after(delay, life, () => {
      if (over) return;
      over = true;
      giveUp();
      const outcome = outcomeOf();
      world.tell(life.name, `${service}.${name} ${call.about} → ${'error' in outcome ? `${outcome.error.kind}: ${outcome.error.message}` : 'answered'}`);
      if ('error' in outcome) reject(outcome.error);
      else resolve(outcome.value);
    });
    const fail = (delay: number, kind: ServiceErrorKind, message: string, more: Partial<ConstructorParameters<typeof ServiceError>[0]> = {}): (() => void) => end(delay, () => ({ error: new ServiceError({ service, kind, message, ...more }) }));
    const unknown: ServiceErrorKind = writes ? 'ambiguous' : 'unavailable';
    const arrive = (delay: number, how: { pause: number; fails: 'before' | 'after' | null }, answered: boolean): void => {
      world.scheduler.after(delay, null, () => call.arrive(how, (outcome) => {
        if (answered) end(random.int(20, 400), () => outcome);
      }));
    };
    // Whatever happens on the way, the client waits no longer than this.
    const giveUp = fail(stall + TIMEOUT, unknown, 'too late');
    switch (fault) {
      case 'never sent':
        { fail(random.int(1, 50), 'unavailable', 'connection refused'); return; }
      case 'request lost':
        { fail(stall + random.int(100, TIMEOUT), unknown, 'connection reset'); return; }
      case 'answer lost':
        arrive(there, { pause: 0, fails: null }, false);
        { fail(there + random.int(100, TIMEOUT), unknown, 'connection reset'); return; }
      case 'commit after the time-out':
        { arrive(there + random.int(Math.min(TIMEOUT, left), left), { pause: 0, fails: null }, false); return; }
      case 'commit while the key is pending':
        { arrive(there, { pause: random.int(SECOND, left), fails: null }, true); return; }
      case 'error before commit':
        { arrive(there, { pause: 0, fails: 'before' }, true); return; }
      case 'error after commit':
        { arrive(there, { pause: 0, fails: 'after' }, true); return; }
      case 'minute limit':
        { fail(there, 'rate-limited', 'minute limit', { status: 429, scope: 'minute', retryAfterMs: random.int(1, 60) * SECOND }); return; }
      case 'day limit':
        { fail(there, 'rate-limited', 'day limit', { status: 429, scope: 'day', retryAfterMs: random.int(1, 20) * HOUR }); return; }
      case 'token refused':
        { fail(there, 'unauthorized', 'token refused', { status: 401 }); return; }
      case 'right refused':
        { fail(there, 'forbidden', 'right refused', { status: 403 }); return; }
      default:
        arrive(there, { pause: 0, fails: null }, true);
    }
  });
}

const ONLY_WRITES: ReadonlySet<CallFault> = new Set(['commit after the time-out', 'commit while the key is pending', 'error after commit', 'stall between check and send']);

function pickFault(world: World, life: Life, writes: boolean): CallFault | null {
  for (const fault of CALL_FAULTS) {
    if (fault === 'stall between check and send' || (!writes && (ONLY_WRITES.has(fault) || world.random.chance(0.5)))) continue;
    if (world.strikes(fault, life)) return fault;
  }
  return null;
}
