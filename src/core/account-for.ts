import type { Bill, BillLine } from './bill.js';
import type { Account, Books } from './books.js';
import type { ChargeKind } from './charge.js';
import { hold } from './hold.js';
import type { Hold } from './plan.js';
import type { AccountRule, Settings } from './settings.js';

type Found = { ok: true; account: Account } | { ok: false; hold: Hold };

/** The income account of a bill line: that of the first rule that fits, else the default of its kind. */
export function accountForLine(bill: Pick<Bill, 'matters'>, line: Pick<BillLine, 'kind' | 'category' | 'utbms' | 'timekeeper' | 'matterId'>, settings: Settings, books: Books): Found {
  return usable(ruleFor(bill, line, settings)?.accountCode ?? defaultCode(line.kind, settings), line.category?.name ?? LABEL[line.kind], line.kind, books);
}

/** The rule that decides about a line's account; undefined when it takes the default. */
export function ruleFor(bill: Pick<Bill, 'matters'>, line: Pick<BillLine, 'category' | 'utbms' | 'timekeeper' | 'matterId'>, { income }: Pick<Settings, 'income'>): AccountRule | undefined {
  const matter = bill.matters.find((each) => each.clioId === line.matterId) ?? (bill.matters.length === 1 ? bill.matters[0] : undefined);
  const values: Record<AccountRule['when'], (string | null | undefined)[]> = {
    category: [line.category?.clioId],
    utbms: line.utbms,
    timekeeper: [line.timekeeper?.clioId],
    'practice-area': [matter?.practiceArea],
    office: [matter?.office],
    matter: [matter?.clioId],
  };
  return income.rules.find((rule) => values[rule.when].includes(rule.value));
}

/** The account of what is no bill line. A discount without its own account goes where the income went. */
export function accountForKind(kind: 'interest' | 'discount', settings: Settings, books: Books): Found {
  return usable(kind === 'interest' ? settings.income.interestAccount : settings.income.discountAccount, LABEL[kind], kind, books);
}

function defaultCode(kind: BillLine['kind'], { income }: Settings): string | null {
  if (kind === 'fee') return income.feeAccount;
  if (kind === 'hard-cost') return income.hardCostAccount;
  return income.softCostAccount;
}

/** Bank and system accounts cannot stand on an invoice line; the rounding account is Xero's one exception. */
export function usable(code: string | null, what: string, kind: string, books: Books): Found {
  if (code === null) return { ok: false, hold: hold(`account:${kind}`, 'ACCOUNT_UNMAPPED', { what }) };
  const account = books.accounts.find((each) => each.code === code);
  if (!account?.active) return { ok: false, hold: hold(`account:${code}`, 'ACCOUNT_GONE', { code, what }) };
  if (account.isBank || (account.system !== null && account.system !== 'ROUNDING')) return { ok: false, hold: hold(`account:${code}`, 'ACCOUNT_WRONG_KIND', { code, what }) };
  return { ok: true, account };
}

const LABEL: Record<ChargeKind, string> = { fee: 'fees', 'hard-cost': 'hard costs', 'soft-cost': 'soft costs', expense: 'expenses', interest: 'interest', discount: 'discounts' };
