import type { Facts, Hold } from '../core/plan.js';
import type { Reason } from '../core/reasons.js';
import type { Refusal, WriteResult } from '../xero/xero.js';

/** What a refusal by Xero means for people. */
const REASON_OF: Record<Refusal, Reason> = {
  'number-taken': 'NUMBER_TAKEN',
  'name-taken': 'CONTACT_NAME_TAKEN',
  'period-closed': 'PERIOD_CLOSED',
  'account-invalid': 'ACCOUNT_GONE',
  'tax-invalid': 'TAX_NOT_ALLOWED',
  'tracking-invalid': 'TRACKING_OPTION',
  'contact-archived': 'CONTACT_CONFLICT',
  'contact-invalid': 'CONTACT_REFUSED',
  'currency-not-enabled': 'CURRENCY_NOT_ENABLED',
  'payment-too-much': 'PAY_TOO_MUCH',
  'not-payable': 'PAY_INVOICE_NOT_READY',
  frozen: 'INVOICE_FROZEN',
  reconciled: 'PAY_RECONCILED',
  'plan-limit': 'XERO_PLAN_LIMIT',
  other: 'UNEXPECTED',
};

/** Xero does not say which figure or account it means; these words stand where nothing better is known. */
const WORDS: Partial<Record<Refusal, Facts>> = {
  'period-closed': { date: "The document's day", lockedThrough: 'that day or later' },
  'account-invalid': { code: 'of a line', what: 'it' },
  'tax-invalid': { code: 'a tax code', account: 'of a line' },
  'tracking-invalid': { category: 'A tracking category', option: 'of a line' },
  'contact-archived': { client: 'The client', why: 'the contact is archived in Xero' },
  'currency-not-enabled': { currency: "The bill's currency" },
  'payment-too-much': { amount: 'a certain amount', due: 'less than that' },
  'not-payable': { number: 'of this bill', amount: 'the payment' },
  frozen: { clio: 'one thing', xero: 'another' },
  reconciled: { amount: 'a certain amount', date: 'a certain day' },
};

/** The hold a refusal leaves; the vendor's own words stand in `details`. */
export function holdOf(result: Extract<WriteResult<unknown>, { ok: false }>, about: string, facts: Facts = {}): Hold {
  return { reason: REASON_OF[result.refused], facts: { ...WORDS[result.refused], ...facts, details: result.messages.join(' ') }, about, choices: [] };
}
