/** A day without a time, `YYYY-MM-DD`, in the zone of whoever wrote it on the document. Compared as text. */
export type CalendarDate = string;

/** A moment, ISO 8601 in UTC with a trailing Z. */
export type Instant = string;

const DAY_MS = 86_400_000;
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** The day `days` later (earlier when negative). */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Whole days between two dates, never negative. */
export function daysApart(a: CalendarDate, b: CalendarDate): number {
  return Math.abs(Math.round((Date.parse(`${a}T00:00:00Z`) - Date.parse(`${b}T00:00:00Z`)) / DAY_MS));
}

export const firstOfMonth = (date: CalendarDate): CalendarDate => `${date.slice(0, 8)}01`;

export const later = (a: CalendarDate, b: CalendarDate): CalendarDate => (a > b ? a : b);

/** "12 May 2026", for people. */
export function formatDate(date: CalendarDate): string {
  return `${Number(date.slice(8, 10))} ${MONTHS[Number(date.slice(5, 7)) - 1] ?? ''} ${date.slice(0, 4)}`;
}

/** Nothing dated on or before the lock may change (whether the lock day itself is open differs; closed is the safe reading). */
export const isClosed = (date: CalendarDate, lockedThrough: CalendarDate | null): boolean => lockedThrough !== null && date <= lockedThrough;
