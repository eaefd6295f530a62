import type { Instant } from '../core/calendar.js';
import { ServiceError } from '../http/service-error.js';
import type { Reason } from '../core/reasons.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What to do about work that did not finish: when to look again, what to tell people, and whether the whole firm must wait. */
export interface Retry {
  until: Instant;
  reason: Reason;
  /** `firm`: no other work of this firm can succeed before. `mark`: only this piece of work waits. */
  waits: 'mark' | 'firm';
}

/** Work that must not go on before a person has decided, whatever the vendors would accept. */
export class StoppedError extends Error {
  constructor(readonly reason: Reason) {
    super(reason);
  }
}

/** Error kind × attempts already made → when. `now` in milliseconds UTC. Sooner than that it is looked at when a notice or a person asks for it. */
export function retryAfter(error: unknown, attempts: number, now: number): Retry {
  const at = (ms: number) => new Date(now + ms).toISOString();
  if (error instanceof StoppedError) return { until: at(HOUR), reason: error.reason, waits: 'firm' };
  if (!(error instanceof ServiceError)) return { until: at(growing(attempts, 30 * SECOND, HOUR)), reason: 'UNEXPECTED', waits: 'mark' };
  const { kind, service, scope, retryAfterMs } = error;
  switch (kind) {
    case 'rate-limited':
      return scope === 'day'
        ? { until: at(retryAfterMs ?? HOUR), reason: 'XERO_DAY_FULL', waits: 'firm' }
        : { until: at(retryAfterMs ?? growing(attempts, 5 * SECOND, MINUTE)), reason: 'SERVICE_BUSY', waits: 'firm' };
    case 'unavailable':
      return { until: at(retryAfterMs ?? growing(attempts, 5 * SECOND, 15 * MINUTE)), reason: 'SERVICE_DOWN', waits: 'mark' };
    case 'ambiguous':
      return { until: at(growing(attempts, 5 * SECOND, 10 * MINUTE)), reason: 'RESULT_UNKNOWN', waits: 'mark' };
    case 'conflict':
      return { until: at(growing(attempts, SECOND, 5 * MINUTE)), reason: 'CHANGED_MEANWHILE', waits: 'mark' };
    case 'unauthorized':
      return { until: at(HOUR), reason: service === 'clio' ? 'CONN_CLIO_LOST' : 'CONN_XERO_EXPIRED', waits: 'firm' };
    case 'forbidden':
      return { until: at(HOUR), reason: service === 'clio' ? 'CONN_CLIO_RIGHTS' : 'CONN_XERO_REMOVED', waits: 'firm' };
    case 'rejected':
      // The same would be refused again. Looked at once more, as the refusal may have been of a moment (a key still under way), then no oftener than every night's look.
      return { until: at(attempts === 0 ? 5 * MINUTE : DAY), reason: 'UNEXPECTED', waits: 'mark' };
    case 'not-found':
      return { until: at(growing(attempts, 5 * MINUTE, 6 * HOUR)), reason: 'UNEXPECTED', waits: 'mark' };
  }
}

/** first, ×2, ×4 … up to `most`. */
const growing = (attempts: number, first: number, most: number) => Math.min(most, first * 2 ** Math.min(attempts, 20));
