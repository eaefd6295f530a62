/** Whole minor units of a currency (cents; yen; fils). Always a safe integer; the currency stands beside it. */
export type Minor = number;

/** ISO 4217 code, upper case. */
export type CurrencyCode = string;
