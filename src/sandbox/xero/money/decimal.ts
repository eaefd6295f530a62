/** Exact decimals: a value is a whole number of units of ten to the minus `places`. No sum of money passes through a binary fraction. */

/** Rounds half away from zero: over recorded live answers all ties of positive lines go up; negative ones are inferred. */
export function toUnits(value: number, places: number): bigint {
  const [mantissa = '0', exponent = '0'] = value.toString().toLowerCase().split('e');
  const [whole = '0', fraction = ''] = mantissa.replace('-', '').split('.');
  const digits = BigInt(whole + fraction);
  const shift = places - fraction.length + Number(exponent);
  const units = shift >= 0 ? digits * 10n ** BigInt(shift) : divide(digits, 10n ** BigInt(-shift));
  return mantissa.startsWith('-') ? -units : units;
}

/** Whole division by a positive divisor, half away from zero. */
export function divide(dividend: bigint, divisor: bigint): bigint {
  const magnitude = dividend < 0n ? -dividend : dividend;
  const quotient = (magnitude * 2n + divisor) / (divisor * 2n);
  return dividend < 0n ? -quotient : quotient;
}

export function cents(value: number): number {
  return Number(toUnits(value, 2));
}

export function fromCents(amount: number): number {
  return amount === 0 ? 0 : amount / 100;
}

export function rounded(value: number, places: number): number {
  return Number(toUnits(value, places)) / 10 ** places;
}
