import type { Bill, BillTax } from '../core/bill.js';
import { combinationRate, taxCombinationKey } from '../core/tax-combination.js';
import { parseFirmLists } from '../store/firm-lists-schema.js';
import { nowOf, type FirmContext } from './firm-context.js';

/** Bills keep the rates of their day: what they use besides today's settings is offered for mapping too. */
export async function rememberTaxes(context: FirmContext, bills: Bill[]): Promise<void> {
  const kept = await context.store.books.get(context.firm.id, 'clio');
  if (!kept) return;
  const lists = parseFirmLists(kept.body);
  const known = new Set(lists.taxCombinations.map((each) => each.key));
  const fresh = new Map<string, { key: string; label: string; rate: string }>();
  for (const combination of bills.flatMap(combinationsOf)) {
    const key = taxCombinationKey(combination);
    if (key !== 'none' && !known.has(key)) fresh.set(key, { key, label: combination.map(labelOf).join(' + '), rate: combinationRate(combination) });
  }
  if (fresh.size === 0) return;
  const body = { ...lists, taxCombinations: [...lists.taxCombinations, ...fresh.values()] };
  await context.store.books.replace({ ...kept, body, at: nowOf(context) }, context.held.epoch);
}

/** The combinations on its lines where they were read; else each tax alone and all together. */
function combinationsOf(bill: Bill): BillTax[][] {
  if (bill.lines.length > 0) return bill.lines.map((line) => line.taxes);
  return [bill.taxes, ...bill.taxes.map((tax) => [tax])];
}

const labelOf = (tax: BillTax): string => `${tax.name} ${tax.rate} %${tax.compounds ? ' on top' : ''}`;
