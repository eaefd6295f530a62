import type { Hold } from '../core/plan.js';
import type { Reason } from '../core/reasons.js';
import type { Refusal, WriteResult } from '../xero/xero.js';

/** What a refusal by Xero means for people. */
const REASON_OF: Record<Refusal, Reason> = {
  'number-taken': 'NUMBER_TAKEN',
  'name-taken': 'CONTACT_NAME_TAKEN',
  'period-closed': 'PERIOD_CLOSED',
  'account-invalid': 'ACCOUNT_GONE',
  'tax-invalid': 'TAX_NOT_ALLOWED',
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

/** The hold a refusal leaves; the vendor's own words stand in `details`. */
export function holdOf(result: Extract<WriteResult<unknown>, { ok: false }>, about: string, facts: Record<string, string> = {}): Hold {
  return { reason: REASON_OF[result.refused], facts: { ...facts, details: result.messages.join(' ') }, about, choices: [] };
}
