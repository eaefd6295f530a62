import { z } from 'zod';
import type { Settings } from '../core/settings.js';
import { inWords } from './settings-changes.js';
import type { Field, FieldGroup } from './setting-field.js';
import { textOf } from './settings-entry.js';

const Form = z.record(z.string(), z.string());

/**
 * What a person typed, put over settings that somebody else saved meanwhile: fields they left alone show the newer value, fields they changed keep
 * theirs. Where both changed one, the field says so.
 */
export function mergeEntry(form: FieldGroup[], body: unknown, seen: Settings, current: Settings, by: string): { body: Record<string, string>; wrong: Record<string, string> } {
  const texts = Form.safeParse(body);
  const merged: { body: Record<string, string>; wrong: Record<string, string> } = { body: texts.success ? { ...texts.data } : {}, wrong: {} };
  for (const field of form.flatMap((group) => group.fields)) {
    const typed = textOf(field, merged.body);
    const [was, is] = [field.get(seen), field.get(current)];
    if (!isAsked(field, merged.body) || was === is || typed === is) continue;
    if (typed === was && !field.read) merged.body[field.name] = is;
    else merged.wrong[field.name] = `${by} chose “${inWords(field, is)}” meanwhile. Keep yours or take theirs, then save again.`;
  }
  return merged;
}

/** Fields that a person may not change are not posted; a box that is not ticked is not either. */
const isAsked = (field: Field, body: Record<string, string>): boolean => field.kind === 'tick' || field.read !== undefined || body[field.name] !== undefined;
