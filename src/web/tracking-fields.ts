import type { Books } from '../core/books.js';
import type { Settings, TrackingRule } from '../core/settings.js';
import { choice, oneOf, type FieldGroup } from './setting-field.js';

const FROM: [TrackingRule['from'], string][] = [['practice-area', 'The practice area'], ['office', 'The office'], ['responsible-attorney', 'The responsible attorney'], ['matter', 'The matter’s number']];

/** One field for each tracking category: Xero has two active ones at most. One in use that went away stays until it is given up. */
export function trackingFields(books: Books, { tracking }: Settings): FieldGroup[] {
  const used = tracking.map((rule) => rule.categoryId);
  const gone = used.filter((id) => !books.tracking.some((each) => each.xeroId === id)).map((xeroId) => ({ xeroId, name: 'a category that is gone', active: false }));
  const shown = [...books.tracking.filter((each) => each.active || used.includes(each.xeroId)), ...gone];
  if (shown.length === 0) return [];
  return [{
    title: 'Tracking',
    canWait: true,
    fields: shown.map(({ xeroId, name, active }) =>
      choice(`tracking.${xeroId}`, active ? `Tracking by ${name}` : `Tracking by ${name} (archived in Xero)`, 'Each line takes the option of the same name. Where Xero has no such option, the bill asks.', active ? FROM : [], (s) => s.tracking.find((rule) => rule.categoryId === xeroId)?.from ?? '', (s, from) => withRule(s, books, xeroId, from), { blank: 'Not used' }),
    ),
  }];
}

/** In the order of Xero's categories. */
function withRule(settings: Settings, books: Books, categoryId: string, from: string): Settings {
  const others = settings.tracking.filter((rule) => rule.categoryId !== categoryId);
  const rules = from === '' ? others : [...others, { categoryId, from: oneOf(['practice-area', 'office', 'responsible-attorney', 'matter'], from) }];
  const place = (rule: TrackingRule): number => books.tracking.findIndex((each) => each.xeroId === rule.categoryId);
  return { ...settings, tracking: rules.sort((a, b) => place(a) - place(b)) };
}
