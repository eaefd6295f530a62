import type { BillLine, BillTax } from '../core/bill.js';
import { parseAmount } from '../core/money.js';
import { legacyTaxKey } from '../core/tax-combination.js';
import type { TaxTerms } from './line-taxes.js';
import type { BillWire } from './wire.js';

/**
 * Each tax of the bill once. The old model names its sums on the bill (rounded there or per line, as Clio does it); Multi-Tax
 * has no summary, so its lines are added up.
 */
export function billTaxes(bill: BillWire, lines: readonly BillLine[], terms: TaxTerms): BillTax[] {
  if (lines.length === 0) return taxesByName(bill, terms);
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

/** Without its lines a bill still names the taxes of the old model, with their sums. */
function taxesByName(bill: BillWire, { primary, secondary, currency }: TaxTerms): BillTax[] {
  const first = { key: legacyTaxKey('primary', primary.rate), name: primary.name, rate: primary.rate, compounds: false, amount: parseAmount(bill.tax_sum ?? 0, currency) };
  const second = { key: legacyTaxKey('secondary', secondary.rate, secondary.compounds ? 'post' : 'pre'), ...secondary, amount: parseAmount(bill.secondary_tax_sum ?? 0, currency) };
  return [first, second].filter((tax) => tax.amount !== 0);
}

function state(taxes: Map<string, BillTax>, prefix: string, amount: string | number | null, terms: TaxTerms): void {
  const found = [...taxes.values()].find(({ key }) => key.startsWith(prefix));
  if (found && amount !== null) taxes.set(found.key, { ...found, amount: parseAmount(amount, terms.currency) });
}
