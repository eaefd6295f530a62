import type { BillLine, BillTax } from '../core/bill.js';
import { parseAmount } from '../core/money.js';
import type { TaxTerms } from './line-taxes.js';
import type { BillWire } from './wire.js';

/**
 * Each tax of the bill once. The old model names its sums on the bill (rounded there or per line, as Clio does it); Multi-Tax
 * has no summary, so its lines are added up.
 */
export function billTaxes(bill: BillWire, lines: readonly BillLine[], terms: TaxTerms): BillTax[] {
  const taxes = new Map<string, BillTax>();
  for (const tax of lines.flatMap((line) => line.taxes)) {
    taxes.set(tax.key, { ...tax, amount: tax.amount + (taxes.get(tax.key)?.amount ?? 0) });
  }
  const multiTax = [...taxes.keys()].some((key) => key.startsWith('cfg:'));
  if (!multiTax) {
    state(taxes, 'primary:', bill.tax_sum, terms);
    state(taxes, 'secondary:', bill.secondary_tax_sum, terms);
  }
  return [...taxes.values()];
}

function state(taxes: Map<string, BillTax>, prefix: string, amount: string | number | null, terms: TaxTerms): void {
  const found = [...taxes.values()].find(({ key }) => key.startsWith(prefix));
  if (found && amount !== null) taxes.set(found.key, { ...found, amount: parseAmount(amount, terms.currency) });
}
