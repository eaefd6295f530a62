import type { Clock } from './clock.js';
import { KeptBackError } from './failure.js';
import { ServiceError } from './service-error.js';

/** Failures in a row after which a vendor is believed to be down. */
const FAILURES = 5;
const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 5 * 60_000;

/** Stands before one vendor, for all firms of this process: nobody has to wait for, or add to, an outage that others have seen already. */
export interface CircuitBreaker {
  /** Throws `unavailable` without calling while the vendor is believed to be down; `retryAfterMs` says when it is tried again. */
  run<T>(call: () => Promise<T>): Promise<T>;
}

/**
 * After five failures in a row nothing is sent for ten seconds, then one call goes ahead to see: when it fails too, the pause doubles, up
 * to five minutes. Nothing was sent, so nothing is lost or unknown: whoever is refused comes back.
 */
export function createCircuitBreaker(service: ServiceError['service'], clock: Clock): CircuitBreaker {
  let failures = 0;
  let pauseMs = FIRST_PAUSE_MS;
  let closedUntil = 0;
  let probing = false;

  function refuse(): never {
    const retryAfterMs = Math.max(closedUntil - clock.ticks(), 1_000);
    throw new ServiceError({ service, kind: 'unavailable', message: `${service} has not answered lately; the next try is later`, retryAfterMs });
  }

  function failed(): void {
    failures += 1;
    // Those that were under way when it closed say nothing new.
    if (failures < FAILURES || clock.ticks() < closedUntil) return;
    closedUntil = clock.ticks() + pauseMs;
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
  }

  function answered(): void {
    failures = 0;
    pauseMs = FIRST_PAUSE_MS;
    closedUntil = 0;
  }

  return {
    async run(call) {
      const isProbe = failures >= FAILURES;
      if (isProbe && (probing || clock.ticks() < closedUntil)) refuse();
      if (isProbe) probing = true;
      try {
        const result = await call();
        answered();
        return result;
      } catch (error) {
        if (isOutage(error)) failed();
        else if (error instanceof ServiceError && error.status !== null) answered();
        throw error;
      } finally {
        if (isProbe) probing = false;
      }
    },
  };
}

/** No whole answer, or one with 5xx. A refusal or an answer that cannot be read shows that somebody is there. */
function isOutage(error: unknown): boolean {
  if (error instanceof KeptBackError) return false;
  return error instanceof ServiceError && (error.kind === 'unavailable' || error.kind === 'ambiguous') && (error.status === null || error.status >= 500);
}
