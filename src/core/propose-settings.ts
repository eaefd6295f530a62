import type { Account, Books } from './books.js';
import { addDays, type CalendarDate, firstOfMonth, later } from './calendar.js';
import type { FirmLists } from './firm-lists.js';
import { accountTakesPayments, isLineAccount } from './account-kinds.js';
import type { Settings } from './settings.js';
import { tellsCostsApart } from './cost-tag.js';
import { sameRate } from './tax-for.js';

export interface Proposal {
  settings: Settings;
  /** Why each choice was made, for the person who confirms it. `field` is a path into Settings. */
  why: { field: string; choice: string; reason: string }[];
  /** Fields nobody could guess; a person must choose. */
  missing: string[];
}

interface Known {
  books: Books;
  lists: Pick<FirmLists, 'taxCombinations' | 'bankAccounts' | 'costCategories' | 'workCategories'>;
  today: CalendarDate;
}

type IncomeField = Exclude<keyof Settings['income'], 'rules'>;

/** What an account is usually called, most telling first. A wrong guess is worse than none, so each must be found by name. */
const USUAL_NAMES: Record<IncomeField, RegExp[]> = {
  feeAccount: [/legal fees|professional fees|fee income|fees earned/i, /\bfees?\b/i, /legal (services|income|revenue)|^sales$|^revenue$/i],
  hardCostAccount: [/disbursements? recover|advanced (client )?costs|client costs? advanced|costs? advanced/i, /disbursement|hard costs?/i, /(costs?|expenses?) (recovered|recovery|reimbursed)/i],
  softCostAccount: [/(expenses?|costs?) (recovered|recovery|reimbursed|recharged)|recovered (expenses?|costs?)|soft costs?|expense recoveries/i, /disbursements? recover/i],
  interestAccount: [/interest (income|received|earned|revenue)/i, /\binterest\b/i],
  discountAccount: [/discounts? (given|allowed)/i, /\bdiscounts?\b/i],
};

/** A first set of choices read from the chart of accounts, the tax rates and the names of bank accounts; everything open to change. */
export function proposeSettings(known: Known): Proposal {
  const { books } = known;
  const proposal: Proposal = { settings: cautious(startOn(known)), why: [], missing: [] };
  const lineAccounts = books.accounts.filter(isLineAccount);
  const income = lineAccounts.filter((account) => account.class === 'revenue');

  for (const [field, pool] of [['feeAccount', income], ['softCostAccount', income], ['hardCostAccount', lineAccounts.filter((account) => account.class === 'revenue' || account.class === 'asset')], ['interestAccount', income], ['discountAccount', income]] as const) {
    const found = named(pool, USUAL_NAMES[field]);
    choose(proposal, `income.${field}`, found, 'its name says so', (account) => (proposal.settings.income[field] = account.code));
  }
  choose(proposal, 'rounding.account', books.accounts.find((account) => account.active && account.system === 'ROUNDING' && account.code !== null), "it is Xero's own rounding account", (account) => (proposal.settings.rounding.account = account.code));
  choose(proposal, 'credits.badDebtAccount', named(lineAccounts.filter((account) => account.class === 'expense'), [/bad debts?|doubtful|written off|write.?offs?/i]), 'its name says so', (account) => (proposal.settings.credits.badDebtAccount = account.code));
  proposeTaxes(known, proposal);
  proposeBanks(known, proposal);
  proposeRules(known, proposal);
  if (tellsCostsApart(books.organisation.country)) proposal.settings.costTax.untagged = 'ask';
  proposal.why.push({ field: 'startOn', choice: proposal.settings.startOn, reason: books.lockedThrough !== null && proposal.settings.startOn > firstOfMonth(known.today) ? 'the first day after the lock date' : 'the first of this month; older bills are linked, not created' });
  return proposal;
}

/** Equal rate and allowed on the fee account; of several, the one the fee account or its name points to, never just the first. */
function proposeTaxes({ books, lists }: Known, proposal: Proposal): void {
  const fees = books.accounts.find((account) => account.code === proposal.settings.income.feeAccount);
  for (const combination of [{ key: 'none', label: 'No tax', rate: '0' }, ...lists.taxCombinations.filter((each) => each.key !== 'none')]) {
    const field = `taxMap.${combination.key}`;
    const fitting = books.taxRates.filter((rate) => rate.active && rate.classes.includes('revenue') && sameRate(rate.rate, combination.rate));
    const usual = combination.key === 'none' ? fitting.filter((rate) => rate.taxType === 'NONE') : fitting.filter((rate) => rate.taxType === fees?.taxType || sameName(rate.name, combination.label));
    const outgoing = fitting.filter((rate) => /income|sales|output|gst|vat|tax/i.test(`${rate.name} ${rate.taxType}`) && !/capital|import|reverse|purchase|expense|input|ec |zero|exempt/i.test(rate.name));
    const only = [usual, fitting, outgoing].find((list) => list.length === 1)?.[0];
    if (!only) {
      proposal.missing.push(field);
      continue;
    }
    proposal.settings.taxMap[combination.key] = only.taxType;
    proposal.why.push({ field, choice: only.name, reason: `the same rate, ${combination.rate} %` });
  }
}

