import type { CalendarDate } from '../../src/core/calendar.js';
import type { Random } from './random.js';

/** When a story begins, and where its people look at the calendar. */
export interface Calendar {
  /** Milliseconds UTC. */
  start: number;
  timeZone: string;
}

export const ORDINARY: Calendar = { start: Date.UTC(2026, 10, 20, 9, 0, 0), timeZone: 'UTC' };

/** Shortly before a month, a year or summer time ends or begins, by the clocks of the people there. */
const TURNS: Calendar[] = [
  { start: Date.UTC(2026, 9, 24, 23, 30), timeZone: 'Europe/London' },
  { start: Date.UTC(2026, 9, 31, 23, 15), timeZone: 'Europe/London' },
  { start: Date.UTC(2026, 10, 1, 4, 30), timeZone: 'America/New_York' },
  { start: Date.UTC(2026, 10, 30, 10, 15), timeZone: 'Pacific/Auckland' },
  { start: Date.UTC(2026, 11, 31, 23, 20), timeZone: 'Europe/London' },
  { start: Date.UTC(2027, 1, 28, 23, 10), timeZone: 'Europe/London' },
  { start: Date.UTC(2027, 2, 14, 6, 15), timeZone: 'America/New_York' },
  { start: Date.UTC(2027, 2, 28, 0, 20), timeZone: 'Europe/London' },
];

export const drawCalendar = (random: Random): Calendar => (random.chance(0.3) ? (random.pick(TURNS) ?? ORDINARY) : ORDINARY);

/** Making one costs as much as ten thousand dates. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** The day it is there. */
export function dayAt({ timeZone }: Calendar, now: number): CalendarDate {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  formats.set(timeZone, format);
  return format.format(now);
}
