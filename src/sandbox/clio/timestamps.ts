/** Clio writes instants with the firm's offset, daylight saving included: `2026-03-20T15:03:18-07:00`. */
export function timestamp(instant: number, timeZone: string): string {
  const local = localTime(instant, timeZone);
  const offset = Math.round((local.getTime() - Math.floor(instant / 1000) * 1000) / 60_000);
  const size = Math.abs(offset);
  const sign = offset < 0 ? '-' : '+';
  return `${local.toISOString().slice(0, 19)}${sign}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** The calendar date it is in the firm at that instant. */
export function dateIn(instant: number, timeZone: string): string {
  return localTime(instant, timeZone).toISOString().slice(0, 10);
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The start of that day in the firm's zone. */
export function startOfDay(date: string, timeZone: string): number {
  const asUtc = Date.parse(`${date}T00:00:00Z`);
  const offset = localTime(asUtc, timeZone).getTime() - asUtc;
  return asUtc - offset;
}

/** The wall clock of the zone, held in a date's UTC fields. */
function localTime(instant: number, timeZone: string): Date {
  const parts = formatter(timeZone).formatToParts(instant);
  const read = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? '0');
  return new Date(Date.UTC(read('year'), read('month') - 1, read('day'), read('hour') % 24, read('minute'), read('second')));
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
  });
  formatters.set(timeZone, made);
  return made;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
