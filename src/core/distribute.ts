import { absolute, compare, type Fraction, minus, roundHalfUp, times, whole } from './fraction.js';
import { type Minor, sum } from './money.js';

/**
 * Splits a total by weights so that the parts add up to it exactly (largest remainder; ties go to the earlier part).
 * Weights that add up to zero: everything goes to the first part. Throws RangeError for a total without parts.
 */
export function distribute(total: Minor, weights: readonly Minor[]): Minor[] {
  const all = BigInt(sum(weights));
  if (all === 0n) return toFirst(total, weights.length);
  const share = (weight: Minor): Fraction => ({ top: (all < 0n ? -1n : 1n) * BigInt(weight), bottom: all < 0n ? -all : all });
  return nearest(total, weights.map((weight) => times(whole(total), share(weight))));
}

/**
 * Whole parts that add up to `total` and lie as near to the exact shares as possible. Where rounding each share half up
 * already gives the total, that is the answer; else single units move where rounding had cut or added most.
 */
export function nearest(total: Minor, shares: readonly Fraction[]): Minor[] {
  const parts = shares.map(roundHalfUp);
  if (parts.length === 0) return toFirst(total, 0);
  const step = Math.sign(total - sum(parts));
  const gained = (index: number): Fraction => times(whole(step), minus(whole(parts[index] ?? 0), shares[index] ?? whole(0)));
  const order = shares.map((_, index) => index).sort((a, b) => compare(gained(a), gained(b)) || a - b);
  const missing = Math.abs(total - sum(parts));
  const rounds = Math.floor(missing / parts.length);
  const extra = new Set(order.slice(0, missing % parts.length));
  return parts.map((part, index) => part + step * (rounds + (extra.has(index) ? 1 : 0)));
}

/** How far the total is from what the exact shares add up to. */
export function distance(total: Minor, shares: readonly Fraction[]): Fraction {
  const exact = shares.reduce((left, share) => minus(left, share), whole(total));
  return absolute(exact);
}

function toFirst(total: Minor, parts: number): Minor[] {
  if (parts === 0 && total !== 0) throw new RangeError('Nothing to split the amount over');
  return Array.from({ length: parts }, (_, index) => (index === 0 ? total : 0));
}
