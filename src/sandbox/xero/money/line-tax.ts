import { divide, toUnits } from './decimal.js';

export type LineAmountTypes = 'Exclusive' | 'Inclusive' | 'NoTax';

/** Tax of one line in cents, from the line's amount in cents and the effective rate in percent. */
export function lineTax(amount: number, rate: number, types: LineAmountTypes): number {
  const millionths = toUnits(rate, 6);
  const whole = BigInt(amount);
  if (types === 'NoTax') return 0;
  if (types === 'Exclusive') return Number(divide(whole * millionths, 100_000_000n));
  return Number(divide(whole * millionths, 100_000_000n + millionths));
}

/** 5 % and 7 % make 12 %, 5 % and a compound 7 % make 12.35 %; four places, as Xero shows and, inferred from that, uses it. */
export function effectiveRate(components: { rate: number; isCompound: boolean }[]): number {
  const plain = components.filter((each) => !each.isCompound).reduce((sum, each) => sum + toUnits(each.rate, 6), 0n);
  const compound = components.filter((each) => each.isCompound).reduce((sum, each) => sum + toUnits(each.rate, 6), 0n);
  return Number(divide(plain + compound + divide(plain * compound, 100_000_000n), 100n)) / 10_000;
}
