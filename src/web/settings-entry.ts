import { z } from 'zod';
import type { Books } from '../core/books.js';
import type { FirmLists } from '../core/firm-lists.js';
import { sentence } from '../core/reasons.js';
import type { Settings } from '../core/settings.js';
import { validateSettings } from '../core/validate-settings.js';
import { day } from './format.js';
import { rowsToDraw } from './income-rules-field.js';
import type { Field, FieldGroup } from './setting-field.js';

const Form = z.record(z.string(), z.string());
const Day = z.iso.date();

export interface Entry {
  /** The settings with everything usable from the form put in. */
  settings: Settings;
  /** What is wrong, by field name; empty when it can be saved. */
  wrong: Record<string, string>;
  /** Labels of what differs from before. */
  changed: string[];
}

/** Reads a posted form into settings. Only listed choices count; fields a person may not change keep what they had. */
export function readSettings(groups: FieldGroup[], body: unknown, base: Settings, allowed: { admin: boolean; books: Books; lists: FirmLists }): Entry {
  const form = Form.safeParse(body);
  const entry: Entry = { settings: base, wrong: {}, changed: [] };
  const fields = groups.flatMap((group) => group.fields);
  for (const field of fields) {
    if (field.adminsOnly && !allowed.admin) continue;
    const text = textOf(field, form.success ? form.data : {});
    // Books get locked behind the start date as time goes by; that is no reason to refuse other changes.
    if (field.kind === 'day' && text === field.get(base)) continue;
    const wrong = wrongWith(field, text, allowed.books);
    if (wrong !== null) entry.wrong[field.name] = wrong;
    else if (text !== field.get(base)) {
      entry.settings = field.set(entry.settings, text);
      entry.changed.push(field.label);
    }
  }
  for (const problem of validateSettings(entry.settings, allowed.books, allowed.lists)) {
    const field = fields.find((each) => each.name === problem.field);
    if (!field || (field.kind === 'day' && field.get(entry.settings) === field.get(base))) continue;
    // Left open on purpose: the first bill or payment that has it asks.
    if (field.blank !== null && field.get(entry.settings) === '' && (problem.reason === 'TAX_UNMAPPED' || problem.reason === 'BANK_UNMAPPED')) continue;
    entry.wrong[problem.field] ??= sentence(problem.reason, problem.facts);
  }
  return entry;
}

function wrongWith(field: Field, text: string, books: Books): string | null {
  const own = field.check?.(text) ?? null;
  if (own !== null || field.kind === 'rules' || field.kind === 'text') return own;
  if (field.kind === 'tick') return text === '' || text === 'on' ? null : 'Tick it or leave it.';
  if (field.kind === 'day') {
    if (!Day.safeParse(text).success) return 'Choose a day.';
    return books.lockedThrough !== null && text <= books.lockedThrough ? `Choose a day after ${day(books.lockedThrough)}: the books in Xero are locked through it.` : null;
  }
  if (text === '') return field.blank === null ? 'Choose one.' : null;
  return field.options.some((option) => option.value === text) ? null : 'This choice is no longer there. Choose another one.';
}

/** A field's text in a posted form; empty when it is not there. */
export function textEntered(field: Field, body: unknown): string {
  const form = Form.safeParse(body);
  return form.success ? textOf(field, form.data) : '';
}

export const textOf = (field: Field, form: Record<string, string>): string => field.read?.(form) ?? form[field.name]?.trim() ?? '';

/** Fields as the page draws them: with the value in force or just entered, and what is wrong with it. */
export function drawn(groups: FieldGroup[], settings: Settings, entered: { body: unknown; wrong: Record<string, string> } | null, admin: boolean, why: ReadonlyMap<string, string> = new Map()) {
  const form = Form.safeParse(entered?.body ?? null);
  return groups.map((group) => ({
    title: group.title,
    canWait: group.canWait ?? false,
    fields: group.fields.map((field) => {
      const value = form.success ? textOf(field, form.data) : field.get(settings);
      const known = value === '' || field.kind !== 'choice' || field.options.some((option) => option.value === value);
      const gone = known ? null : `Was ${value}, which no longer works in Xero. Choose another one.`;
      return {
        ...field, rows: field.kind === 'rules' ? rowsToDraw(value) : [], doubt: field.doubt?.(value) ?? null, id: `f-${field.name.replace(/[^\w-]/g, '-')}`, value, locked: field.adminsOnly && !admin, why: why.get(field.name) ?? null, wrong: entered?.wrong[field.name] ?? gone,
      };
    }),
  }));
}
