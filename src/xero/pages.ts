import type { Instant } from '../core/calendar.js';
import { ServiceError } from '../http/service-error.js';
import { envelope } from './wire.js';
import { rowsOf } from './write-results.js';

export interface Page<T> {
  rows: T[];
  /** Rows as Xero sent them, before any were left out. */
  sent: number;
  /** Null when Xero did not say. */
  pageCount: number | null;
  /** Xero's own clock. */
  asOf: Instant | null;
}

/** `toRows` gives none for a row that is not wanted. */
export function pageOf<T>(body: unknown, plural: string, toRows: (row: unknown) => T[]): Page<T> {
  const { pagination, DateTimeUTC } = envelope.parse(body);
  const rows = rowsOf(body, plural);
  return { rows: rows.flatMap(toRows), sent: rows.length, pageCount: pagination?.pageCount ?? null, asOf: DateTimeUTC ?? null };
}

const mostPages = 2_000;

/** Every page, from 1 to the last one or to an empty one. */
export async function allPages<T>(fetch: (page: number) => Promise<Page<T>>): Promise<{ rows: T[]; asOf: Instant | null }> {
  const rows: T[] = [];
  let asOf: Instant | null = null;
  for (let number = 1; number <= mostPages; number += 1) {
    const page = await fetch(number);
    asOf ??= page.asOf;
    rows.push(...page.rows);
    if (page.sent === 0 || (page.pageCount !== null && number >= page.pageCount)) return { rows, asOf };
  }
  throw new ServiceError({ service: 'xero', kind: 'unavailable', message: `Xero listed more than ${mostPages} pages` });
}

/**
 * All that changed since, with the time on Xero's clock at which the first page was made: the cursor of the next look.
 * Callers order by id, not by time of change: a row that changes meanwhile then keeps its place and none is stepped over.
 */
export async function changedSince<T>(since: Instant, fetch: (page: number, since: Date) => Promise<Page<T>>): Promise<{ rows: T[]; asOf: Instant }> {
  try {
    const { rows, asOf } = await allPages((page) => fetch(page, new Date(since)));
    return { rows, asOf: asOf ?? since };
  } catch (error) {
    // Whether Xero ever answers "not modified" to a list is not documented.
    if (error instanceof ServiceError && error.status === 304) return { rows: [], asOf: since };
    throw error;
  }
}
