import type { Settings } from '../core/settings.js';
import type { Option } from './settings-choices.js';

/** One setting as the form asks it, and how its text gets into and out of the settings. */
export interface Field {
  name: string;
  label: string;
  help: string;
  kind: 'choice' | 'day' | 'tick' | 'text' | 'rules';
  options: Option[];
  /** What choosing nothing means; null when something must be chosen. */
  blank: string | null;
  /** Changing it takes an administrator. */
  adminsOnly: boolean;
  get: (settings: Settings) => string;
  set: (settings: Settings, text: string) => Settings;
  /** Its text in a posted form, where it is not simply the input of its name. */
  read?: (form: Record<string, string>) => string;
  /** What is wrong with a text, beyond what its kind says; null when it can be saved. */
  check?: (text: string) => string | null;
  /** What to think of before this text is kept; it can be saved all the same. */
  doubt?: (text: string) => string | null;
  /** Accounts to choose from, for `rules`. */
  accounts?: Option[];
}

export interface FieldGroup {
  title: string;
  fields: Field[];
  /** Bills can go without it: nobody has to look at it to begin. */
  canWait?: boolean;
}

type Pairs = [string, string][];

export function choice(name: string, label: string, help: string, options: Option[] | Pairs, get: Field['get'], set: Field['set'], more: { blank?: string; adminsOnly?: boolean; doubt?: Field['doubt'] } = {}): Field {
  const listed = options.map((each) => (Array.isArray(each) ? { value: each[0], label: each[1] } : each));
  return { name, label, help, kind: 'choice', options: listed, blank: more.blank ?? null, adminsOnly: more.adminsOnly ?? false, get, set, ...(more.doubt ? { doubt: more.doubt } : {}) };
}

export function tick(name: string, label: string, help: string, get: (settings: Settings) => boolean, set: (settings: Settings, on: boolean) => Settings): Field {
  return { name, label, help, kind: 'tick', options: [], blank: '', adminsOnly: false, get: (s) => (get(s) ? 'on' : ''), set: (s, text) => set(s, text === 'on') };
}

/** The form accepts listed options only, so the first is never reached by a person. */
export function oneOf<const T extends string>(allowed: readonly [T, ...T[]], text: string): T {
  return allowed.find((each) => each === text) ?? allowed[0];
}

/** The map with this value under the key, or without the key when nothing is chosen. */
export function mapped<T extends string>(map: Record<string, T>, key: string, value: T | ''): Record<string, T> {
  const others = Object.fromEntries(Object.entries(map).filter(([each]) => each !== key));
  return value === '' ? others : { ...others, [key]: value };
}
