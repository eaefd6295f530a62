import type { Bill } from './bill.js';
import type { Settings } from './settings.js';

/** Xero's limit for InvoiceNumber. */
export const LONGEST_NUMBER = 255;

/** The number the bill's invoice carries: the firm's template, without commas, never longer than Xero takes. */
export function invoiceNumberFor(bill: Pick<Bill, 'number'>, settings: { invoice: Pick<Settings['invoice'], 'numberTemplate'> }): string {
  return settings.invoice.numberTemplate.replaceAll('{bill}', bill.number).replaceAll(',', ' ').replace(/\s+/g, ' ').trim().slice(0, LONGEST_NUMBER);
}

/** `1043` + `ADJ1` → `1043-ADJ1`, cutting the front part where it would get too long. */
export function suffixed(number: string, suffix: string): string {
  return `${number.slice(0, LONGEST_NUMBER - suffix.length - 1)}-${suffix}`;
}

/** Xero compares numbers without regard to case, as far as is known; so do we when looking for doubles. */
export const sameNumber = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();
