import { malformed } from './errors.js';
import type { View } from './fields.js';
import type { Stamp } from './records.js';
import type { Call } from './resource.js';

/** A query parameter: the values it may have (absent: any) and the rows it keeps. */
export interface Filter<T> {
  values?: string[];
  keeps: (row: T, value: string) => boolean;
}

export interface ListRules<T extends Stamp> {
  filters?: Record<string, Filter<T>>;
  /** Absent: the list takes no `order`. `id` is always among them. */
  orders?: Record<string, (row: T) => string | number>;
  defaultOrder?: string;
  ids?: boolean;
  since?: boolean;
  maximum?: number;
}

export interface Page {
  views: View[];
  total: number;
  next: string | null;
  previous: string | null;
}

/** Only `id(asc)` pages by cursor; other orders page by offset and end at 10,000 records, as documented. */
const OFFSET_CEILING = 10_000;

type Position = { after: number } | { before: number } | { offset: number };

export function listPage<T extends Stamp>(rows: T[], view: (row: T) => View, rules: ListRules<T>, call: Call): Page {
  const { params } = call.incoming;
  const limit = limitOf(params, rules.maximum ?? 200, call);
  const order = orderOf(params, rules, call);
  const kept = filtered(rows, rules, call).sort(order.compare);
  const position = positionOf(params);
  const start = startAt(kept, position);
  const end = 'before' in position ? kept.filter((row) => row.id < position.before).length : start + limit;
  const from = 'before' in position ? Math.max(0, end - limit) : start;
  const page = kept.slice(from, end);
  const last = page.at(-1);
  const first = page[0];
  const more = from + page.length < kept.length && (order.byId || from + page.length < OFFSET_CEILING);
  return {
    views: page.map(view),
    total: kept.length,
    next: more && last ? link(call, order.byId ? { after: last.id } : { offset: from + page.length }, limit) : null,
    previous: from > 0 && first ? link(call, order.byId ? { before: first.id } : { offset: Math.max(0, from - limit) }, limit) : null,
  };
}

function filtered<T extends Stamp>(rows: T[], rules: ListRules<T>, call: Call): T[] {
  const { params } = call.incoming;
  let kept = rows;
  for (const [name, filter] of Object.entries(rules.filters ?? {})) {
    const value = params.get(name);
    if (value === null) continue;
    if (filter.values && value.split(',').some((each) => !filter.values?.includes(each))) {
      if (call.switches.badFilterValue === 'refused') throw malformed(`${value} is not a valid value for ${name}`);
      continue;
    }
    kept = kept.filter((row) => filter.keeps(row, value));
  }
  const ids = params.getAll('ids[]');
  if ((rules.ids ?? true) && ids.length > 0) {
    const wanted = new Set(ids.map(Number));
    kept = kept.filter((row) => wanted.has(row.id));
  }
  if (rules.since ?? true) {
    kept = since(kept, params.get('updated_since'), (row) => row.updatedAt, call);
    kept = since(kept, params.get('created_since'), (row) => row.createdAt, call);
  }
  return [...kept];
}

/** Whole seconds are compared: that is all a Clio timestamp says. */
function since<T>(rows: T[], text: string | null, at: (row: T) => number, call: Call): T[] {
  if (text === null) return rows;
  const from = Date.parse(text);
  if (Number.isNaN(from)) throw malformed(`${text} is not a valid timestamp`);
  const start = Math.floor(from / 1000);
  const second = (row: T) => Math.floor(at(row) / 1000);
  return rows.filter((row) => (call.switches.updatedSince === 'inclusive' ? second(row) >= start : second(row) > start));
}

function limitOf(params: URLSearchParams, maximum: number, call: Call): number {
  const text = params.get('limit');
  if (text === null) return maximum;
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1) throw malformed('limit must be a positive integer');
  if (limit > maximum && call.switches.limitAboveMaximum === 'refused') throw malformed(`limit must not exceed ${maximum}`);
  return Math.min(limit, maximum);
}

function orderOf<T extends Stamp>(params: URLSearchParams, rules: ListRules<T>, call: Call) {
  const byId = (row: T) => row.id;
  const keys: Record<string, (row: T) => string | number> = { id: byId, ...rules.orders };
  const asked = rules.orders ? params.get('order') : null;
  const fallback = rules.defaultOrder ?? 'id(asc)';
  let match = /^(\w+)\((asc|desc)\)$/.exec(asked ?? fallback);
  if (!match || !keys[match[1] ?? '']) {
    if (call.switches.badFilterValue === 'refused') throw malformed(`${asked ?? ''} is not a valid order`);
    match = /^(\w+)\((asc|desc)\)$/.exec(fallback);
  }
  const name = match?.[1] ?? 'id';
  const key = keys[name] ?? byId;
  const sign = match?.[2] === 'desc' ? -1 : 1;
  const compare = (a: T, b: T) => {
    const [left, right] = [key(a), key(b)];
    return left < right ? -sign : left > right ? sign : a.id - b.id;
  };
  return { compare, byId: name === 'id' && sign === 1 };
}

function positionOf(params: URLSearchParams): Position {
  const token = params.get('page_token');
  if (token !== null) {
    const [kind, value] = Buffer.from(token, 'base64url').toString('utf8').split(':');
    const number = Number(value);
    if (!Number.isInteger(number)) throw malformed('page_token is invalid');
    if (kind === 'after') return { after: number };
    if (kind === 'before') return { before: number };
    return { offset: number };
  }
  const offset = Number(params.get('offset') ?? '0');
  if (!Number.isInteger(offset) || offset < 0 || offset > OFFSET_CEILING) throw malformed('offset is invalid');
  return { offset };
}

function startAt(rows: Stamp[], position: Position): number {
  if ('offset' in position) return position.offset;
  if ('before' in position) return 0;
  const index = rows.findIndex((row) => row.id > position.after);
  return index === -1 ? rows.length : index;
}

function link(call: Call, position: Position, limit: number): string {
  const params = new URLSearchParams(call.incoming.params);
  const [kind = 'offset', value = 0] = Object.entries(position)[0] ?? [];
  params.delete('offset');
  params.set('limit', String(limit));
  params.set('page_token', Buffer.from(`${kind}:${String(value)}`).toString('base64url'));
  return `${call.incoming.origin}${encodeURI(call.incoming.path)}?${params.toString()}`;
}

/** Rows whose number equals the parameter's; the text `null` asks for those that have none. */
export function byNumber<T>(of: (row: T) => number | null | undefined): Filter<T> {
  return { keeps: (row, value) => (value === 'null' ? (of(row) ?? null) === null : of(row) === Number(value)) };
}

export function oneOf<T>(values: string[], of: (row: T) => string | null): Filter<T> {
  return { values, keeps: (row, value) => value.split(',').includes(of(row) ?? '') };
}

export function flag<T>(of: (row: T) => boolean): Filter<T> {
  return { values: ['true', 'false'], keeps: (row, value) => of(row) === (value === 'true') };
}

export function from<T>(of: (row: T) => string | null): Filter<T> {
  return { keeps: (row, value) => (of(row) ?? '') >= value };
}

export function until<T>(of: (row: T) => string | null): Filter<T> {
  return { keeps: (row, value) => { const date = of(row); return date !== null && date <= value; } };
}

export function containing<T>(of: (row: T) => string): Filter<T> {
  return { keeps: (row, value) => of(row).toLowerCase().includes(value.toLowerCase()) };
}
