import type { Account } from './books.js';

/** An ordinary account with a code: what an invoice line may use. Xero's own accounts are not, except the one for rounding. */
export const isLineAccount = (account: Account): boolean => account.active && account.code !== null && !account.isBank && account.system === null;

/** Xero takes payments into bank accounts and into accounts that allow them. */
export const accountTakesPayments = (account: Account): boolean => account.active && (account.isBank || account.takesPayments);
