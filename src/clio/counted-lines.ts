import { parseAmount, type CurrencyCode } from '../core/money.js';
import type { BillWire, LineWire } from './wire.js';

/**
 * The lines that make up a bill. `NoChargeLineItem` shows unpaid work and has no amount. A `SummaryLineItem` stands for other lines:
 * it counts or they do, never both, and nothing in the answer says whether they are listed too. So the choice that gives the bill's
 * own `sub_total` is taken, single lines before summaries because they know their matter and timekeeper.
 */
export function countedLines(bill: BillWire, lines: readonly LineWire[], currency: CurrencyCode): LineWire[] {
  const charged = inOrder(lines.filter(({ type }) => type !== 'NoChargeLineItem'));
  const single = charged.filter(({ type }) => type !== 'SummaryLineItem');
  const summaries = charged.filter(({ type }) => type === 'SummaryLineItem');
  if (summaries.length === 0 || bill.sub_total === null) return single.length > 0 ? single : summaries;
  const expected = parseAmount(bill.sub_total, currency);
  const gives = (choice: LineWire[]): boolean => [gross, net].some((amount) => choice.reduce((sum, line) => sum + amount(line, currency), 0) === expected);
  return [single, charged, summaries].find(gives) ?? single;
}

/** Whether `sub_total` of a bill is before or after its lines' own discounts is not documented: both are tried. */
const gross = (line: LineWire, currency: CurrencyCode): number => parseAmount(line.sub_total ?? 0, currency);

const net = (line: LineWire, currency: CurrencyCode): number => {
  const settings = line.tax_settings ?? [];
  const taxes = settings.length > 0 ? settings.map(({ amount }) => amount) : [line.tax, line.secondary_tax];
  return taxes.reduce<number>((rest, tax) => rest - parseAmount(tax ?? 0, currency), parseAmount(line.total, currency));
};

const inOrder = (lines: LineWire[]): LineWire[] =>
  [...lines].sort((a, b) => (a.group_ordering ?? 0) - (b.group_ordering ?? 0) || Number(a.id) - Number(b.id));
