import { usable } from './account-for.js';
import { accountTakesPayments } from './account-kinds.js';
import type { Books } from './books.js';
import { formatDate, isClosed } from './calendar.js';
import type { FirmLists } from './firm-lists.js';
import type { Facts } from './plan.js';
import type { Reason } from './reasons.js';
import type { Settings } from './settings.js';
import { sameRate } from './tax-for.js';
import { trustGuardrails } from './trust-guardrails.js';

export interface Problem {
  reason: Reason;
  facts: Facts;
  /** Path into Settings, e.g. `income.feeAccount`, `taxMap.primary:20`. */
  field: string;
}

/**
 * What in the settings cannot work with the books as they are. An empty list means bills can go. `lists` adds what Clio knows: that every
 * tax in use and every operating bank account has its place, and that none of clients' money goes to an operating account.
 */
export function validateSettings(settings: Settings, books: Books, lists: Pick<FirmLists, 'bankAccounts' | 'taxCombinations'> | null = null): Problem[] {
  return [...accounts(settings, books), ...costBank(settings, books), ...taxes(settings, books, lists), ...banks(settings, books, lists), ...trustGuardrails(settings, books, lists), ...tracking(settings, books), ...start(settings, books)];
}

/** Fees, costs and rounding must have their account; the rest only has to be right where it is chosen. */
function accounts(settings: Settings, books: Books): Problem[] {
  const { income } = settings;
  const chosen: [string, string | null, string, boolean][] = [
    ['income.feeAccount', income.feeAccount, 'fees', true],
    ['income.softCostAccount', income.softCostAccount, 'soft costs', true],
    ['income.hardCostAccount', income.hardCostAccount, 'hard costs', true],
    ['income.interestAccount', income.interestAccount, 'interest', false],
    ['income.discountAccount', income.discountAccount, 'discounts', false],
    ['rounding.account', settings.rounding.account, 'rounding', settings.rounding.tolerance > 0],
    ['credits.badDebtAccount', settings.credits.badDebtAccount, 'bad debts', settings.credits.treatment === 'bad-debt'],
    ['costs.account', settings.costs.account, 'costs', settings.costs.hard !== 'off'],
    ...income.rules.map((rule, index): [string, string | null, string, boolean] => ['income.rules', rule.accountCode, `rule ${index + 1}`, true]),
  ];
  return chosen.flatMap(([field, code, what, needed]) => {
    if (code === null && !needed) return [];
    const found = usable(code, what, what, books);
    return found.ok ? [] : [{ reason: found.hold.reason, facts: found.hold.facts, field }];
  });
}

/** Money spent leaves from a bank account, and from no other. */
function costBank({ costs }: Settings, books: Books): Problem[] {
  if (costs.hard !== 'spend') return [];
  const bank = books.accounts.find((each) => each.xeroId === costs.bankAccount);
  if (costs.bankAccount === null) return [{ reason: 'BANK_UNMAPPED', facts: { account: 'costs', amount: 'costs' }, field: 'costs.bankAccount' }];
  return bank?.active && bank.isBank ? [] : [{ reason: 'BANK_NOT_PAYABLE', facts: { account: bank?.name ?? 'the chosen account' }, field: 'costs.bankAccount' }];
}

function taxes({ taxMap }: Settings, books: Books, lists: Pick<FirmLists, 'taxCombinations'> | null): Problem[] {
  const wrong = Object.entries(taxMap).flatMap(([key, code]): Problem[] => {
    const rate = books.taxRates.find((each) => each.taxType === code);
    return rate?.active ? [] : [{ reason: 'TAX_GONE', facts: { tax: key, code }, field: `taxMap.${key}` }];
  });
  const inUse = [{ key: 'none', label: 'no tax', rate: '0' }, ...(lists?.taxCombinations ?? []).filter((each) => each.key !== 'none')];
  const unmapped = inUse.flatMap((each): Problem[] => {
    const code = taxMap[each.key];
    const rate = books.taxRates.find((known) => known.taxType === code);
    if (code === undefined) return [{ reason: 'TAX_UNMAPPED', facts: { tax: each.label, combination: each.key, what: 'lines' }, field: `taxMap.${each.key}` }];
    return !rate || sameRate(rate.rate, each.rate) ? [] : [{ reason: 'TAX_RATE_DIFFERS', facts: { tax: each.label, clio: each.rate, code: rate.name, xero: rate.rate }, field: `taxMap.${each.key}` }];
  });
  return [...wrong, ...unmapped];
}

function banks({ bankMap }: Settings, books: Books, lists: Pick<FirmLists, 'bankAccounts'> | null): Problem[] {
  const wrong = Object.entries(bankMap).flatMap(([key, id]): Problem[] => {
    const account = books.accounts.find((each) => each.xeroId === id);
    return account && accountTakesPayments(account) ? [] : [{ reason: 'BANK_NOT_PAYABLE', facts: { account: account?.name ?? 'the chosen account' }, field: `bankMap.${key}` }];
  });
  const known = lists?.bankAccounts ?? [];
  const unmapped = known.filter((each) => each.type === 'operating' && bankMap[each.clioId] === undefined).map((each): Problem => ({ reason: 'BANK_UNMAPPED', facts: { account: each.name, amount: 'any amount' }, field: `bankMap.${each.clioId}` }));
  const trust = known.filter((each) => each.type === 'trust' && bankMap[each.clioId] !== undefined).map((each): Problem => ({ reason: 'TRUST_NOT_OPERATING', facts: { account: each.name }, field: `bankMap.${each.clioId}` }));
  return [...wrong, ...unmapped, ...trust];
}

/** Xero has two active tracking categories at most. */
function tracking(settings: Settings, books: Books): Problem[] {
  return settings.tracking.flatMap((rule): Problem[] => (books.tracking.some((each) => each.xeroId === rule.categoryId && each.active) ? [] : [{ reason: 'TRACKING_OPTION', facts: { category: rule.from, option: 'at all' }, field: `tracking.${rule.categoryId}` }]));
}

function start({ startOn }: Settings, { lockedThrough }: Books): Problem[] {
  if (!isClosed(startOn, lockedThrough)) return [];
  return [{ reason: 'PERIOD_CLOSED', facts: { date: formatDate(startOn), lockedThrough: formatDate(lockedThrough ?? startOn) }, field: 'startOn' }];
}
