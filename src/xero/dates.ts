import type { CalendarDate, Instant } from '../core/calendar.js';

/**
 * Xero writes moments and calendar days alike as `/Date(<ms>+0000)/`, the offset at times missing and always zero, or as
 * ISO text without a zone, which means UTC. Negative and zero values occur.
 */
export function instantOf(text: string): Instant {
  const ticks = /^\/Date\((-?\d+)([+-]\d{4})?\)\/$/.exec(text)?.[1];
  const zoned = /(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text.slice(0, 23)}Z`;
  const at = new Date(ticks === undefined ? zoned : Number(ticks));
  if (Number.isNaN(at.getTime())) throw new Error('A date that is neither /Date(…)/ nor ISO 8601');
  return at.toISOString();
}

/** A calendar day is sent as midnight UTC of that day in the organisation's own zone, so only its UTC parts are read. */
export const calendarDateOf = (text: string): CalendarDate => (/^\d{4}-\d{2}-\d{2}$/.test(text) ? text : instantOf(text).slice(0, 10));
