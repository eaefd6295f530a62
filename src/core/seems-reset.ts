import type { Books } from './books.js';

/** Charts smaller than this prove nothing. */
const FEWEST_ACCOUNTS = 4;

/** Most accounts are gone under their ids, where an accountant archives what is no longer used. */
export function seemsReset(before: Pick<Books, 'accounts'>, now: Pick<Books, 'accounts'>): boolean {
  const ids = new Set(now.accounts.map((account) => account.xeroId));
  const gone = before.accounts.filter((account) => !ids.has(account.xeroId)).length;
  return before.accounts.length >= FEWEST_ACCOUNTS && gone * 2 > before.accounts.length;
}
