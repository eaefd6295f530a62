import type { Headroom } from '../http/budget.js';
import type { ServiceError } from '../http/service-error.js';

/** Sent with every answer (Xero developer FAQ, "rate limits"). The minute limit itself is not told. */
export function headroomOf(headers: Record<string, string>): Headroom {
  return { minuteLimit: null, minuteResetsAt: null, minuteRemaining: count(headers['x-minlimit-remaining']), dayRemaining: count(headers['x-daylimit-remaining']) };
}

/** Which limit a 429 is about. Spellings differ between reports (`day`, `DayLimit`, `appminute`), hence "contains". */
export function scopeOf(headers: Record<string, string>): NonNullable<ServiceError['scope']> {
  const problem = (headers['x-rate-limit-problem'] ?? '').toLowerCase();
  const known = (['app', 'day', 'concurrent'] as const).find((word) => problem.includes(word));
  return known ?? 'minute';
}

/** Xero names no wait for its concurrency limit (inferred), so a short one of our own; a day limit is never short. */
export const defaultPauseMs = (scope: ServiceError['scope']): number => (scope === 'day' ? 3_600_000 : 5_000);

function count(text: string | undefined): number | null {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : null;
}
