import type { Settings } from '../core/settings.js';
import { day } from './format.js';
import { rowsToDraw } from './income-rules-field.js';
import type { Field, FieldGroup } from './setting-field.js';

/** One setting with what it was and what it is, in words. */
export interface Change {
  label: string;
  before: string;
  after: string;
}

/** What differs between two versions of the settings, as the form would show it. */
export function settingsChanges(form: FieldGroup[], before: Settings, after: Settings): Change[] {
  const fields = form.flatMap((group) => group.fields).filter((field) => field.get(before) !== field.get(after));
  return [...fields.map((field) => ({ label: field.label, before: inWords(field, field.get(before)), after: inWords(field, field.get(after)) })), ...trustChanges(before, after)];
}

export function inWords(field: Field, text: string): string {
  if (field.kind === 'tick') return text === 'on' ? 'Yes' : 'No';
  if (field.kind === 'day') return text === '' ? 'None' : day(text);
  if (field.kind === 'rules') return rulesInWords(field, text);
  if (text === '') return field.blank || 'Nothing';
  if (field.kind === 'text') return text;
  return field.options.find((option) => option.value === text)?.label ?? `${text}, no longer in Xero`;
}

function rulesInWords(field: Field, text: string): string {
  const named = (options: Field['options'], value: string) => options.find((option) => option.value === value)?.label ?? value;
  const rules = rowsToDraw(text).filter((row) => row.on !== '');
  return rules.length === 0 ? 'None' : rules.map((row, index) => `${index + 1}. ${named(field.options, row.on)}: ${named(field.accounts ?? [], row.account)}`).join('; ');
}

function trustChanges({ trust: was }: Settings, { trust: is }: Settings): Change[] {
  const says = (account: Settings['trust'][string] | undefined) => (account ? `Set up, on liability account ${account.liabilityAccount}` : 'Off');
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((id) => JSON.stringify(was[id]) !== JSON.stringify(is[id]))
    .map((id) => ({ label: `Trust account ${is[id]?.name ?? was[id]?.name ?? ''}`, before: says(was[id]), after: says(is[id]) }));
}
