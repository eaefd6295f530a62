import type { LineTax } from '../core/bill.js';
import { toPercentText } from '../core/fraction.js';
import { parseAmount, readDecimal, type CurrencyCode } from '../core/money.js';
import { configuredTaxKey, legacyTaxKey, plainRate } from '../core/tax-combination.js';
import type { LineWire, TaxSettingWire } from './wire.js';

/** What taxes a bill's lines can carry, wherever it is written down. Rates are percent as decimal text, "0" for none. */
export interface TaxTerms {
  currency: CurrencyCode;
  primary: { name: string; rate: string };
  secondary: { name: string; rate: string; compounds: boolean };
  /** Percent by id of the tax rate configuration; empty where the account has the old two-tax model. */
  configured: ReadonlyMap<string, string>;
}

/**
 * A line's taxes with Clio's own amounts. `tax_settings` where the account has Multi-Tax and the line was made under it,
 * else the two taxes of the old model.
 */
export function lineTaxes(line: LineWire, terms: TaxTerms): LineTax[] {
  const settings = line.tax_settings ?? [];
  return settings.length > 0 ? multiTax(settings, terms) : twoTaxes(line, terms);
}

/** The name of Clio's own entry for it (documented); a line that carries it has no tax. */
export const noTax = 'Do not apply tax';

function multiTax(settings: TaxSettingWire[], terms: TaxTerms): LineTax[] {
  return settings
    .filter((setting) => setting.name !== noTax)
    .sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
    .map((setting) => {
      const compounds = setting.rule?.toLowerCase() === 'post';
      return {
        key: configuredTaxKey(setting.tax_rate_configuration_id ?? 'unknown', compounds ? 'post' : 'pre'),
        name: setting.name ?? 'Tax',
        rate: configuredRate(setting, terms),
        compounds,
        amount: parseAmount(setting.amount ?? 0, terms.currency),
      };
    });
}

function twoTaxes(line: LineWire, terms: TaxTerms): LineTax[] {
  const { primary, secondary, currency } = terms;
  const tax = parseAmount(line.tax ?? 0, currency);
  const secondTax = parseAmount(line.secondary_tax ?? 0, currency);
  const taxes: LineTax[] = [];
  if (applies(line.taxable, tax, primary.rate)) {
    taxes.push({ key: legacyTaxKey('primary', primary.rate), name: primary.name, rate: primary.rate, compounds: false, amount: tax });
  }
  if (applies(line.secondary_taxable, secondTax, secondary.rate)) {
    const { name, rate, compounds } = secondary;
    taxes.push({ key: legacyTaxKey('secondary', rate, compounds ? 'post' : 'pre'), name, rate, compounds, amount: secondTax });
  }
  return taxes;
}

/** A taxed line can be too small to have a cent of tax; a firm without taxes may still tick lines as taxable. */
const applies = (ticked: boolean | null, amount: number, rate: string): boolean => amount !== 0 || (ticked === true && rate !== '0');

/**
 * Whether `rate` on a line is percent or a fraction is not documented, so it comes last: the configuration's own percentage, then the
 * text made for people ("9.975%"), then `rate` as the fraction that configurations use.
 */
function configuredRate(setting: TaxSettingWire, terms: TaxTerms): string {
  const known = terms.configured.get(setting.tax_rate_configuration_id ?? '');
  if (known !== undefined) return known;
  const shown = /^\s*(-?\d+(?:[.,]\d+)?)\s*%?\s*$/.exec(setting.formatted_rate ?? '')?.[1];
  return shown === undefined ? percentOfFraction(setting.rate ?? 0) : plainRate(shown.replace(',', '.'));
}

/** 0.05 → "5". */
export function percentOfFraction(rate: string | number): string {
  const { digits, scale } = readDecimal(rate);
  return toPercentText({ top: digits, bottom: 10n ** BigInt(scale) });
}
