import { refusalOf } from '../../src/xero/refusals.js';

test.each([
  ['Invoice # must be unique.', 'number-taken'],
  ['Invoice not of valid status for modification', 'frozen'],
  ['This document cannot be edited as it has a payment or credit note allocated to it.', 'frozen'],
  ['The status VOIDED cannot be applied to the invoice because it has payments or credit notes allocated to it.', 'frozen'],
  ['To update fields on a paid invoice line item, you must supply a LineItemID', 'frozen'],
  ['Payment amount exceeds the amount outstanding on this document', 'payment-too-much'],
  ['Credit Note cannot be allocated as amount is greater than amount outstanding', 'payment-too-much'],
  ['Payments can only be made against Authorised documents', 'not-payable'],
  ['The invoice you are trying to allocate to has already been paid off', 'not-payable'],
  ['Invoice could not be found', 'not-payable'],
  ['Account type is invalid for making a payment to/from', 'account-invalid'],
  ['Payment cannot be deleted as it has been reconciled', 'reconciled'],
  ['The contact name Quill is already assigned to another contact. The contact name must be unique across all active contacts.', 'name-taken'],
  ['The Account Number already exists. Please enter a different Account Number.', 'contact-invalid'],
  ['Unable to assign an Archived contact.', 'contact-archived'],
  ['The Contact must contain at least 1 of the following elements to identify the contact: Name, ContactID, ContactNumber', 'contact-invalid'],
  ['Email address must be valid.', 'contact-invalid'],
  ["Account code '476' is not a valid code for this document.", 'account-invalid'],
  ['Account code or ID must be specified', 'account-invalid'],
  ['TaxType field is mandatory', 'tax-invalid'],
  ["The TaxType code 'OUTPUT9' does not exist or cannot be used for this type of transaction.", 'tax-invalid'],
  ["The TaxType code 'OUTPUT2' cannot be used with account code '830'.", 'tax-invalid'],
  ['The TrackingOption does not exist or is not active.', 'tracking-invalid'],
  ['The TrackingCategory does not exist or is not active.', 'tracking-invalid'],
  ['Organisation is not subscribed to currency EUR', 'currency-not-enabled'],
  ['The document date cannot be before the period lock date, currently set at 30-Sep-2026', 'period-closed'],
  ['The document date cannot be before the end of year lock date, currently set at 31-Jul-2013', 'period-closed'],
  ['You have reached the limit of invoices you can approve', 'plan-limit'],
  ['Something nobody has seen yet', 'other'],
])('%s → %s', (message, refusal) => {
  expect(refusalOf([message])).toBe(refusal);
});

test('of several reasons the decisive one counts, wherever it stands', () => {
  expect(refusalOf(['Account code or ID must be specified', 'Invoice # must be unique.'])).toBe('number-taken');
});
