import type { Bill, BillLine, LineTax, MatterRef, SplitPart } from '../../src/core/bill.js';
import { parseAmount } from '../../src/core/money.js';
import { aBill, aLine } from '../core/law-firm.js';

const money = (text: string): number => parseAmount(text.replaceAll(',', ''), 'GBP');

const TAXES: Record<string, Omit<LineTax, 'amount'>> = {
  VAT: { key: 'primary:20', name: 'VAT', rate: '20', compounds: false },
  GST: { key: 'primary:5', name: 'GST', rate: '5', compounds: false },
  QST: { key: 'secondary:9.975:pre', name: 'QST', rate: '9.975', compounds: false },
  'QST on GST': { key: 'secondary:9.975:post', name: 'QST', rate: '9.975', compounds: true },
};

const KINDS: Record<string, { kind: BillLine['kind']; category: string }> = {
  fee: { kind: 'fee', category: 'Drafting' },
  'flat fee': { kind: 'fee', category: 'Flat fee' },
  'hard cost': { kind: 'hard-cost', category: 'Court fees' },
  'soft cost': { kind: 'soft-cost', category: 'Photocopies' },
};

/** `fee 900.00 after 100.00 off on matter 00051, VAT 180.00`: what the line charges, then each tax it carries. */
export function lineIn(words: string, place: number): BillLine {
  const [what = '', ...taxes] = words.split(/, (?=[A-Z])/);
  const match = /^([a-z ]+?) (-?[\d.,]+)(?: after ([\d.,]+) off)?(?: on matter (\S+))?$/.exec(what);
  const known = KINDS[match?.[1] ?? ''];
  if (!match || !known) throw new Error(`Not a line: ${words}`);
  const category = { clioId: known.category, name: known.category, xeroCode: null };
  return aLine({ clioId: String(501 + place), kind: known.kind, category, net: money(match[2] ?? ''), lineDiscount: money(match[3] ?? '0'), matterId: match[4] ?? null, taxes: taxes.map(taxIn) });
}

function taxIn(words: string): LineTax {
  const match = /^(.+) (-?[\d.,]+)$/.exec(words);
  const tax = TAXES[match?.[1] ?? ''];
  if (!match || !tax) throw new Error(`Not a tax: ${words}`);
  return { ...tax, amount: money(match[2] ?? '') };
}

/** The matters that the lines name. */
export function mattersOf(lines: BillLine[]): MatterRef[] {
  return [...new Set(lines.flatMap((line) => line.matterId ?? []))].map((number) => ({ clioId: number, number, description: null, practiceArea: null, responsibleAttorney: null, office: null }));
}

/** `60 percent, with bill 1044 for 40` or `the whole, with bill 1044 for 100`; the other may be `not approved`. */
export function splitIn(words: string): { bill: Pick<Bill, 'split'>; splitParts: SplitPart[] } {
  const match = /^(?:([\d.]+) percent|the whole), with bill (\d+) for ([\d.]+)(, not approved)?$/.exec(words);
  if (!match) throw new Error(`Not a part: ${words}`);
  const [, portion = null, number = '', other = '', draft] = match;
  const { clioId } = aBill();
  const split = { ofBillId: portion === null ? clioId : number, portion: other, withBillIds: [clioId] };
  return { bill: { split: { ofBillId: clioId, portion, withBillIds: [number] } }, splitParts: [{ clioId: number, number, state: draft === undefined ? 'awaiting_payment' : 'draft', due: 0, split, hasInvoice: false }] };
}

/** `10.00 on everything` or `10.00 on services`. */
export function discountIn(words: string): { amount: number; appliesTo: 'all' | 'services'; note: null } {
  const match = /^([\d.,]+) on (everything|services)$/.exec(words);
  if (!match) throw new Error(`Not a discount: ${words}`);
  return { amount: money(match[1] ?? ''), appliesTo: match[2] === 'services' ? 'services' : 'all', note: null };
}

export const moneyIn = money;
