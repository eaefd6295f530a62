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
  const { trust } = truth.settings;
  const heldForClients = trust[allocation.destinationAccountId ?? ''] ?? Object.values(trust).find((each) => each.bankAccount === id);
  if (heldForClients) return { ok: false, hold: hold(about, 'TRUST_NOT_OPERATING', { account: heldForClients.name }) };
  if (id === undefined) return { ok: false, hold: unplaced(truth, allocation, about) };
  const account = truth.books.accounts.find((each) => each.xeroId === id);
  if (!account || !accountTakesPayments(account)) return { ok: false, hold: hold(about, 'BANK_NOT_PAYABLE', { account: account?.name ?? 'the chosen account' }) };
  const { baseCurrency } = truth.books.organisation;
  const held = account.currency ?? baseCurrency;
  if (held !== truth.bill.currency && held !== baseCurrency) return { ok: false, hold: hold(about, 'PAY_CURRENCY', { account: account.name, currency: truth.bill.currency }) };
  return { ok: true, account };
}

/** Money out of trust whose way Clio does not name is never placed by guess, whether or not the trust account is set up. */
function unplaced({ settings, bill }: BillTruth, { source, destinationAccountId, amount }: Allocation, about: string): Hold {
  const facts = { account: destinationAccountId ?? source?.clioId ?? 'payments without a bank account', amount: formatAmount(amount, bill.currency) };
  if (source?.type !== 'trust' || destinationAccountId !== null) return hold(about, 'BANK_UNMAPPED', facts);
  const setUp = settings.trust[source.clioId];
  return setUp ? hold(about, 'TRUST_BY_HAND', { ...facts, account: setUp.name }) : hold(about, 'TRUST_NOT_SET_UP', facts);
}
