import type { AccountRule } from './settings.js';

/** What says most about a line comes first: what was done, who did it, then where it belongs. */
const MOST_TELLING: AccountRule['when'][] = ['category', 'utbms', 'timekeeper', 'practice-area', 'office', 'matter'];

/** Puts a new rule before the first that says less about a line; people may move it afterwards. */
export function placeRule<T>(rules: T[], rule: T, whenOf: (rule: T) => AccountRule['when']): T[] {
  const rank = (each: T): number => MOST_TELLING.indexOf(whenOf(each));
  const at = rules.findIndex((each) => rank(each) > rank(rule));
  return at === -1 ? [...rules, rule] : [...rules.slice(0, at), rule, ...rules.slice(at)];
}
