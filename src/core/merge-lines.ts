import type { Invoice, NewInvoiceLine } from './invoice.js';
import type { BaseLine, BillBase } from './link.js';
import { isReworded } from './reworded.js';

export interface MergedLine {
  line: NewInvoiceLine;
  /** The LineItemID it keeps; null for a new line. */
  lineId: string | null;
}

/** False when somebody rearranged the lines, or they were not ours to begin with: then nobody can tell which is which. */
export function linesAreOurs(base: BillBase, invoice: Invoice): boolean {
  const known = base.invoice.lines;
  return known.length === invoice.lines.length && known.every((line) => line.from.length > 0 && invoice.lines.some((each) => each.xeroId === line.xeroId));
}

/** New amounts on the lines as they stand: account, tax code and tracking stay as Xero has them, and wording that a person changed there; new lines come from the settings. */
export function mergeLines(desired: NewInvoiceLine[], base: BillBase, invoice: Invoice): MergedLine[] {
  const unused = new Set(base.invoice.lines);
  return desired.map((line) => {
    const match = bestMatch(line, [...unused]);
    const there = match && invoice.lines.find((each) => each.xeroId === match.xeroId);
    if (!match || !there) return { line, lineId: null };
    unused.delete(match);
    const text = isReworded(match, there) ? there.text : line.text;
    return { line: { ...line, text, accountCode: there.accountCode ?? line.accountCode, taxType: there.taxType ?? line.taxType, tracking: there.tracking }, lineId: match.xeroId };
  });
}

/** The base line that stands for most of the same Clio lines. */
function bestMatch(line: NewInvoiceLine, lines: BaseLine[]): BaseLine | undefined {
  const shared = (base: BaseLine): number => base.from.filter((id) => line.from.includes(id)).length;
  return lines.filter((base) => shared(base) > 0).sort((a, b) => shared(b) - shared(a))[0];
}

/**
 * What an extra invoice must carry so that all invoices together are the bill again: per line the difference to what the others
 * charge for the same Clio lines, coded as those are now.
 */
export function differenceLines(desired: NewInvoiceLine[], known: { base: BillBase; invoice: Invoice }[]): NewInvoiceLine[] {
  const old = known.flatMap(({ base, invoice }) => base.invoice.lines.map((line) => ({ line, now: invoice.lines.find((each) => each.xeroId === line.xeroId) })));
  const left = new Set(old);
  const changed = desired.map((line) => {
    const mine = [...left].filter((each) => each.line.from.some((id) => line.from.includes(id)));
    mine.forEach((each) => left.delete(each));
    const now = mine[0]?.now;
    const net = line.net - mine.reduce((total, each) => total + each.line.net, 0);
    const tax = line.tax - mine.reduce((total, each) => total + each.line.tax, 0);
    return { ...line, net, tax, accountCode: now?.accountCode ?? line.accountCode, taxType: now?.taxType ?? line.taxType, tracking: now?.tracking ?? line.tracking };
  });
  const dropped = new Map<string, NewInvoiceLine>();
  for (const { line, now } of left) {
    const key = JSON.stringify(line.from);
    const { net, tax } = dropped.get(key) ?? { net: 0, tax: 0 };
    dropped.set(key, { text: line.text, net: net - line.net, tax: tax - line.tax, accountCode: now?.accountCode ?? line.accountCode ?? '', taxType: now?.taxType ?? line.taxType ?? '', tracking: now?.tracking ?? [], from: line.from });
  }
  return [...changed, ...dropped.values()].filter((line) => line.net !== 0 || line.tax !== 0);
}
