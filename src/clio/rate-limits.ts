import type { Budget, BudgetLimits, Headroom } from '../http/budget.js';

/** Clio counts per access token: 50 a minute in peak hours, more outside them (docs, rate limits). */
export const clioLimits: BudgetLimits = { service: 'clio', perMinute: 50, inFlight: 4, minuteReserve: 10, dayLimits: [] };

/** After a 429 that does not say how long. */
const defaultPauseMs = 15_000;

export function headroomOf(headers: Readonly<Record<string, string>>): Headroom {
  const limit = count(headers['x-ratelimit-limit']);
  // Some endpoints have a limit of their own; a smaller one says nothing about the rest.
  const shared = limit === null || limit >= clioLimits.perMinute;
  const resets = count(headers['x-ratelimit-reset']);
  return {
    minuteLimit: shared ? limit : null,
    minuteRemaining: shared ? count(headers['x-ratelimit-remaining']) : null,
    minuteResetsAt: resets === null ? null : resets * 1000,
    dayRemaining: null,
  };
}

export function afterTooMany(budget: Budget, retryAfterMs: number | null): void {
  budget.pause(retryAfterMs ?? defaultPauseMs, 'minute');
}

function count(header: string | undefined): number | null {
  return header !== undefined && /^\d+$/.test(header.trim()) ? Number(header) : null;
}
