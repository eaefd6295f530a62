import type { Refusal } from './xero.js';

/**
 * Xero gives no codes for its validation failures, only sentences, so this table is the one place that knows them.
 * Most were collected from public reports, not from documentation: a sentence that is not here becomes `other`, and is shown as it came.
 * The first row that fits any sentence wins.
 */
const table: [RegExp, Refusal][] = [
  [/# must be unique/i, 'number-taken'],
  [/already assigned to another contact/i, 'name-taken'],
  [/lock date/i, 'period-closed'],
  [/archived contact/i, 'contact-archived'],
  [/contact must contain at least 1|email address must be valid|account number already exists/i, 'contact-invalid'],
  [/not subscribed to currency/i, 'currency-not-enabled'],
  [/has been reconciled/i, 'reconciled'],
  [/exceeds the amount outstanding|greater than (the )?amount outstanding/i, 'payment-too-much'],
  [/can only be made against authorised|already been paid off|invoice could not be found/i, 'not-payable'],
  [/not of valid status|payments? or credit notes? allocated|must supply a lineitemid/i, 'frozen'],
  [/reached the limit of invoices/i, 'plan-limit'],
  [/taxtype/i, 'tax-invalid'],
  [/tracking ?(category|option)/i, 'tracking-invalid'],
  [/account code|account type is invalid/i, 'account-invalid'],
];

export function refusalOf(messages: string[]): Refusal {
  return table.find(([wording]) => messages.some((message) => wording.test(message)))?.[1] ?? 'other';
}
