import type { CalendarDate } from '../core/calendar.js';

/** At most this many ids in one address line. */
const idsPerCall = 50;
const longestNumbers = 1_500;
const conditionsPerCall = 20;

export function chunksOfIds(ids: readonly string[]): string[][] {
  const unique = [...new Set(ids)];
  return Array.from({ length: Math.ceil(unique.length / idsPerCall) }, (_, index) => unique.slice(index * idsPerCall, (index + 1) * idsPerCall));
}

/** Numbers that can share a call. Xero's list filter is split at commas, so a number with a comma goes alone, by `where`. */
export function chunksOfNumbers(numbers: readonly string[]): { together: string[][]; alone: string[] } {
  const unique = [...new Set(numbers)];
  const together: string[][] = [];
  let length = 0;
  for (const number of unique.filter((each) => !each.includes(','))) {
    length += encodeURIComponent(number).length + 3;
    const last = together.at(-1);
    if (last && last.length < idsPerCall && length <= longestNumbers) last.push(number);
    else {
      together.push([number]);
      length = encodeURIComponent(number).length + 3;
    }
  }
  return { together, alone: unique.filter((each) => each.includes(',')) };
}

/**
 * `Field=="value"`, or null when the value cannot be written down: how a quote or a backslash is escaped in a filter is documented
 * nowhere, and a wrong guess could match too much.
 */
export function equals(field: string, value: string): string | null {
  return /["\\\p{Cc}]/u.test(value) ? null : `${field}=="${value}"`;
}

/** For ids only, which hold nothing that would have to be escaped. */
export const equalsId = (field: string, id: string): string | null => (/^[\da-f-]{36}$/i.test(id) ? `${field}==guid("${id}")` : null);

/** Xero's way of writing a calendar day inside a filter. */
export const datedWithin = (from: CalendarDate, to: CalendarDate): string => `Date>=${dayInFilter(from)} AND Date<=${dayInFilter(to)}`;

const dayInFilter = (day: CalendarDate): string => `DateTime(${day.split('-').join(',')})`;

/** Filters that hold for any of the conditions, few enough of them for one address line each. */
export function anyOf(conditions: readonly string[]): string[] {
  const unique = [...new Set(conditions)];
  return Array.from({ length: Math.ceil(unique.length / conditionsPerCall) }, (_, index) => unique.slice(index * conditionsPerCall, (index + 1) * conditionsPerCall).join(' OR '));
}

/** Search terms longer than 50 characters fail (reported). The longest stretch without awkward characters finds most. */
export function searchTermFor(value: string): string {
  const pieces = value.split(/["\\\p{Cc}]/u).map((piece) => piece.trim());
  return (pieces.sort((a, b) => b.length - a.length)[0] ?? '').slice(0, 50).trim();
}
