const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Xero's names of the zones its seeded organisations live in. */
const zones: Record<string, string> = {
  EASTERNSTANDARDTIME: 'America/New_York',
  CENTRALSTANDARDTIME: 'America/Chicago',
  PACIFICSTANDARDTIME: 'America/Los_Angeles',
  GMTSTANDARDTIME: 'Europe/London',
};

/** An instant, or with a calendar date its midnight in UTC: `/Date(1793610867310+0000)/`. */
export function msDate(at: number | string): string {
  return `/Date(${typeof at === 'string' ? Date.parse(`${at}T00:00:00Z`) : at}+0000)/`;
}

/** The envelope's and the organisation's dates lack the offset. */
export function msDateBare(at: number): string {
  return `/Date(${at})/`;
}

export function dateString(date: string): string {
  return `${date}T00:00:00`;
}

/** `2026-11-02T09:14:27Z` */
export function utcString(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

/** Seven digits, no zone, as `/connections` writes them. */
export function sevenDigits(at: number): string {
  return new Date(at).toISOString().replace('Z', '0000');
}

/** `31-Jul-2013`, as the texts about lock dates quote it. */
export function spokenDate(date: string): string {
  const [year = '', month = '1', day = '1'] = date.split('-');
  return `${Number(day)}-${months[Number(month) - 1] ?? ''}-${year}`;
}

export function todayIn(zone: string, now: number): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zones[zone] ?? 'UTC', year: 'numeric', month: '2-digit', day: '2-digit' }).format(now);
}

/** Accepts `2026-11-02`, the same with a time, and `/Date(…)/`; gives a calendar date or nothing. */
export function readDate(text: string): string | undefined {
  const ms = /^\/Date\((-?\d+)(?:[+-]\d{4})?\)\/$/.exec(text)?.[1];
  if (ms !== undefined) return new Date(Number(ms)).toISOString().slice(0, 10);
  const day = /^(\d{4}-\d{2}-\d{2})(?:T.*)?$/.exec(text)?.[1];
  if (day === undefined) return undefined;
  const at = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== day ? undefined : day;
}
