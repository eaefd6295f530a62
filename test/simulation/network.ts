import { failureOf, unreadable } from '../../src/http/failure.js';
import { ServiceError, type ServiceErrorKind } from '../../src/http/service-error.js';
import { scopeOf } from '../../src/xero/limits.js';
import { CALL_FAULTS, type CallFault } from './profile.js';
import type { Life } from './scheduler.js';
import type { World } from './world.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** After this our client gives up waiting, as src/xero/call.ts does. */
const TIMEOUT = 30 * SECOND;
/** No request of ours is under way longer than this in a seed that is not extreme. */
const LONGEST_UNDER_WAY = 4 * MINUTE;

/** When the vendor's engine gives up: before it commits, after it, or with some elements of a batch made. */
export type Fails = 'before' | 'after' | 'halfway';

export interface Call<T> {
  service: 'clio' | 'xero';
  name: string;
  about: string;
  writes: boolean;
  life: Life;
  /** What never happens to it. */
  spared?: readonly CallFault[];
  /** Right before the bytes would leave the process. */
  atSend?: () => void;
  /** In the vendor, when the request arrives. `commit` is done at once or, where the vendor is slow, after `pause`. */
  arrive: (how: { pause: number; fails: Fails | null }, answer: (outcome: Outcome<T>) => void) => void;
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
  const fault = pickFault(world, life, writes, call.spared ?? []);
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
    const arrive = (delay: number, how: { pause: number; fails: Fails | null }, answered: boolean): void => {
      world.scheduler.after(delay, null, () => call.arrive(how, (outcome) => {
        if (answered) end(random.int(20, 400), () => outcome);
      }));
    };
    // Whatever happens on the way, the client waits no longer than this.
    const giveUp = fail(stall + TIMEOUT, unknown, 'too late');
    /** The answer as it comes over the wire, understood by the clients' own rules. */
    const answer = (delay: number, status: number, headers: Record<string, string> = {}): (() => void) => end(delay, () => ({ error: failureOf({ service, status, headers, writes, call: name, ...(service === 'xero' ? { scope: scopeOf(headers) } : {}) }, world.now) }));
    const limited = (scope: string, seconds: number): (() => void) => answer(there, 429, { 'x-rate-limit-problem': scope, ...retryAfter(world, seconds) });
    switch (fault) {
      case 'never sent':
        { fail(random.int(1, 50), 'unavailable', 'connection refused'); return; }
      case 'request lost':
        { fail(stall + random.int(100, TIMEOUT), unknown, 'connection reset'); return; }
      case 'answer lost':
        arrive(there, { pause: 0, fails: null }, false);
        { fail(there + random.int(100, TIMEOUT), unknown, 'connection reset'); return; }
      case 'slow answer':
        { arrive(there, { pause: 0, fails: null }, false); return; }
      case 'reset on a reused connection':
        if (random.chance(0.5)) arrive(there, { pause: 0, fails: null }, false);
        { fail(there + random.int(1, 20), unknown, 'connection reset'); return; }
      case 'commit after the time-out':
        { arrive(there + random.int(Math.min(TIMEOUT, left), left), { pause: 0, fails: null }, false); return; }
      case 'commit while the key is pending':
        { arrive(there, { pause: random.int(SECOND, left), fails: null }, true); return; }
      case 'error before commit':
        { arrive(there, { pause: 0, fails: 'before' }, true); return; }
      case 'error after commit':
        { arrive(there, { pause: 0, fails: 'after' }, true); return; }
      case 'half of a batch':
        { arrive(there, { pause: 0, fails: 'halfway' }, true); return; }
      case 'page in place of an answer':
        if (random.chance(0.5)) arrive(there, { pause: 0, fails: null }, false);
        { answer(there + random.int(20, 400), random.chance(0.5) ? 502 : 504, { 'content-type': 'text/html' }); return; }
      case 'answer cut short':
        arrive(there, { pause: 0, fails: null }, false);
        { end(there + random.int(20, 400), () => ({ error: unreadable({ service, status: 200, writes, call: name }) })); return; }
      case 'minute limit':
        { limited('minute', random.int(1, 60)); return; }
      case 'limit of calls at once':
        { limited('concurrent', random.int(1, 5)); return; }
      case 'limit of the app':
        { limited('appminute', random.int(1, 60)); return; }
      case 'day limit':
        { answer(there, 429, { 'x-rate-limit-problem': 'day', 'retry-after': String(random.int(1, 20) * 3_600) }); return; }
      case 'token refused':
        { answer(there, 401); return; }
      case 'right refused':
        { answer(there, 403); return; }
      default:
        arrive(there, { pause: 0, fails: null }, true);
    }
  });
}

/** Seconds, a date, or nothing at all. */
function retryAfter(world: World, seconds: number): Record<string, string> {
  const how = world.random.int(0, 2);
  if (how === 0) world.count('no Retry-After');
  return how === 0 ? {} : { 'retry-after': how === 1 ? String(seconds) : new Date(world.now + seconds * SECOND).toUTCString() };
}

const ONLY_WRITES: ReadonlySet<CallFault> = new Set(['commit after the time-out', 'commit while the key is pending', 'error after commit', 'half of a batch', 'stall between check and send']);

function pickFault(world: World, life: Life, writes: boolean, spared: readonly CallFault[]): CallFault | null {
  for (const fault of CALL_FAULTS) {
    if (fault === 'stall between check and send' || spared.includes(fault) || (!writes && (ONLY_WRITES.has(fault) || world.random.chance(0.5)))) continue;
    if (world.strikes(fault, life)) return fault;
  }
  return null;
}
