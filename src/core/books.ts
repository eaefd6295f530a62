import type { CalendarDate, Instant } from './calendar.js';
import type { CurrencyCode } from './money.js';

/** What the organisation's ledger allows: read from Xero, kept in the store, and shown in every drop-down. */
export interface Books {
  organisation: {
    xeroId: string;
    name: string;
    shortCode: string;
    country: string;
    baseCurrency: CurrencyCode;
    demo: boolean;
    /** On a plan that ends by itself. */
    trial: boolean;
    /** Xero's own zone name, e.g. GMTSTANDARDTIME; not an IANA name. */
    timeZone: string;
  };
  /** The later of the two lock dates; nothing on or before it may change. */
  lockedThrough: CalendarDate | null;
  currencies: CurrencyCode[];
  accounts: Account[];
  taxRates: TaxRate[];
  tracking: TrackingCategory[];
  /** How invoices can look; the first is Xero's default. */
  brandingThemes: { xeroId: string; name: string }[];
  readAt: Instant;
  /** When organisation and lock dates were read: later than the rest where only they were read again. */
  lockReadAt: Instant;
}

export interface Account {
  xeroId: string;
  code: string | null;
  name: string;
  class: 'asset' | 'equity' | 'expense' | 'liability' | 'revenue';
  isBank: boolean;
  currency: CurrencyCode | null;
  active: boolean;
  /** Xero's own accounts (receivables, tax, rounding …), by Xero's name; null for ordinary ones. */
  system: string | null;
  takesPayments: boolean;
  taxType: string | null;
}

export interface TaxRate {
  taxType: string;
  name: string;
  /** Percent as decimal text; compounding included. */
  rate: string;
  active: boolean;
  classes: Account['class'][];
}

export interface TrackingCategory {
  xeroId: string;
  name: string;
  active: boolean;
  options: { xeroId: string; name: string; active: boolean }[];
}
