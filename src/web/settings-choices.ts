import { accountTakesPayments, isLineAccount } from '../core/account-kinds.js';
import type { Account, Books } from '../core/books.js';
import type { FirmLists } from '../core/firm-lists.js';
import type { AccountRule } from '../core/settings.js';

export interface Option {
  value: string;
  label: string;
  /** Heading it stands under, where a list mixes several kinds of things. */
  group?: string;
}

/** Drop-downs offer what really exists in the organisation; codes are never typed. */
export interface Choices {
  income: Option[];
  recovery: Option[];
  discount: Option[];
  expense: Option[];
  rounding: Option[];
  /** Bank accounts and others that take payments, by Xero's AccountID. */
  payable: Option[];
  taxes: Option[];
  users: Option[];
  themes: Option[];
  /** Everything an account can be chosen by, as `category:9005`. */
  ruleSubjects: Option[];
}

export function choicesFrom(books: Books, lists: FirmLists): Choices {
  // Xero's own accounts (receivables, tax, rounding …) and banks must not stand on invoice lines (xero-api 14).
  const onLines = books.accounts.filter(isLineAccount);
  const of = (...classes: Account['class'][]): Option[] => classes.flatMap((wanted) => onLines.filter((each) => each.class === wanted).map(byCode));
  return {
    income: of('revenue'),
    recovery: of('revenue', 'asset', 'expense', 'liability'),
    discount: of('revenue', 'expense'),
    expense: of('expense', 'revenue'),
    rounding: [...books.accounts.filter((each) => each.active && each.system === 'ROUNDING' && each.code !== null).map(byCode), ...of('expense', 'revenue')],
    payable: books.accounts.filter(accountTakesPayments).map((each) => ({ value: each.xeroId, label: payableLabel(each) })),
    taxes: books.taxRates.filter((rate) => rate.active && rate.classes.includes('revenue')).map((rate) => ({ value: rate.taxType, label: `${rate.name} (${rate.rate} %)` })),
    users: lists.users.map((each) => ({ value: each.clioId, label: each.name })),
    themes: books.brandingThemes.map((each) => ({ value: each.xeroId, label: each.name })),
    ruleSubjects: ruleSubjects(lists),
  };
}

function ruleSubjects(lists: FirmLists): Option[] {
  const under = (group: string, when: AccountRule['when'], things: { clioId: string; name: string }[]): Option[] => things.map(({ clioId, name }) => ({ value: `${when}:${clioId}`, label: name, group }));
  const named = (names: string[]) => names.map((name) => ({ clioId: name, name }));
  return [
    ...under('Kind of cost', 'category', lists.costCategories),
    ...under('Kind of work', 'category', lists.workCategories),
    ...under('UTBMS code', 'utbms', lists.utbmsCodes),
    ...under('Person who did the work', 'timekeeper', lists.users),
    ...under('Practice area', 'practice-area', named(lists.practiceAreas)),
    ...under('Office', 'office', named(lists.offices)),
    ...under('Matter', 'matter', lists.matters),
  ];
}

const byCode = (account: Account): Option => ({ value: account.code ?? '', label: `${account.code ?? ''} ${account.name}` });

const payableLabel = (account: Account) =>
  `${account.code === null ? '' : `${account.code} `}${account.name}${account.currency === null ? '' : ` (${account.currency})`}${account.isBank ? '' : ', takes payments'}`;
