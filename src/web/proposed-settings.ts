import type { Account, Books } from '../core/books.js';
import type { CalendarDate } from '../core/calendar.js';
import type { FirmLists } from '../core/firm-lists.js';
import type { Settings } from '../core/settings.js';

/** What set-up suggests before anybody chose: product defaults, and guesses by name, type and equal rate. A person confirms every one. */
export function proposedSettings(books: Books, lists: FirmLists, today: CalendarDate): Settings {
  const onLines = books.accounts.filter((each) => each.active && !each.isBank && each.system === null && each.code !== null);
  const named = (classes: Account['class'][], pattern: RegExp) => onLines.find((each) => classes.includes(each.class) && pattern.test(each.name))?.code ?? null;
  const banks = books.accounts.filter((each) => each.active && each.isBank && !/trust|client|iolta/i.test(each.name));
  return {
    mode: 'review',
    startOn: firstOpenDay(books, today),
    invoice: { status: 'authorised', detail: 'category', narratives: false, timekeepers: false, brandingThemeId: null, numberTemplate: '{bill}', markSent: true },
    income: {
      feeAccount: named(['revenue'], /fee|legal|professional/i),
      softCostAccount: named(['revenue'], /recover|soft|internal|copies/i),
      hardCostAccount: named(['asset', 'revenue'], /disbursement|advanced|hard cost|client cost/i),
      interestAccount: named(['revenue'], /interest/i),
      discountAccount: null,
      rules: [],
    },
    taxMap: taxesByRate(books, lists),
    rounding: { tolerance: 5, account: named(['expense', 'revenue'], /rounding/i) },
    bankMap: banksByName(banks, lists),
    payments: { fromXero: 'mark-paid-or-task', sameWithinDays: 5, taskAssigneeId: null },
    editPaid: 'adjust',
    credits: { treatment: 'ask', badDebtAccount: named(['expense'], /bad debt/i) },
    contacts: { partialMatch: 'ask' },
    costs: { hard: 'off', account: null, bankAccount: null, importFromXero: false },
    tracking: [],
    lockPolicy: 'hold',
  };
}

/** The first of this month, or the day after the lock date where that is later. */
function firstOpenDay(books: Books, today: CalendarDate): CalendarDate {
  const month = `${today.slice(0, 7)}-01`;
  if (books.lockedThrough === null || books.lockedThrough < month) return month;
  return new Date(Date.parse(`${books.lockedThrough}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

/** Only an equal rate is worth suggesting, and only when one tax code has it. */
function taxesByRate(books: Books, lists: FirmLists): Record<string, string> {
  const usable = books.taxRates.filter((rate) => rate.active && rate.classes.includes('revenue'));
  const guesses = [{ key: 'none', rate: '0' }, ...lists.taxCombinations].flatMap(({ key, rate }) => {
    const same = usable.filter((each) => Number(each.rate) === Number(rate));
    const [only, ...others] = Number(rate) === 0 ? same.filter((each) => /exempt|no tax|none/i.test(`${each.taxType} ${each.name}`)).slice(0, 1) : same;
    return only && others.length === 0 ? [[key, only.taxType] as const] : [];
  });
  return Object.fromEntries(guesses);
}

function banksByName(banks: Account[], lists: FirmLists): Record<string, string> {
  const operating = lists.bankAccounts.filter((each) => each.type === 'operating');
  const pairs = operating.flatMap((each) => {
    const same = banks.find((bank) => bank.name.toLowerCase() === each.name.toLowerCase()) ?? (operating.length === 1 && banks.length === 1 ? banks[0] : undefined);
    return same ? [[each.clioId, same.xeroId] as const] : [];
  });
  const [first] = pairs;
  return Object.fromEntries(first && pairs.length === 1 ? [...pairs, ['default', first[1]] as const] : pairs);
}
