import { ianaZone } from '../clio/time-zones.js';
import type { CalendarDate } from '../core/calendar.js';
import type { FirmRecord } from '../store/records.js';

export interface LocalTime {
  date: CalendarDate;
  /** 0 to 23 by the clock on the firm's wall, summer or winter. */
  hour: number;
}

export function localTime(firm: Pick<FirmRecord, 'timeZone'>, now: number): LocalTime {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: ianaZone(firm.timeZone), year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', hourCycle: 'h23' }).formatToParts(now);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
  return { date: `${part('year')}-${part('month')}-${part('day')}`, hour: Number(part('hour')) };
}

/** "20 November 2026, 09:00", as somebody of the firm would say it. */
export const localMoment = (firm: Pick<FirmRecord, 'timeZone'>, instant: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: ianaZone(firm.timeZone), day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' }).format(Date.parse(instant)).replace(' at ', ', ');

const MORNING = 7;
const EVENING = 19;

/** Outside these hours nobody gets a digest; what cannot wait is told at any hour. */
export const isDaytime = ({ hour }: LocalTime): boolean => hour >= MORNING && hour < EVENING;
