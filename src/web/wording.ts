import type { Region, Status } from '../store/records.js';

/** Where a firm's Clio lives, as Clio's own sign-in page names it. */
export const REGION_NAMES: Record<Region, string> = { us: 'United States', ca: 'Canada', eu: 'United Kingdom and Europe', au: 'Australia' };

/** Words that differ between countries; everything else is the same English. */
export interface Wording {
  tax: string;
  softCost: string;
  hardCost: string;
  locale: string;
}

export const WORDING: Record<Region, Wording> = {
  us: { tax: 'sales tax', softCost: 'soft costs', hardCost: 'hard costs', locale: 'en-US' },
  ca: { tax: 'tax', softCost: 'soft costs', hardCost: 'hard costs', locale: 'en-CA' },
  eu: { tax: 'VAT', softCost: 'internal expenses', hardCost: 'disbursements', locale: 'en-GB' },
  au: { tax: 'GST', softCost: 'expense recoveries', hardCost: 'disbursements', locale: 'en-AU' },
};

/** The five statuses people see, each with a sign that does not depend on colour. */
export const STATUS_WORDS: Record<Status, { word: string; icon: string; hint: string }> = {
  'needs-you': { word: 'Needs you', icon: '!', hint: 'A decision or a fix is needed.' },
  'ready-for-review': { word: 'Ready for review', icon: '?', hint: 'Prepared; it waits for your OK.' },
  'on-its-way': { word: 'On its way', icon: '…', hint: 'Queued or waiting for a service. There is nothing to do.' },
  'up-to-date': { word: 'Up to date', icon: '✓', hint: 'Both sides agree.' },
  'left-out': { word: 'Left out', icon: '–', hint: 'Left out on purpose; the reason is shown.' },
};

export const CLIO_STATES: Record<string, string> = {
  draft: 'Draft',
  awaiting_approval: 'Awaiting approval',
  awaiting_payment: 'Awaiting payment',
  paid: 'Paid',
  void: 'Void',
  deleted: 'Deleted',
};

export const XERO_STATES: Record<string, string> = {
  draft: 'Draft',
  submitted: 'Awaiting approval',
  authorised: 'Awaiting payment',
  paid: 'Paid',
  voided: 'Voided',
  deleted: 'Deleted',
};
