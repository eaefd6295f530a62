interface Exact {
  digits: bigint;
  scale: number;
}

/** Product of decimals, in cents (hundredths), half away from zero. Exact: no binary fraction takes part. */
export function productInCents(...factors: number[]): number {
  const product = factors.map(exact).reduce((a, b) => ({ digits: a.digits * b.digits, scale: a.scale + b.scale }), { digits: 1n, scale: 0 });
  return Number(rounded(product.digits * 100n, product.scale));
}

/** `percent` per cent of an amount of cents, in cents. */
export function percentOf(cents: number, percent: number): number {
  return productInCents(cents / 100, percent, 0.01);
}

/** An amount of money on the wire: a JSON number of whole units. */
export function inUnits(cents: number): number {
  return cents / 100;
}

/** Whole units, as a person types them or a seed states them, in cents. */
export function inCents(units: number): number {
  return productInCents(units);
}

function exact(value: number): Exact {
  const [mantissa = '0', exponent = '0'] = value.toString().split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  const scale = fraction.length - Number(exponent);
  const digits = BigInt(whole + fraction);
  return scale < 0 ? { digits: digits * 10n ** BigInt(-scale), scale: 0 } : { digits, scale };
}

function rounded(digits: bigint, scale: number): bigint {
  if (scale === 0) return digits;
  const unit = 10n ** BigInt(scale);
  const magnitude = digits < 0n ? -digits : digits;
  const up = (magnitude * 2n + unit) / (unit * 2n);
  return digits < 0n ? -up : up;
}
