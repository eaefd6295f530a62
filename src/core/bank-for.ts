import { accountTakesPayments } from './account-kinds.js';
import type { Allocation } from './allocation.js';
import type { Account } from './books.js';
import { hold } from './hold.js';
import { formatAmount } from './money.js';
import type { BillTruth, Hold } from './plan.js';

/**
 * Where the money landed. Online payments have their own entries; a bank account Clio names must be mapped itself, `default` serves
 * only where Clio names none. Money that came out of trust never goes to a default.
 */
export function bankFor(truth: BillTruth, allocation: Allocation, about: string): { ok: true; account: Account } | { ok: false; hold: Hold } {
  const { bankMap } = truth.settings;
  const online = allocation.method === 'card' || allocation.method === 'echeck' ? bankMap[`online:${allocation.method}`] : undefined;
  const named = allocation.destinationAccountId === null ? undefined : bankMap[allocation.destinationAccountId];
  const fromTrust = allocation.source?.type === 'trust';
  const fallback = allocation.destinationAccountId === null && !fromTrust ? bankMap['default'] : undefined;
  const id = online ?? named ?? fallback;
  if (id === undefined) {
    const reason = fromTrust && allocation.destinationAccountId === null ? 'TRUST_NOT_SET_UP' : 'BANK_UNMAPPED';
    return { ok: false, hold: hold(about, reason, { account: allocation.destinationAccountId ?? allocation.source?.clioId ?? 'payments without a bank account', amount: formatAmount(allocation.amount, truth.bill.currency) }) };
  }
  const account = truth.books.accounts.find((each) => each.xeroId === id);
  if (!account || !accountTakesPayments(account)) return { ok: false, hold: hold(about, 'BANK_NOT_PAYABLE', { account: account?.name ?? 'the chosen account' }) };
  const { baseCurrency } = truth.books.organisation;
  const held = account.currency ?? baseCurrency;
  if (held !== truth.bill.currency && held !== baseCurrency) return { ok: false, hold: hold(about, 'PAY_CURRENCY', { account: account.name, currency: truth.bill.currency }) };
  return { ok: true, account };
}
