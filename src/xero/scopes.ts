/**
 * The least Tieout can work with, each with its reason, as Xero's certification asks. Granular scopes only: an app made on or
 * after 2 March 2026 is refused the older broad ones with `invalid_scope`.
 */
export const scopeReasons = {
  openid: 'To check that the answer is for this sign-in, and whose consent it is.',
  offline_access: 'To keep working while nobody is signed in.',
  'accounting.invoices': 'To make, correct and void sales invoices and credit notes, and to prove that they equal the bills.',
  'accounting.payments': 'To record payments from Clio on invoices, and to learn of those recorded in Xero.',
  'accounting.contacts': 'To find the contact of a client and make it when there is none.',
  'accounting.settings.read': 'To offer the accounts, tax rates, tracking and currencies of the books, and to respect their lock dates.',
} as const;

/** Asked for by a further consent, and only of firms that turn the function on. */
export const scopeReasonsOnDemand = {
  'accounting.banktransactions': 'To record money spent on a matter, so that advanced costs appear on the bank account they were paid from.',
} as const;

export const SCOPES = Object.keys(scopeReasons);
