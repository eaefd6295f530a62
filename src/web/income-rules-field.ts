import { z } from 'zod';
import { placeRule } from '../core/place-rule.js';
import type { AccountRule, Settings } from '../core/settings.js';
import type { Choices, Option } from './settings-choices.js';
import type { Field } from './setting-field.js';

const NAME = 'income.rules';
/** Rows for new rules; saving gives as many again, so that no script is needed to add more. */
const EMPTY_ROWS = 2;

const Rows = z.array(z.object({ on: z.string(), account: z.string(), place: z.string() }));
type Row = z.infer<typeof Rows>[number];

/** Rules that put single lines on other accounts than the defaults, in the order in which they are tried. As text they are a JSON list of rows. */
export function incomeRulesField({ ruleSubjects, recovery }: Choices, { income }: Settings): Field {
  const unlisted = income.rules.map((rule): Option => ({ value: subjectOf(rule), label: `${rule.value} (not in Clio’s list)`, group: 'Not listed any more' })).filter((each) => !ruleSubjects.some((known) => known.value === each.value));
  const subjects = [...ruleSubjects, ...unlisted];
  return {
    name: NAME, kind: 'rules', label: 'Rules for other accounts', options: subjects, accounts: recovery, blank: '', adminsOnly: false,
    help: 'The first rule that fits a line decides; lines that none fits take the accounts above. A new rule goes before those that say less, unless you give it a place. To remove one, choose “no rule”.',
    get: (settings) => JSON.stringify(settings.income.rules.map((rule, index): Row => ({ on: subjectOf(rule), account: rule.accountCode, place: String(index + 1) }))),
    set: (settings, text) => ({ ...settings, income: { ...settings.income, rules: rulesIn(rowsIn(text)) } }),
    read: (form) => JSON.stringify(inOrder(rowsPosted(form))),
    check: (text) => wrongWith(rowsIn(text), subjects, recovery),
  };
}

/** Rows as the page draws them: those there are, and some to fill in. */
export const rowsToDraw = (text: string): Row[] => [...rowsIn(text), ...Array.from({ length: EMPTY_ROWS }, (): Row => ({ on: '', account: '', place: '' }))];

function rowsIn(text: string): Row[] {
  const rows = Rows.safeParse(text === '' ? [] : JSON.parse(text));
  return rows.success ? rows.data : [];
}

function rowsPosted(form: Record<string, string>): Row[] {
  const count = Object.keys(form).filter((name) => name.startsWith(`${NAME}.`) && name.endsWith('.on')).length;
  const rows = Array.from({ length: count }, (_row, index): Row => ({ on: form[`${NAME}.${index}.on`] ?? '', account: form[`${NAME}.${index}.account`] ?? '', place: form[`${NAME}.${index}.place`] ?? '' }));
  return rows.filter((row) => row.on !== '');
}

/** Rows that were given a place stand by it, and are numbered anew; new rows without one go where they say more than what follows. */
function inOrder(rows: Row[]): Row[] {
  const placed = rows.filter((row) => row.place !== '').sort((a, b) => Number(a.place) - Number(b.place));
  const all = rows.filter((row) => row.place === '').reduce((list, row) => placeRule(list, row, (each) => whenOf(each.on)), placed);
  return all.map((row, index) => ({ ...row, place: String(index + 1) }));
}

function wrongWith(rows: Row[], subjects: Option[], accounts: Option[]): string | null {
  for (const [index, row] of rows.entries()) {
    const name = subjects.find((each) => each.value === row.on)?.label;
    if (name === undefined) return `Choose what rule ${index + 1} is about.`;
    if (!accounts.some((each) => each.value === row.account)) return `Choose an account for ${name}.`;
    if (rows.findIndex((each) => each.on === row.on) < index) return `There are two rules for ${name}. Remove one of them.`;
  }
  return null;
}

const rulesIn = (rows: Row[]): AccountRule[] => rows.map(({ on, account }) => ({ when: whenOf(on), value: on.slice(on.indexOf(':') + 1), accountCode: account }));

const subjectOf = ({ when, value }: AccountRule): string => `${when}:${value}`;

const WHENS = ['category', 'utbms', 'timekeeper', 'practice-area', 'office', 'matter'] as const satisfies readonly AccountRule['when'][];

const whenOf = (on: string): AccountRule['when'] => WHENS.find((when) => on.startsWith(`${when}:`)) ?? 'matter';
