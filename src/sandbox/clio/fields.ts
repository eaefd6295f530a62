import { ClioRefusal } from './errors.js';
import { schemaOf } from './schema.js';

type Plain = string | number | boolean | null | string[] | number[];
/** Everything a record could show; nested records are made only when asked for. */
export interface View {
  [name: string]: Plain | (() => View | null) | (() => View[]);
}
export interface Json {
  [name: string]: Plain | Json | Json[];
}
export interface Selection {
  names: string[];
  nested: Map<string, string[] | null>;
}

/** Names that this account may not ask for, as `Schema.name`: refused with 400, or left out, as the switch says. */
export interface Gate {
  closed: ReadonlySet<string>;
  silently: boolean;
}

const NO_GATE: Gate = { closed: new Set(), silently: false };

/** Two associations may be named inside braces, and come with their defaults. */
const DEEPER = new Set(['CustomFieldValue.custom_field', 'MatterBillRecipient.recipient']);

/** Parses `id,client{id,name}` against a schema. One nested level; a wrong name fails the whole request. */
export function parseFields(text: string | undefined, schemaName: string, gate: Gate = NO_GATE): Selection {
  const selection: Selection = { names: [], nested: new Map() };
  const schema = schemaOf(schemaName);
  for (const { name, inner } of split(text === undefined || text.trim() === '' ? defaults(schemaName).join(',') : text)) {
    if (gate.closed.has(`${schemaName}.${name}`)) {
      if (gate.silently) continue;
      throw notAField(name);
    }
    const target = schema.nested[name];
    if (target === undefined) {
      if (!schema.names.has(name) || inner !== null) throw notAField(inner === null ? name : `${name}{${inner}}`);
      selection.names.push(name);
      continue;
    }
    selection.nested.set(name, inner === null ? null : nestedNames(inner, target.replace('[]', '')));
  }
  return selection;
}

export function shape(view: View, selection: Selection, schemaName: string): Json {
  const shown: Json = {};
  for (const name of selection.names) shown[name] = plain(view[name]);
  for (const [name, names] of selection.nested) {
    const target = schemaOf(schemaName).nested[name] ?? '';
    const value = view[name];
    const child = typeof value === 'function' ? value() : null;
    const pick = (each: View) => pickNames(each, names ?? defaults(target.replace('[]', '')), target.replace('[]', ''));
    shown[name] = Array.isArray(child) ? child.map(pick) : child === null ? (target.endsWith('[]') ? [] : null) : pick(child);
  }
  return shown;
}

function pickNames(view: View, names: string[], schemaName: string): Json {
  const picked: Json = {};
  for (const name of names) {
    const value = view[name];
    if (typeof value === 'function') {
      const child = value();
      // The `*_base` schemas call a currency just an object; the one it is shows its defaults, like any association.
      const target = (schemaOf(schemaName).nested[name] ?? `${name.charAt(0).toUpperCase()}${name.slice(1)}_base`).replace('[]', '');
      picked[name] = child === null || Array.isArray(child) ? null : pickNames(child, defaults(target), target);
    } else picked[name] = plain(value);
  }
  return picked;
}

function nestedNames(inner: string, schemaName: string): string[] {
  const schema = schemaOf(schemaName);
  return split(inner).map(({ name, inner: deeper }) => {
    if (deeper !== null) throw notAField(`${name}{${deeper}}`);
    if (!schema.names.has(name) && !DEEPER.has(`${schemaName}.${name}`)) throw notAField(name);
    return name;
  });
}

/** `id,etag`; records that have neither (discount, interest) show all they have. The second half is inferred. */
function defaults(schemaName: string): string[] {
  const { names } = schemaOf(schemaName);
  const found = ['id', 'etag'].filter((name) => names.has(name));
  return found.length > 0 ? found : [...names];
}

function split(text: string): { name: string; inner: string | null }[] {
  const parts: { name: string; inner: string | null }[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at <= text.length; at += 1) {
    const letter = text[at];
    if (letter === '{') depth += 1;
    if (letter === '}') depth -= 1;
    if (depth < 0) throw notAField(text);
    if (letter !== undefined && (letter !== ',' || depth > 0)) continue;
    const part = text.slice(start, at).trim();
    start = at + 1;
    if (part === '') continue;
    const brace = part.indexOf('{');
    if (brace === -1) parts.push({ name: part, inner: null });
    else if (part.endsWith('}')) parts.push({ name: part.slice(0, brace), inner: part.slice(brace + 1, -1) });
    else throw notAField(part);
  }
  if (depth !== 0) throw notAField(text);
  return parts;
}

function plain(value: View[string] | undefined): Plain {
  return value === undefined || typeof value === 'function' ? null : value;
}

function notAField(name: string): ClioRefusal {
  return new ClioRefusal(400, 'InvalidFields', `${name} is not a valid field`);
}
