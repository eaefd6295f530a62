import type { Charge } from './charge.js';
import { nearest } from './distribute.js';
import { type Fraction, percent, roundHalfUp, times, whole } from './fraction.js';
import type { NewInvoiceLine } from './invoice.js';
import { lineText } from './line-text.js';
import { type Minor, sum } from './money.js';
import type { Settings } from './settings.js';

type Detail = Settings['invoice']['detail'];

/**
 * The invoice's lines at the firm's level of detail, with line taxes that add up to the bill's. Where Xero's own rounding per line
 * would come to other cents, a coarser level at which it agrees goes first: then it does not matter whether Xero keeps the
 * tax amounts we send (its documents say so; its certification asks not to rely on it).
 */
export function invoiceLines(charges: Charge[], taxes: Map<string, Minor>, settings: Settings): NewInvoiceLine[] {
  const levels: Detail[] = [settings.invoice.detail, 'category', 'bill'];
  const tried = levels.slice(0, levels.lastIndexOf(settings.invoice.detail) === 2 ? 1 : 3).map((detail) => linesAt(detail, charges, taxes, settings));
  return (tried.find((lines) => lines.every((line) => line.asXeroWould)) ?? tried[0] ?? []).map(({ asXeroWould: _, ...line }) => line);
}

/** Xero's tax on a line: net × rate, half up, per line. */
export const xeroTax = (net: Minor, rate: string): Minor => roundHalfUp(exactTax(net, rate));

const exactTax = (net: Minor, rate: string): Fraction => times(whole(net), percent(rate));

function linesAt(detail: Detail, charges: Charge[], taxes: Map<string, Minor>, settings: Settings): (NewInvoiceLine & { asXeroWould: boolean })[] {
  const groups = [...grouped(charges, (charge) => groupKey(charge, detail)).values()];
  const lines = groups.map((members) => ({ members, net: sum(members.map((charge) => charge.net)), tax: 0 }));
  for (const [combination, total] of taxes) {
    const own = lines.filter((line) => line.members[0]?.combination === combination);
    const parts = nearest(total, own.map((line) => exactTax(line.net, line.members[0]?.xeroRate ?? '0')));
    own.forEach((line, index) => (line.tax = parts[index] ?? 0));
  }
  const worth = lines.filter((line) => line.net !== 0 || line.tax !== 0);
  return (worth.length > 0 ? worth : lines.slice(0, 1)).flatMap(({ members, net, tax }) => {
    const [first] = members;
    if (!first) return [];
    const { accountCode, taxType, tracking, xeroRate } = first;
    return [{ text: lineText(members, detail, settings), net, tax, accountCode, taxType, tracking, from: members.map((charge) => charge.id), asXeroWould: tax === xeroTax(net, xeroRate) }];
  });
}

/** Only charges of equal account, taxes, tracking and kind are put together. */
function groupKey(charge: Charge, detail: Detail): string {
  const coding = [charge.accountCode, charge.taxType, charge.combination, charge.tracking];
  const kind = charge.kind === 'hard-cost' || charge.kind === 'soft-cost' || charge.kind === 'expense' ? 'cost' : charge.kind;
  if (detail === 'activity') return charge.id;
  if (detail === 'timekeeper' && charge.kind === 'fee') return JSON.stringify(['by', charge.line?.timekeeper?.clioId, ...coding]);
  return JSON.stringify(detail !== 'bill' ? [charge.kind, charge.line?.category?.clioId, ...coding] : [kind, ...coding]);
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
