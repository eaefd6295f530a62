import { readDate } from './dates.js';
import { BadBody, Refusal } from './refusal.js';

export type Json = Record<string, unknown>;

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One object of a request's body. An absent member, null and undefined are the same; numbers and flags may come as text. */
export class Incoming {
  constructor(readonly json: Json) {}

  has(name: string): boolean {
    return this.json[name] !== undefined && this.json[name] !== null;
  }

  text(name: string): string | undefined {
    const value = this.json[name];
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    return typeof value === 'string' ? value : undefined;
  }

  /** As `text`, without an empty one. */
  filled(name: string): string | undefined {
    const value = this.text(name)?.trim();
    return value === '' ? undefined : value;
  }

  number(name: string): number | undefined {
    if (!this.has(name) || this.json[name] === '') return undefined;
    const value = Number(this.json[name]);
    if (!Number.isFinite(value)) throw new BadBody(`${name} is not a number`);
    return value;
  }

  flag(name: string): boolean | undefined {
    const value = this.text(name)?.toLowerCase();
    return value === undefined ? undefined : value === 'true';
  }

  date(name: string): string | undefined {
    const text = this.filled(name);
    if (text === undefined) return undefined;
    const date = readDate(text);
    if (date === undefined) throw new Refusal([`${name} is not a valid date.`]);
    return date;
  }

  part(name: string): Incoming | undefined {
    const value = this.json[name];
    return isJson(value) ? new Incoming(value) : undefined;
  }

  list(name: string): Incoming[] | undefined {
    const value = this.json[name];
    if (!Array.isArray(value)) return undefined;
    return value.filter(isJson).map((each) => new Incoming(each));
  }
}

export function readBody(body: Buffer): Incoming {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString('utf8'));
  } catch {
    throw new BadBody('The body is not JSON.');
  }
  if (Array.isArray(parsed) || !isJson(parsed)) throw new BadBody('The body is not a JSON object.');
  return new Incoming(parsed);
}

/** The elements of a write: the plural list, or the bare object many endpoints take as well. */
export function elementsOf(body: Incoming, plural: string): Incoming[] {
  return body.list(plural) ?? [body];
}
