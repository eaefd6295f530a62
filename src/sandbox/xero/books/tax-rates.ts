import type { Route } from '../call.js';
import { envelope } from '../envelope.js';
import type { Json } from '../incoming.js';
import { effectiveRate } from '../money/line-tax.js';
import { NotFound } from '../refusal.js';
import { list } from './listing.js';
import type { Organisation, TaxRate } from './organisation.js';

const scope = 'accounting.settings';

export const taxRateRoutes: Route[] = [
  { method: 'GET', path: '/TaxRates', scope, handle: (call) => list(call, { plural: 'TaxRates', rows: call.organisation.taxRates.all(), fields: taxRateView, view: taxRateView, paged: false }) },
  {
    method: 'GET',
    path: '/TaxRates/*',
    scope,
    handle: (call) => {
      const rate = findTaxRate(call.organisation, call.params[0] ?? '');
      if (!rate) throw new NotFound();
      return envelope(call, 'TaxRates', [taxRateView(rate)]);
    },
  },
];

export function findTaxRate(organisation: Organisation, taxType: string): TaxRate | undefined {
  return organisation.taxRates.by('taxType', taxType)[0];
}

function taxRateView(rate: TaxRate): Json {
  const total = effectiveRate(rate.components);
  return {
    Name: rate.name,
    TaxType: rate.taxType,
    ReportTaxType: rate.reportTaxType,
    CanApplyToAssets: rate.appliesTo.includes('ASSET'),
    CanApplyToEquity: rate.appliesTo.includes('EQUITY'),
    CanApplyToExpenses: rate.appliesTo.includes('EXPENSE'),
    CanApplyToLiabilities: rate.appliesTo.includes('LIABILITY'),
    CanApplyToRevenue: rate.appliesTo.includes('REVENUE'),
    DisplayTaxRate: total,
    EffectiveRate: total,
    Status: rate.status,
    TaxComponents: rate.components.map((each) => ({ Name: each.name, Rate: each.rate, IsCompound: each.isCompound, IsNonRecoverable: false })),
  };
}
