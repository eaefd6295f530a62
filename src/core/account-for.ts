import type { Bill, BillLine } from './bill.js';
import type { Account, Books } from './books.js';
import type { ChargeKind } from './charge.js';
import { hold } from './hold.js';
import type { Hold } from './plan.js';
import type { AccountRule, Settings } from './settings.js';

/** The most specific kind of rule wins: what was done, who did it, then where it belongs. */
const PRECEDENCE: AccountRule['when'][] = ['category', 'timekeeper', 'practice-area', 'office', 'matter'];

type Found = { ok: true; account: Account } | { ok: false; hold: Hold };

/** The income account of a bill line: first matching rule of the most specific kind, else the default of its kind. */
export function accountForLine(bill: Bill, line: BillLine, settings: Settings, books: Books): Found {
  const matter = bill.matters.find((each) => each.clioId === line.matterId) ?? (bill.matters.length === 1 ? bill.matters[0] : undefined);
  const values: Record<AccountRule['when'], string | null | undefined> = {
    category: line.category?.clioId,
    timekeeper: line.timekeeper?.clioId,
    'practice-area': matter?.practiceArea,
    office: matter?.office,
    matter: matter?.clioId,
  };
  const rule = PRECEDENCE.flatMap((when) => settings.income.rules.filter((each) => each.when === when && each.value === values[when]))[0];
  return usable(rule?.accountCode ?? defaultCode(line.kind, settings), line.category?.name ?? LABEL[line.kind], line.kind, books);
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
