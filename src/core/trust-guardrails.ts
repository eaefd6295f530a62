import type { Account, Books } from './books.js';
import type { FirmLists } from './firm-lists.js';
import type { Facts } from './plan.js';
import type { Reason } from './reasons.js';
import type { Settings, TrustAccount } from './settings.js';

interface Broken {
  reason: Reason;
  facts: Facts;
  /** Path into Settings: `trust.{Clio bank account}`, or the setting that reaches into trust. */
  field: string;
}

/**
 * Money held for clients touches nothing else: each trust account of Clio has its own bank and its own liability account in Xero, and no
 * operating, clearing or income setting uses either. No setting switches these rules off.
 */
export function trustGuardrails(settings: Settings, books: Books, lists: Pick<FirmLists, 'bankAccounts'> | null): Broken[] {
  const own = Object.entries(settings.trust).flatMap(([clioId, trust]) => brokenBy(clioId, trust, settings, books, lists).map((why) => ({ reason: 'TRUST_ACCOUNT_UNFIT' as const, facts: { account: trust.name, why }, field: `trust.${clioId}` })));
  return [...own, ...reachingIn(settings, books)];
}

/** Every rule that one trust account's choice breaks, in words; none when it is fit. */
export function brokenBy(clioId: string, trust: TrustAccount, settings: Settings, books: Books, lists: Pick<FirmLists, 'bankAccounts'> | null): string[] {
  const bank = books.accounts.find((account) => account.xeroId === trust.bankAccount);
  const liability = books.accounts.find((account) => account.code === trust.liabilityAccount);
  const known = lists?.bankAccounts.find((account) => account.clioId === clioId);
  const others = Object.entries(settings.trust).filter(([other]) => other !== clioId).map(([, other]) => other);
  const base = books.organisation.baseCurrency;
  const rules: [boolean, string][] = [
    [!lists || known?.type === 'trust', 'it is no trust account in Clio any more'],
    [bank !== undefined && bank.active && bank.isBank, 'its bank is no active bank account in Xero'],
    [!bank || !known || (known.currency ?? base) === (bank.currency ?? base), `its bank is held in ${bank?.currency ?? base}`],
    [liability !== undefined && mayHoldDebt(liability), 'its liability account is no active liability account in Xero'],
    [!usedByOthers(settings).banks.some(([, id]) => id === trust.bankAccount), `its bank ${bank?.name ?? ''} is used for other money`],
    [!usedByOthers(settings).codes.some(([, code]) => code === trust.liabilityAccount), `its liability account ${trust.liabilityAccount} is used for other money`],
    [!others.some((other) => other.bankAccount === trust.bankAccount), 'another trust account has the same bank'],
    [!others.some((other) => other.liabilityAccount === trust.liabilityAccount), 'another trust account has the same liability account'],
  ];
  return rules.flatMap(([kept, why]) => (kept ? [] : [why]));
}

/** What the money of clients may stand against: an ordinary liability account with a code. */
export const mayHoldDebt = (account: Account): boolean => account.active && account.class === 'liability' && account.code !== null && !account.isBank && account.system === null;

/** Settings for the firm's own money that use an account of clients' money. */
function reachingIn(settings: Settings, books: Books): Broken[] {
  const trust = Object.values(settings.trust);
  const { banks, codes } = usedByOthers(settings);
  const nameOf = (found: Account | undefined) => found?.name ?? 'This account';
  return [
    ...banks.filter(([, id]) => trust.some((each) => each.bankAccount === id)).map(([field, id]) => ({ field, name: nameOf(books.accounts.find((account) => account.xeroId === id)) })),
    ...codes.filter(([, code]) => trust.some((each) => each.liabilityAccount === code)).map(([field, code]) => ({ field, name: nameOf(books.accounts.find((account) => account.code === code)) })),
  ].map(({ field, name }) => ({ reason: 'TRUST_NOT_OPERATING', facts: { account: name }, field }));
}

/** Every account that settings outside trust name, with the setting that names it: banks by AccountID, others by code. */
function usedByOthers({ bankMap, costs, income, rounding, credits }: Settings): { banks: [string, string][]; codes: [string, string][] } {
  const codes: [string, string | null][] = [
    ['income.feeAccount', income.feeAccount], ['income.softCostAccount', income.softCostAccount], ['income.hardCostAccount', income.hardCostAccount], ['income.interestAccount', income.interestAccount],
    ['income.discountAccount', income.discountAccount], ['rounding.account', rounding.account], ['credits.badDebtAccount', credits.badDebtAccount], ['costs.account', costs.account],
    ...income.rules.map((rule): [string, string] => ['income.rules', rule.accountCode]),
  ];
  const banks: [string, string | null][] = [...Object.entries(bankMap).map(([key, id]): [string, string] => [`bankMap.${key}`, id]), ['costs.bankAccount', costs.bankAccount]];
  const chosen = (each: [string, string | null]): [string, string][] => (each[1] === null ? [] : [[each[0], each[1]]]);
  return { banks: banks.flatMap(chosen), codes: codes.flatMap(chosen) };
}