/** Operating accounts by name, or by currency where only one bank fits. Accounts that hold clients' money are never offered. */
function proposeBanks({ books, lists }: Known, proposal: Proposal): void {
  const trustNames = lists.bankAccounts.filter((account) => account.type === 'trust').map((account) => account.name);
  const banks = books.accounts.filter((account) => accountTakesPayments(account) && account.isBank && !soundsLikeTrust(account.name) && !trustNames.some((name) => sameName(name, account.name)));
  for (const own of lists.bankAccounts.filter((account) => account.type === 'operating')) {
    const currency = own.currency ?? books.organisation.baseCurrency;
    const inCurrency = banks.filter((bank) => (bank.currency ?? books.organisation.baseCurrency) === currency);
    const byName = inCurrency.filter((bank) => sameName(bank.name, own.name));
    const chosen = byName.length === 1 ? byName[0] : inCurrency.length === 1 ? inCurrency[0] : undefined;
    choose(proposal, `bankMap.${own.clioId}`, chosen, byName.length === 1 ? `it is called like ${own.name}` : `it is the only bank account in ${currency}`, (bank) => (proposal.settings.bankMap[own.clioId] = bank.xeroId));
  }
  const chosen = [...new Set(Object.values(proposal.settings.bankMap))];
  const fallback = chosen.length === 1 ? banks.find((bank) => bank.xeroId === chosen[0]) : undefined;
  if (fallback) choose(proposal, 'bankMap.default', fallback, 'all payments go there', (bank) => (proposal.settings.bankMap['default'] = bank.xeroId));
}

/** Firms that used Clio's own sync keep Xero's account codes on their categories. Taxed lines must be allowed there, so expense accounts are left to a person. */
function proposeRules({ books, lists }: Known, proposal: Proposal): void {
  const { income } = proposal.settings;
  const kinds = [
    ...lists.workCategories.map((each) => ({ ...each, usual: income.feeAccount })),
    ...lists.costCategories.map((each) => ({ ...each, usual: each.kind === 'hard' ? income.hardCostAccount : income.softCostAccount })),
  ];
  for (const { clioId, name, xeroCode, usual } of kinds) {
    const account = books.accounts.find((each) => each.code !== null && each.code === xeroCode && isLineAccount(each));
    if (!account?.code || account.code === usual || (account.class !== 'revenue' && account.class !== 'asset')) continue;
    income.rules.push({ when: 'category', value: clioId, accountCode: account.code });
    proposal.why.push({ field: 'income.rules', choice: `${account.code} ${account.name}`, reason: `Clio keeps account codes on its categories, as ${account.code} on ${name}` });
  }
}

function choose(proposal: Proposal, field: string, account: Account | undefined, reason: string, take: (account: Account) => void): void {
  if (!account) {
    // Fees without a discount account of their own go down by the discount, which needs no choice.
    if (field !== 'income.discountAccount') proposal.missing.push(field);
    return;
  }
  take(account);
  proposal.why.push({ field, choice: account.code === null ? account.name : `${account.code} ${account.name}`, reason });
}

/** The first pattern that exactly one account answers to. */
function named(accounts: Account[], patterns: RegExp[]): Account | undefined {
  for (const pattern of patterns) {
    const found = accounts.filter((account) => pattern.test(account.name));
    if (found.length === 1) return found[0];
  }
  return undefined;
}

export const soundsLikeTrust = (name: string): boolean => /trust|iolta|client (account|money|funds|monies)|escrow|retainer/i.test(name);

function sameName(a: string, b: string): boolean {
  const words = (text: string): string[] => text.toLowerCase().split(/[^\p{L}\p{N}.]+/u).filter((word) => word !== '' && word !== 'account' && word !== 'bank');
  const [left, right] = [words(a), words(b)];
  const [short, long] = left.length <= right.length ? [left, right] : [right, left];
  return short.length > 0 && short.every((word) => long.includes(word));
}

function startOn({ books, today }: Known): CalendarDate {
  const month = firstOfMonth(today);
  return books.lockedThrough === null ? month : later(month, addDays(books.lockedThrough, 1));
}

/** Defaults that can do no harm: look first, ask when in doubt, keep narratives private. */
function cautious(start: CalendarDate): Settings {
  return {
    mode: 'review',
    startOn: start,
    liveSince: null,
    invoice: { status: 'authorised', detail: 'category', narratives: false, timekeepers: false, brandingThemeId: null, numberTemplate: '{bill}', markSent: true },
    income: { feeAccount: null, softCostAccount: null, hardCostAccount: null, interestAccount: null, discountAccount: null, rules: [] },
    taxMap: {},
    rounding: { tolerance: 5, account: null },
    bankMap: {},
    payments: { fromXero: 'mark-paid-or-task', sameWithinDays: 5, taskAssigneeId: null },
    editPaid: 'adjust',
    credits: { treatment: 'ask', badDebtAccount: null, byClient: {} },
    contacts: { partialMatch: 'ask', direction: 'create' },
    costs: { hard: 'off', account: null, bankAccount: null, importFromXero: false },
    trust: {},
    costTax: { categories: {}, untagged: 'as-clio' },
    tracking: [],
    lockPolicy: 'hold',
  };
}
