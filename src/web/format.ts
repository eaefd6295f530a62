import type { CalendarDate, Instant } from '../core/calendar.js';
import type { CurrencyCode, Minor } from '../core/money.js';

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** Decimal places of a currency by ISO 4217, as the platform knows them. */
function placesOf(currency: CurrencyCode): number {
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

/** `125000` USD → `1,250.00`; the currency stands beside it. Exact: works on the digits, never on a fraction. */
export function amount(minor: Minor, currency: CurrencyCode): string {
  const places = placesOf(currency);
  const digits = String(Math.abs(minor)).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${minor < 0 ? '−' : ''}${whole}${places > 0 ? `.${digits.slice(-places)}` : ''}`;
}

/** `2026-05-12` → `12 May 2026`. */
export function day(date: CalendarDate): string {
  const [year = '', month = '', dayOfMonth = ''] = date.split('-');
  return `${Number(dayOfMonth)} ${MONTHS[Number(month) - 1] ?? month} ${year}`;
}

/** `2026-05-12` → `12 May 2026`, with the month's first three letters, for dense tables. */
export function shortDay(date: CalendarDate): string {
  const [dayOfMonth = '', month = '', year = ''] = day(date).split(' ');
  return `${dayOfMonth} ${month.slice(0, 3)} ${year}`;
}

/** `2026-05-12T09:05:00Z` → `12 May 2026, 09:05 UTC`; the page's script turns it into the reader's own time. */
export const moment = (instant: Instant): string => `${day(instant.slice(0, 10))}, ${instant.slice(11, 16)} UTC`;

/** `GB` → `United Kingdom`. */
export function country(code: string): string {
  try {
    return new Intl.DisplayNames('en', { type: 'region' }).of(code) ?? code;
  } catch {
    return code;
  }
}
