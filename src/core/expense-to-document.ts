import { usable } from './account-for.js';
import type { Account, TaxRate } from './books.js';
import { addDays, formatDate, isClosed } from './calendar.js';
import type { NewBankTransaction, NewSupplierBill } from './cost.js';
import { type AgreedCost, costMarker, type Expense } from './expense.js';
import type { ExpenseTruth } from './expense-plan.js';
import { hold, oncePerThing } from './hold.js';
import type { NewInvoiceLine } from './invoice.js';
import { formatAmount } from './money.js';
import type { Hold } from './plan.js';
import { trackingFor } from './tracking-for.js';

/** What is asked of Xero for one cost. */
export type NewCostDocument = { kind: 'spend'; transaction: NewBankTransaction } | { kind: 'bill'; bill: NewSupplierBill };

type Composed = { ok: true; document: NewCostDocument; agreed: AgreedCost } | { ok: false; holds: Hold[] };

/** The document a cost becomes. One line, never taxed: input tax is the bookkeeper's to claim, on a document that shows what was paid. */
export function expenseToDocument(truth: ExpenseTruth, expense: Expense, kind: NewCostDocument['kind'], reference: string): Composed {
  const { settings, books } = truth;
  const account = usable(costAccountOf(expense, settings, books), 'hard costs', 'hard-cost', books);
  const tracking = trackingFor({ matters: expense.matter ? [expense.matter] : [] }, expense.matter?.clioId ?? null, settings, books);
  const untaxed = account.ok ? noTaxOn(account.account, truth) : null;
  const bank = kind === 'spend' ? bankOf(truth, expense) : null;
  const day = dayOf(truth, expense);
  const holds = [
    ...(account.ok ? [] : [account.hold]),
    ...(account.ok && !untaxed ? [hold('tax:cost', 'TAX_UNMAPPED', { tax: 'costs without tax', what: account.account.name })] : []),
    ...tracking.holds,
    ...(bank && !bank.ok ? [bank.hold] : []),
    ...(day.ok ? [] : [day.hold]),
    ...(kind === 'bill' ? unknownCurrency(truth, expense) : []),
  ];
  if (holds.length > 0 || !account.ok || !untaxed || !day.ok) return { ok: false, holds: oncePerThing(holds) };
  const accountCode = account.account.code ?? '';
  const line: NewInvoiceLine = { text: textOf(truth, expense), net: expense.amount, tax: 0, accountCode, taxType: untaxed.taxType, tracking: tracking.choices, from: [expense.clioId] };
  const agreed: AgreedCost = { ...figuresOf(expense), accountCode };
  const common = { contactXeroId: truth.supplier?.xeroId ?? '', currency: expense.currency, date: day.date, lines: [line], total: expense.amount, url: null };
  if (bank?.ok) return { ok: true, agreed, document: { kind: 'spend', transaction: { ...common, kind: 'spend', bankAccountXeroId: bank.account.xeroId, reference } } };
  return { ok: true, agreed, document: { kind: 'bill', bill: { ...common, number: reference, dueOn: day.date, status: settings.costs.hard === 'draft-bill' ? 'draft' : 'authorised', subTotal: expense.amount, totalTax: 0 } } };
}

/** Clio's figures of a cost, as links remember them. */
export const figuresOf = ({ amount, currency, date, matter, vendor, category }: Expense): Omit<AgreedCost, 'accountCode'> => ({
  amount, currency, date, matterId: matter?.clioId ?? null, vendorId: vendor?.clioId ?? null, categoryId: category?.clioId ?? null,
});

/** The cheque's number first, for whoever reconciles. Quotes and the like would make it impossible to look for. */
export function referenceFor({ clioId, reference }: Expense): string {
  const plain = (reference ?? '').replace(/["\\,\p{Cc}]/gu, ' ').replace(/\s+/g, ' ').trim().slice(0, 200).trim();
  return [plain, costMarker(clioId)].filter((part) => part !== '').join(' ');
}

/** A category's own account serves cost and recovery alike, so that both come out; income never is a place for costs. */
export function costAccountOf(expense: Pick<Expense, 'category'>, { income, costs }: ExpenseTruth['settings'], books: ExpenseTruth['books']): string | null {
  const rule = income.rules.find((each) => each.when === 'category' && each.value === expense.category?.clioId);
  const account = books.accounts.find((each) => each.code === rule?.accountCode);
  return rule && account && account.class !== 'revenue' ? rule.accountCode : costs.account;
}

function noTaxOn(account: Account, { settings, books }: ExpenseTruth): TaxRate | undefined {
  const zero = books.taxRates.filter((rate) => rate.active && Number(rate.rate) === 0 && rate.classes.includes(account.class));
  return zero.find((rate) => rate.taxType === 'NONE') ?? zero.find((rate) => rate.taxType === settings.taxMap['none']);
}

function bankOf({ settings, books }: ExpenseTruth, expense: Expense): { ok: true; account: Account } | { ok: false; hold: Hold } {
  const amount = formatAmount(expense.amount, expense.currency);
  const account = books.accounts.find((each) => each.xeroId === settings.costs.bankAccount);
  if (settings.costs.bankAccount === null) return { ok: false, hold: hold('bank', 'BANK_UNMAPPED', { account: 'costs', amount }) };
  if (!account?.active || !account.isBank) return { ok: false, hold: hold('bank', 'BANK_NOT_PAYABLE', { account: account?.name ?? 'the account for costs' }) };
  const currency = account.currency ?? books.organisation.baseCurrency;
  if (currency !== expense.currency) return { ok: false, hold: hold('bank', 'COST_CURRENCY', { amount, where: account.name, currency }) };
  return { ok: true, account };
}

function unknownCurrency({ books }: ExpenseTruth, { currency }: Expense): Hold[] {
  return books.currencies.includes(currency) ? [] : [hold('currency', 'CURRENCY_NOT_ENABLED', { currency })];
}

function dayOf({ settings, books }: ExpenseTruth, { date }: Expense): { ok: true; date: string } | { ok: false; hold: Hold } {
  if (!isClosed(date, books.lockedThrough)) return { ok: true, date };
  const lockedThrough = books.lockedThrough ?? date;
  if (settings.lockPolicy === 'first-open-day') return { ok: true, date: addDays(lockedThrough, 1) };
  return { ok: false, hold: hold('date', 'PERIOD_CLOSED', { date: formatDate(date), lockedThrough: formatDate(lockedThrough) }) };
}

/** The note may be privileged: it goes along only where the firm sends narratives. */
function textOf({ settings }: ExpenseTruth, { category, matter, note }: Expense): string {
  const parts = [category?.name ?? 'Cost', matter?.number, settings.invoice.narratives ? note : null];
  return parts.filter((part) => part !== null && part !== undefined && part !== '').join(', ').slice(0, 4_000);
}
