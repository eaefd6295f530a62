import type { Bill, LineTax } from './bill.js';
import type { Charge } from './charge.js';
import { compare, type Fraction, minus, plus, times, whole } from './fraction.js';
import { distance, nearest } from './distribute.js';
import { type Minor, sum } from './money.js';
import { taxCombinationKey, taxShares } from './tax-combination.js';

/** Whether a discount on the whole bill lowers the tax too. Clio's documents do not say, so the bill's own figures decide. */
export type TaxBasis = 'after-discount' | 'before-discount';

/**
 * The basis on which the bill's taxes follow from its lines to within rounding (half a unit per line, once more for the
 * bill); null when they follow on neither, and which tax fails first.
 */
export function taxBasis(bill: Bill): { basis: TaxBasis } | { basis: null; failing: string } {
  const offAfter = worstTax(bill, netsAfterDiscount(bill));
  if (!bill.discount) return offAfter.fits ? { basis: 'after-discount' } : { basis: null, failing: offAfter.name };
  const offBefore = worstTax(bill, bill.lines.map((line) => whole(line.net)));
  if (offAfter.fits && (!offBefore.fits || compare(offAfter.off, offBefore.off) <= 0)) return { basis: 'after-discount' };
  return offBefore.fits ? { basis: 'before-discount' } : { basis: null, failing: offAfter.name };
}

/** Lines a bill discount takes from, by how much each weighs; credits inside the bill are not discounted. */
export function discountWeight(line: { kind: Charge['kind']; net: Minor }, appliesTo: 'all' | 'services'): Minor {
  return appliesTo === 'services' && line.kind !== 'fee' ? 0 : Math.max(0, line.net);
}

/**
 * The tax each combination of taxes carries, so that every tax of the bill is shared out to the cent: Clio's own line amounts
 * where they add up to the bill's tax, else (tax computed once per bill) the exact shares, rounded by largest remainder.
 */
export function taxPerCombination(bill: Bill, charges: readonly Charge[]): Map<string, Minor> {
  const combinations = new Map<string, LineTax[]>(charges.map((charge) => [charge.combination, charge.taxes]));
  const totals = new Map<string, Minor>([...combinations.keys()].map((key) => [key, 0]));
  for (const tax of bill.taxes) {
    const with_ = [...combinations].filter(([, taxes]) => taxes.some((each) => each.key === tax.key)).map(([key]) => key);
    const parts = amountsByLine(bill, tax.key, with_) ?? nearest(tax.amount, with_.map((key) => exactShare(charges, key, tax.key)));
    with_.forEach((key, index) => totals.set(key, (totals.get(key) ?? 0) + (parts[index] ?? 0)));
  }
  return totals;
}

function amountsByLine(bill: Bill, key: string, combinations: string[]): Minor[] | null {
  const parts = combinations.map((combination) => sum(bill.lines.filter((line) => taxCombinationKey(line.taxes) === combination).flatMap((line) => line.taxes.filter((tax) => tax.key === key).map((tax) => tax.amount))));
  return sum(parts) === bill.taxes.find((tax) => tax.key === key)?.amount ? parts : null;
}

function exactShare(charges: readonly Charge[], combination: string, key: string): Fraction {
  const shares = charges.filter((charge) => charge.combination === combination).flatMap((charge) => taxShares(whole(charge.net), charge.taxes).filter((_, index) => charge.taxes[index]?.key === key));
  return shares.reduce(plus, whole(0));
}

function netsAfterDiscount(bill: Bill): Fraction[] {
  const { discount } = bill;
  const weights = bill.lines.map((line) => (discount ? discountWeight(line, discount.appliesTo) : 0));
  const all = sum(weights);
  return bill.lines.map((line, index) => (all === 0 || !discount ? whole(line.net) : minus(whole(line.net), { top: BigInt(discount.amount) * BigInt(weights[index] ?? 0), bottom: BigInt(all) })));
}

/** How far the bill's taxes are from the lines', and whether rounding explains it; names the first that it does not explain. */
function worstTax(bill: Bill, nets: Fraction[]): { fits: boolean; off: Fraction; name: string } {
  const names = new Map([...bill.lines.flatMap((line) => line.taxes), ...bill.taxes].map((tax) => [tax.key, tax.name]));
  let off = whole(0);
  for (const [key, name] of names) {
    const shares = bill.lines.flatMap((line, index) => taxShares(nets[index] ?? whole(0), line.taxes).filter((_, place) => line.taxes[place]?.key === key));
    const far = distance(bill.taxes.find((tax) => tax.key === key)?.amount ?? 0, shares);
    if (compare(times(far, whole(2)), whole(shares.length + 2)) > 0) return { fits: false, off: far, name };
    off = plus(off, far);
  }
  return { fits: true, off, name: '' };
}
