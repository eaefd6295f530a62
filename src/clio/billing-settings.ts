import type { TaxCombination } from './clio.js';
import { ServiceError } from '../http/service-error.js';
import { combinationRate, configuredTaxKey, legacyTaxKey, plainRate, taxCombinationKey } from '../core/tax-combination.js';
import type { Api } from './api.js';
import { noTax, percentOfFraction, type TaxTerms } from './line-taxes.js';
import { billingSettingsWire, taxRateWire, type BillingSettingsWire, type BillWire, type TaxRateWire } from './wire.js';

/** What the firm's settings say about money and tax; each read at most once in a client's life. */
export interface FirmTerms {
  settings(): Promise<BillingSettingsWire>;
  /** Tax rate configurations; none where the account has the old two-tax model. */
  taxRates(): Promise<TaxRateWire[]>;
}

export function createFirmTerms(api: Api): FirmTerms {
  return {
    settings: once(() => api.one({ path: 'settings/billing.json', fields: 'billingSettings', record: billingSettingsWire })),
    taxRates: once(async () => {
      try {
        const { records } = await api.list({ path: 'tax_rate_configurations.json', fields: 'taxRates', record: taxRateWire });
        return records.filter(({ active, name }) => active !== false && name !== noTax);
      } catch (error) {
        // Not part of every account: how Clio says so is not documented, 403 or 404 expected.
        if (error instanceof ServiceError && (error.kind === 'not-found' || error.kind === 'forbidden')) return [];
        throw error;
      }
    }),
  };
}

/** A bill's own billing setting goes before the firm's; tax names are written nowhere else. */
export function taxTerms(bill: BillWire, settings: BillingSettingsWire, rates: readonly TaxRateWire[]): TaxTerms {
  const own = bill.billing_setting;
  return {
    currency: bill.currency?.code ?? settings.currency ?? '',
    primary: { name: own?.tax_name ?? settings.tax_name ?? 'Tax', rate: plainRate(bill.tax_rate ?? settings.tax_rate ?? 0) },
    secondary: {
      name: own?.secondary_tax_name ?? settings.secondary_tax_name ?? 'Secondary tax',
      rate: plainRate(bill.secondary_tax_rate ?? settings.secondary_tax_rate ?? 0),
      compounds: compounds(own?.secondary_tax_rule ?? settings.secondary_tax_rule),
    },
    configured: new Map(rates.map((rate) => [rate.id, percentOf(rate)])),
  };
}

/** Every combination that lines can carry by the settings: each tax alone, and the old model's pair. Pairs of Multi-Tax show up with the bills. */
export async function taxCombinations(terms: FirmTerms): Promise<TaxCombination[]> {
  const settings = await terms.settings();
  const compound = compounds(settings.secondary_tax_rule);
  const first = { key: '', name: settings.tax_name ?? 'Tax', rate: plainRate(settings.tax_rate ?? 0), compounds: false };
  const second = { key: '', name: settings.secondary_tax_name ?? 'Secondary tax', rate: plainRate(settings.secondary_tax_rate ?? 0), compounds: compound };
  first.key = legacyTaxKey('primary', first.rate);
  second.key = legacyTaxKey('secondary', second.rate, compound ? 'post' : 'pre');
  const hasFirst = first.rate !== '0';
  const hasSecond = settings.use_secondary_tax !== false && second.rate !== '0';
  const configured = (await terms.taxRates()).map((rate) => [{ key: configuredTaxKey(rate.id, 'pre'), name: rate.name ?? 'Tax', rate: percentOf(rate), compounds: false }]);
  const combinations = [...(hasFirst ? [[first]] : []), ...(hasSecond ? [[second]] : []), ...(hasFirst && hasSecond ? [[first, second]] : []), ...configured];
  return combinations.map((taxes) => ({
    key: taxCombinationKey(taxes),
    label: taxes.map(({ name, rate, compounds: onTop }) => `${name} ${rate}%${onTop && taxes.length > 1 ? ' (on top)' : ''}`).join(' + '),
    rate: combinationRate(taxes),
  }));
}

const percentOf = (rate: TaxRateWire): string =>
  rate.rate_as_percentage === null ? percentOfFraction(rate.rate ?? 0) : plainRate(rate.rate_as_percentage);

const compounds = (rule: string | null | undefined): boolean => rule?.toLowerCase() === 'post';

/** Asks once; a failure is not kept. */
function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | null = null;
  return () => {
    answer ??= ask().catch((error: unknown) => {
      answer = null;
      throw error;
    });
    return answer;
  };
}
