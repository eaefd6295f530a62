/** What an app made after 2 March 2026 may ask for; the broad scopes of older apps answer invalid_scope. */
const writable = ['accounting.invoices', 'accounting.payments', 'accounting.contacts', 'accounting.settings', 'accounting.banktransactions', 'accounting.manualjournals', 'accounting.attachments'];
const reports = ['aged', 'balancesheet', 'banksummary', 'budgetsummary', 'executivesummary', 'profitandloss', 'trialbalance', 'taxreports', 'tenninetynine'];

export const grantableScopes = new Set([
  'openid',
  'profile',
  'email',
  'offline_access',
  ...writable,
  ...writable.map((scope) => `${scope}.read`),
  ...reports.map((report) => `accounting.reports.${report}.read`),
]);

export function unknownScopes(scopes: string[]): string[] {
  return scopes.filter((scope) => !grantableScopes.has(scope));
}

/** Reading takes the `.read` scope or its writable sibling. */
export function covers(granted: string[], needed: string, reads: boolean): boolean {
  return granted.includes(needed) || (reads && granted.includes(`${needed}.read`));
}
