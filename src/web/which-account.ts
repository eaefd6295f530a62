import { accountForLine, ruleFor } from '../core/account-for.js';
import type { BillLine } from '../core/bill.js';
import type { Books } from '../core/books.js';
import type { FirmLists } from '../core/firm-lists.js';
import { sentence } from '../core/reasons.js';
import type { AccountRule, Settings } from '../core/settings.js';
import { formText } from './form-text.js';
import { choicesFrom, type Option } from './settings-choices.js';
import type { Wording } from './wording.js';

interface Known {
  lists: FirmLists;
  books: Books;
  settings: Settings;
  words: Wording;
}

export interface WhichAccount {
  fields: { name: string; label: string; options: Option[]; value: string; blank: string | null }[];
  /** Null until something was asked. */
  answer: { account: string | null; why: string } | null;
}

/** "Which account will this line get?": the saved rules tried on a line that a person describes. Nothing is saved or sent. */
export function whichAccount(query: unknown, known: Known): WhichAccount {
  const subjects = choicesFrom(known.books, known.lists).ruleSubjects;
  const kinds = kindsOf(known.words);
  const told = (name: string, options: Option[]): string => options.find((each) => each.value === formText(query, `line.${name}`))?.value ?? '';
  const about = ABOUT.map(([when, label]) => ({ name: when, label, options: subjects.filter((each) => each.value.startsWith(`${when}:`)) })).filter((each) => each.options.length > 0);
  const fields = [{ name: 'kind', label: 'What it is', options: kinds, blank: null }, ...about.map((each) => ({ ...each, blank: 'none' }))].map((each) => ({ ...each, value: told(each.name, each.options) }));
  const asked = formText(query, 'line.kind') !== undefined;
  return { fields, answer: asked ? answer((when) => told(when, subjects).slice(when.length + 1) || null, kindOf(told('kind', kinds)), { ...known, subjects }) : null };
}

function answer(of: (when: AccountRule['when']) => string | null, kind: BillLine['kind'], { subjects, settings, books }: Known & { subjects: Option[] }): NonNullable<WhichAccount['answer']> {
  const [category, timekeeper, utbms, matter] = [of('category'), of('timekeeper'), of('utbms'), of('matter')];
  const line = { kind, category: category === null ? null : { clioId: category, name: category, xeroCode: null }, utbms: utbms === null ? [] : [utbms], timekeeper: timekeeper === null ? null : { clioId: timekeeper, name: timekeeper }, matterId: matter };
  const bill = { matters: [{ clioId: matter ?? '', number: '', description: null, practiceArea: of('practice-area'), responsibleAttorney: null, office: of('office') }] };
  const found = accountForLine(bill, line, settings, books);
  const rule = ruleFor(bill, line, settings);
  const subject = rule && subjects.find((each) => each.value === `${rule.when}:${rule.value}`);
  const why = rule ? `Rule ${settings.income.rules.indexOf(rule) + 1} fits: ${subject?.group ?? rule.when}, ${subject?.label ?? rule.value}.` : 'No rule fits, so it takes the account of its kind.';
  return found.ok ? { account: `${found.account.code ?? ''} ${found.account.name}`, why } : { account: null, why: `${why} ${sentence(found.hold.reason, found.hold.facts)}` };
}

const ABOUT: [AccountRule['when'], string][] = [
  ['category', 'Kind of work or cost'],
  ['utbms', 'UTBMS code'],
  ['timekeeper', 'Person who did the work'],
  ['practice-area', 'Practice area of its matter'],
  ['office', 'Office of its matter'],
  ['matter', 'Matter'],
];

const kindsOf = (words: Wording): Option[] => [{ value: 'fee', label: 'Work' }, { value: 'hard-cost', label: words.hardCost }, { value: 'soft-cost', label: words.softCost }];

const kindOf = (value: string): BillLine['kind'] => (value === 'hard-cost' || value === 'soft-cost' ? value : 'fee');
