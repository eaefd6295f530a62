import { isJson, type Json } from '../incoming.js';
import { BadQuery } from '../refusal.js';

/** Xero's filter language: comparisons joined by AND and OR, dotted paths, DateTime(…), guid(…), Contains and StartsWith. */

type Value = string | number | boolean | null;
type Test = (row: Json) => boolean;
type Side = (row: Json) => Value;

const tokens = /\s*(?:(?<text>"[^"]*")|(?<number>-?\d+(?:\.\d+)?)|(?<sign>==|!=|>=|<=|>|<|=|&&|\|\||\(|\)|,|\.)|(?<word>[A-Za-z_]\w*))/y;

interface Token {
  kind: 'text' | 'number' | 'sign' | 'word';
  text: string;
}

function tokenise(source: string): Token[] {
  const found: Token[] = [];
  tokens.lastIndex = 0;
  while (tokens.lastIndex < source.trimEnd().length) {
    const groups = tokens.exec(source)?.groups;
    if (!groups) throw new BadQuery(`Unexpected character in '${source}'`);
    for (const kind of ['text', 'number', 'sign', 'word'] as const) {
      const text = groups[kind];
      if (text !== undefined) found.push({ kind, text });
    }
  }
  return found;
}

class Parser {
  private at = 0;

  constructor(private readonly tokens: Token[]) {}

  whole(): Test {
    const test = this.either();
    if (this.at < this.tokens.length) throw new BadQuery(`Syntax error at '${this.peek()}'`);
    return test;
  }

  private either(): Test {
    let left = this.both();
    while (['||', 'OR'].includes(this.peek().toUpperCase())) {
      this.at += 1;
      const [first, second] = [left, this.both()];
      left = (row) => first(row) || second(row);
    }
    return left;
  }

  private both(): Test {
    let left = this.comparison();
    while (['&&', 'AND'].includes(this.peek().toUpperCase())) {
      this.at += 1;
      const [first, second] = [left, this.comparison()];
      left = (row) => first(row) && second(row);
    }
    return left;
  }

  private comparison(): Test {
    if (this.peek() === '(') {
      this.at += 1;
      const inner = this.either();
      this.expect(')');
      return inner;
    }
    const operand = this.operand();
    if ('test' in operand) return operand.test;
    const sign = this.next().text;
    const right = this.operand();
    if ('test' in right) throw new BadQuery('A comparison has no value');
    return (row) => compare(operand.side(row), sign, right.side(row));
  }

  private operand(): { side: Side } | { test: Test } {
    const token = this.next();
    if (token.kind === 'text') return constant(token.text.slice(1, -1));
    if (token.kind === 'number') return constant(Number(token.text));
    if (token.kind !== 'word') throw new BadQuery(`Syntax error at '${token.text}'`);
    if (/^(true|false)$/i.test(token.text)) return constant(token.text.toLowerCase() === 'true');
    if (/^null$/i.test(token.text)) return constant(null);
    if (/^datetime$/i.test(token.text) && this.peek() === '(') return constant(dateTime(this.arguments()));
    if (/^guid$/i.test(token.text) && this.peek() === '(') return constant(this.arguments()[0] ?? '');
    return this.path(token.text);
  }

  private path(first: string): { side: Side } | { test: Test } {
    const names = [first];
    while (this.peek() === '.') {
      this.at += 1;
      const name = this.next().text;
      if (this.peek() !== '(') {
        names.push(name);
        continue;
      }
      const wanted = (this.arguments()[0] ?? '').toLowerCase();
      const method = textMethods[name.toLowerCase()];
      if (!method) throw new BadQuery(`No applicable method '${name}'`);
      return { test: (row) => method(String(valueAt(row, names) ?? '').toLowerCase(), wanted) };
    }
    return { side: (row) => valueAt(row, names) };
  }

  private arguments(): string[] {
    const values: string[] = [];
    this.expect('(');
    while (this.peek() !== ')') {
      const token = this.next();
      if (token.kind === 'text') values.push(token.text.slice(1, -1));
      else if (token.kind === 'number') values.push(token.text);
      else if (token.text !== ',') throw new BadQuery(`Syntax error at '${token.text}'`);
    }
    this.expect(')');
    return values;
  }

  private peek(): string {
    return this.tokens[this.at]?.text ?? '';
  }

  private next(): Token {
    const token = this.tokens[this.at];
    if (!token) throw new BadQuery('Expression expected');
    this.at += 1;
    return token;
  }

  private expect(sign: string): void {
    if (this.next().text !== sign) throw new BadQuery(`'${sign}' expected`);
  }
}

const textMethods: Record<string, (text: string, wanted: string) => boolean> = {
  contains: (text, wanted) => text.includes(wanted),
  startswith: (text, wanted) => text.startsWith(wanted),
  endswith: (text, wanted) => text.endsWith(wanted),
};

function constant(value: Value): { side: Side } {
  return { side: () => value };
}

function dateTime(parts: string[]): number {
  const [year = NaN, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts.map(Number);
  const at = Date.UTC(year, month - 1, day, hour, minute, second);
  if (Number.isNaN(at)) throw new BadQuery('DateTime expects year, month and day');
  return at;
}

/** Dates become instants; a field nobody knows is a query that cannot be parsed. */
function valueAt(row: Json, names: string[]): Value {
  let value: unknown = row;
  for (const name of names) {
    if (/^value$/i.test(name) && typeof value !== 'object') break;
    if (!isJson(value)) return null;
    const key = Object.keys(value).find((each) => each.toLowerCase() === name.toLowerCase());
    if (key === undefined) throw new BadQuery(`No property or field '${name}' exists`);
    value = value[key];
  }
  const ms = typeof value === 'string' ? /^\/Date\((-?\d+)/.exec(value)?.[1] : undefined;
  if (ms !== undefined) return Number(ms);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

/** Text is compared without regard to case, as the documents say of names and addresses. */
function compare(left: Value, sign: string, right: Value): boolean {
  const [a, b] = [fold(left), fold(right)];
  switch (sign) {
    case '==':
    case '=':
      return a === b;
    case '!=':
      return a !== b;
    case '>':
      return a !== null && b !== null && a > b;
    case '>=':
      return a !== null && b !== null && a >= b;
    case '<':
      return a !== null && b !== null && a < b;
    case '<=':
      return a !== null && b !== null && a <= b;
    default:
      throw new BadQuery(`Operator expected, not '${sign}'`);
  }
}

function fold(value: Value): Value {
  return typeof value === 'string' ? value.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase() : value;
}

export function readWhere(source: string): Test {
  return new Parser(tokenise(source)).whole();
}

/** `UpdatedDateUTC DESC, InvoiceID` */
export function readOrder(source: string): (left: Json, right: Json) => number {
  const keys = source.split(',').map((part) => {
    const match = /^\s*([\w.]+)(?:\s+(ASC|DESC))?\s*$/i.exec(part);
    if (!match?.[1]) throw new BadQuery(`Order '${source}' cannot be read`);
    return { names: match[1].split('.'), factor: match[2]?.toUpperCase() === 'DESC' ? -1 : 1 };
  });
  return (left, right) => {
    for (const { names, factor } of keys) {
      const [a, b] = [fold(valueAt(left, names)), fold(valueAt(right, names))];
      if (a === b) continue;
      if (a === null || (b !== null && a < b)) return -factor;
      return factor;
    }
    return 0;
  };
}
