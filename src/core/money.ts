/** Whole minor units of a currency (cents; yen; fils). Always a safe integer; the currency stands beside it. */
export type Minor = number;

/** ISO 4217 code, upper case. */
export type CurrencyCode = string;

/** ISO 4217 minor units that are not 2. */
const UNUSUAL_UNITS: Partial<Record<CurrencyCode, number>> = {
  BIF: 0, CLP: 0, DJF: 0, GNF: 0, ISK: 0, JPY: 0, KMF: 0, KRW: 0, PYG: 0, RWF: 0, UGX: 0, UYI: 0, VND: 0, VUV: 0, XAF: 0, XOF: 0, XPF: 0,
  BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3, CLF: 4, UYW: 4,
};

/** Decimal places of a currency's minor unit. */
export function minorUnits(currency: CurrencyCode): number {
  return UNUSUAL_UNITS[currency] ?? 2;
}

/**
 * Exact: a number is read by its shortest text (12.34 is "12.34"), never by its binary value.
 * Throws RangeError for what is no decimal number, is finer than the currency, or is beyond safe integers.
 */
export function parseAmount(amount: string | number, currency: CurrencyCode): Minor {
  const units = minorUnits(currency);
  const { digits, scale } = readDecimal(amount);
  const minor = scale <= units ? digits * 10n ** BigInt(units - scale) : exactQuotient(digits, 10n ** BigInt(scale - units), amount);
  return safe(minor);
}

/** "1250.00", "-0.05", "1250" (JPY): what the vendors and `parseAmount` read back unchanged. */
export function toDecimal(minor: Minor, currency: CurrencyCode): string {
  const units = minorUnits(currency);
  const digits = String(Math.abs(minor)).padStart(units + 1, '0');
  const whole = digits.slice(0, digits.length - units);
  const text = units === 0 ? whole : `${whole}.${digits.slice(-units)}`;
  return minor < 0 ? `-${text}` : text;
}

/** The nearest double, whose shortest text is the decimal again; for vendors that want JSON numbers. */
export function toDecimalNumber(minor: Minor, currency: CurrencyCode): number {
  return Number(toDecimal(minor, currency));
}

/** "1,250.00 USD", for people. */
export function formatAmount(minor: Minor, currency: CurrencyCode): string {
  const [whole = '', fraction] = toDecimal(minor, currency).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${fraction === undefined ? grouped : `${grouped}.${fraction}`} ${currency}`;
}

/** Sum that refuses to leave the safe integers. */
export function sum(amounts: readonly Minor[]): Minor {
  return safe(amounts.reduce((total, amount) => total + BigInt(amount), 0n));
}

/** Digits and scale of decimal text or number: "1.50" → 150, 2. Reads exponents, as very small numbers print with one. */
export function readDecimal(value: string | number): { digits: bigint; scale: number } {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d{1,3}))?$/i.exec(String(value).trim());
  if (!match) throw new RangeError(`Not a decimal number: ${String(value)}`);
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const scale = fraction.length - Number(exponent);
  const digits = BigInt(`${sign}${whole}${fraction}`);
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 };
}

function exactQuotient(digits: bigint, divisor: bigint, original: string | number): bigint {
  if (digits % divisor !== 0n) throw new RangeError(`Finer than the currency's smallest unit: ${String(original)}`);
  return digits / divisor;
}

function safe(minor: bigint): Minor {
  const number = Number(minor);
  if (!Number.isSafeInteger(number)) throw new RangeError(`Beyond the amounts that can be counted exactly: ${String(minor)}`);
  return number;
}
