import { readDecimal } from './money.js';

/** An exact number: `top / bottom`, bottom positive. Money and tax are multiplied with these, never with floats. */
export interface Fraction {
  top: bigint;
  bottom: bigint;
}

export const whole = (value: number): Fraction => ({ top: BigInt(value), bottom: 1n });

/** "9.975" percent → 9.975/100. Clio's rates have up to 8 decimals. Throws RangeError for what is no decimal. */
export function percent(rate: string): Fraction {
  const { digits, scale } = readDecimal(rate);
  return { top: digits, bottom: 10n ** BigInt(scale + 2) };
}

/** Equal bottoms are kept, so that sums over many lines of one rate stay short. */
export const plus = (a: Fraction, b: Fraction): Fraction => (a.bottom === b.bottom ? { top: a.top + b.top, bottom: a.bottom } : { top: a.top * b.bottom + b.top * a.bottom, bottom: a.bottom * b.bottom });
export const minus = (a: Fraction, b: Fraction): Fraction => plus(a, { top: -b.top, bottom: b.bottom });
export const times = (a: Fraction, b: Fraction): Fraction => ({ top: a.top * b.top, bottom: a.bottom * b.bottom });
export const compare = (a: Fraction, b: Fraction): number => Number(sign(a.top * b.bottom - b.top * a.bottom));
export const absolute = (a: Fraction): Fraction => ({ top: a.top < 0n ? -a.top : a.top, bottom: a.bottom });

/** Half away from zero: the rounding Xero was measured to use (20.625 → 20.63); for negatives inferred by symmetry. */
export function roundHalfUp(value: Fraction): number {
  const twice = absolute(value).top * 2n + value.bottom;
  const rounded = Number(twice / (value.bottom * 2n));
  return value.top < 0n && rounded !== 0 ? -rounded : rounded;
}

/** Percent as decimal text, exact when it has at most `places` decimals, else rounded half up. */
export function toPercentText(value: Fraction, places = 10): string {
  const scaled = String(roundHalfUp(times(value, { top: 10n ** BigInt(places + 2), bottom: 1n })));
  const digits = scaled.replace('-', '').padStart(places + 1, '0');
  const text = `${digits.slice(0, -places)}.${digits.slice(-places)}`.replace(/\.?0+$/, '');
  return scaled.startsWith('-') ? `-${text}` : text;
}

const sign = (value: bigint): bigint => (value > 0n ? 1n : value < 0n ? -1n : 0n);
