import type { Call, Route } from '../call.js';
import { msDate } from '../dates.js';
import { envelope } from '../envelope.js';
import { refuseIf } from '../refusal.js';
import type { Incoming } from '../incoming.js';

const scope = 'accounting.settings';

export const currencyRoutes: Route[] = [
  { method: 'GET', path: '/Currencies', scope, handle: (call) => envelope(call, 'Currencies', call.organisation.facts.currencies.map((each) => ({ Code: each.code, Description: each.description }))) },
];

export const brandingThemeRoutes: Route[] = [
  {
    method: 'GET',
    path: '/BrandingThemes',
    scope,
    handle: (call) =>
      envelope(call, 'BrandingThemes', call.organisation.facts.brandingThemes.map((each, index) => ({ BrandingThemeID: each.id, Name: each.name, Type: 'INVOICE', SortOrder: index, CreatedDateUTC: msDate(each.createdAt) }))),
  },
];

/** The document's currency and its rate; a rate left out of a foreign document is the day's. Odd rates are saved with a warning. */
export function readCurrency(call: Call, element: Incoming, before?: { currency: string; currencyRate: number }): { currency: string; currencyRate: number; warnings: string[] } {
  const { currencies, baseCurrency } = call.organisation.facts;
  const currency = element.filled('CurrencyCode')?.toUpperCase() ?? before?.currency ?? baseCurrency;
  const enabled = currencies.find((each) => each.code === currency);
  refuseIf(!enabled, `Organisation is not subscribed to currency ${currency}`);
  const dayRate = enabled?.rate ?? 1;
  const sent = element.number('CurrencyRate');
  if (currency === baseCurrency) return { currency, currencyRate: 1, warnings: sent === undefined || sent === 1 ? [] : ['The CurrencyRate of a document in the base currency is always 1.'] };
  const odd = sent !== undefined && (sent <= 0 || sent > dayRate * 2 || sent < dayRate / 2);
  const rate = sent !== undefined && sent > 0 ? sent : before?.currency === currency ? before.currencyRate : dayRate;
  return { currency, currencyRate: rate, warnings: odd ? ['The CurrencyRate differs a great deal from the current rate.'] : [] };
}
