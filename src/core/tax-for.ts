import type { LineTax } from './bill.js';
import type { Account, Books, TaxRate } from './books.js';
import type { ChargeKind } from './charge.js';
import { absolute, compare, minus, percent } from './fraction.js';
import { hold } from './hold.js';
import type { Hold } from './plan.js';
import type { CostTag, Settings } from './settings.js';
import { combinationRate, taxCombinationKey } from './tax-combination.js';

type Found = { ok: true; rate: TaxRate; combination: string } | { ok: false; hold: Hold };

/** Xero keeps four decimals of a rate, Clio up to eight. */
const SAME_RATE_WITHIN = percent('0.0001');

/** The Xero tax code for a line's taxes; `kind/combination` in the map goes before `combination`. Never a default tax. */
export function taxFor(kind: ChargeKind | CostTag, taxes: LineTax[], account: Account, settings: Settings, books: Books): Found {
  const combination = taxCombinationKey(taxes);
  const clio = combinationRate(taxes);
  const tax = taxes.length === 0 ? 'no tax' : taxes.map((each) => `${each.name} ${each.rate} %`).join(' + ');
  const code = settings.taxMap[`${kind}/${combination}`] ?? settings.taxMap[combination];
  if (code === undefined) return { ok: false, hold: hold(`tax:${combination}`, 'TAX_UNMAPPED', { tax, combination, what: account.name }) };
  const rate = books.taxRates.find((each) => each.taxType === code);
  if (!rate?.active) return { ok: false, hold: hold(`tax:${combination}`, 'TAX_GONE', { tax, code }) };
  if (!rate.classes.includes(account.class)) return { ok: false, hold: hold(`tax:${combination}:${account.code ?? ''}`, 'TAX_NOT_ALLOWED', { code: rate.name, account: account.name }) };
  if (!sameRate(clio, rate.rate)) return { ok: false, hold: hold(`tax:${combination}`, 'TAX_RATE_DIFFERS', { tax, clio, code: rate.name, xero: rate.rate }) };
  return { ok: true, rate, combination };
}

/** Equal within 0.0001 percent points. */
export const sameRate = (a: string, b: string): boolean => compare(absolute(minus(percent(a), percent(b))), SAME_RATE_WITHIN) <= 0;
