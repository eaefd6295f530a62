import { sentence, type Reason } from '../../src/core/reasons.js';
import { holdOf } from '../../src/sync/refusal-holds.js';
import type { Refusal } from '../../src/xero/xero.js';

/** What the writer of a document adds by itself. */
const GIVEN: Record<Refusal, { reason: Reason; facts?: Record<string, string> }> = {
  'number-taken': { reason: 'NUMBER_TAKEN', facts: { number: '1043' } },
  'name-taken': { reason: 'CONTACT_NAME_TAKEN', facts: { client: 'Harrow Lane Dairies Ltd' } },
  'period-closed': { reason: 'PERIOD_CLOSED' },
  'account-invalid': { reason: 'ACCOUNT_GONE' },
  'tax-invalid': { reason: 'TAX_NOT_ALLOWED' },
  'tracking-invalid': { reason: 'TRACKING_OPTION' },
  'contact-archived': { reason: 'CONTACT_CONFLICT' },
  'contact-invalid': { reason: 'CONTACT_REFUSED' },
  'currency-not-enabled': { reason: 'CURRENCY_NOT_ENABLED' },
  'payment-too-much': { reason: 'PAY_TOO_MUCH' },
  'not-payable': { reason: 'PAY_INVOICE_NOT_READY' },
  frozen: { reason: 'INVOICE_FROZEN' },
  reconciled: { reason: 'PAY_RECONCILED' },
  'plan-limit': { reason: 'XERO_PLAN_LIMIT' },
  other: { reason: 'UNEXPECTED' },
};

test.each(Object.entries(GIVEN))('%s becomes a hold in whole sentences, with Xero\'s words beside it', (refusal, { reason, facts }) => {
  const isRefusal = (text: string): text is Refusal => Object.hasOwn(GIVEN, text);
  if (!isRefusal(refusal)) throw new Error(refusal);
  const hold = holdOf({ ok: false, refused: refusal, messages: ['First.', 'Second.'] }, 'bill', facts);
  expect(hold).toMatchObject({ reason, about: 'bill', choices: [], facts: { details: 'First. Second.' } });
  expect(sentence(hold.reason, hold.facts)).not.toMatch(/…|[{}]/);
});
