import { type Fraction, percent, plus, times, toPercentText, whole } from './fraction.js';
import { readDecimal } from './money.js';

/** What a tax must tell to be named; core's LineTax and BillTax fit. */
interface Tax {
  key: string;
  rate: string;
  compounds: boolean;
}

/** Name of a tax of the two-tax model: `primary:5`, `secondary:9.975:post`. The rule says how the second tax is computed. */
export function legacyTaxKey(place: 'primary' | 'secondary', rate: string | number, rule: 'pre' | 'post' = 'pre'): string {
  const text = plainRate(rate);
  return place === 'primary' ? `primary:${text}` : `secondary:${text}:${rule}`;
}

/** Name of a Multi-Tax configuration on a line: `cfg:3101:pre`. Clio's system entry "Do not apply tax" is no tax: leave it out. */
export function configuredTaxKey(configurationId: string, rule: 'pre' | 'post'): string {
  return `cfg:${configurationId}:${rule}`;
}

/**
 * The taxes of one line as one key, in the order they are computed: `none`, `primary:5`, `primary:5+secondary:7:pre`,
 * `cfg:3101:pre+cfg:3102:post`. A two-tax-model rate of 0 is no tax; a configuration at 0 % stays, as zero-rated is not
 * exempt. Keys of `Settings.taxMap`, where `fee/…`, `disbursement/…`, `recharge/…` or `interest/…` before the
 * key maps one kind of line only.
 */
export function taxCombinationKey(taxes: readonly Tax[]): string {
  return taxes.filter(counts).map((tax) => tax.key).join('+') || 'none';
}

/** What all taxes of a line come to, percent as decimal text: pre r1 + r2; post r1 + r2 × (1 + r1). */
export function combinationRate(taxes: readonly Tax[]): string {
  return toPercentText(taxShares(whole(1), taxes).reduce((total, share) => plus(total, share), whole(0)));
}

/** Exact tax of each of the line's taxes on a net amount, in the order given. */
export function taxShares(net: Fraction, taxes: readonly Tax[]): Fraction[] {
  let before = whole(0);
  return taxes.map((tax) => {
    const share = times(tax.compounds ? plus(net, before) : net, percent(tax.rate));
    before = plus(before, share);
    return share;
  });
}

/** "5.0" → "5", 9.975 → "9.975": one text per rate, so that keys agree however the vendor wrote it. */
export function plainRate(rate: string | number): string {
  const { digits, scale } = readDecimal(rate);
  return toPercentText({ top: digits, bottom: 10n ** BigInt(scale + 2) });
}

const counts = (tax: Tax): boolean => tax.key.startsWith('cfg:') || readDecimal(tax.rate).digits !== 0n;
