import type { Books } from '../core/books.js';
import type { CalendarDate } from '../core/calendar.js';
import { instantOf } from '../http/clock.js';
import { ServiceError } from '../http/service-error.js';
import type { Calls } from './call.js';
import { toAccount, toTaxRate, toTracking } from './to-core.js';
import { account, brandingTheme, currency, organisation, taxRate, trackingCategory, type WireOrganisation } from './wire.js';
import { rowsOf } from './write-results.js';
import type { LockDates, Xero } from './xero.js';

/** None of these lists is paged. */
export function booksIn(calls: Calls): Pick<Xero, 'books' | 'lockDates' | 'brandingThemes'> {
  async function lockDates(): Promise<LockDates> {
    const lockReadAt = instantOf(calls.clock);
    const organisations = await calls.read('read the organisation', (api, tenant) => api.getOrganisations(tenant), (body) => rowsOf(body, 'Organisations').map((row) => organisation.parse(row)));
    const ours = organisations.find((each) => each.OrganisationID.toLowerCase() === calls.organisationId.toLowerCase());
    if (!ours) throw new ServiceError({ service: 'xero', kind: 'forbidden', message: 'Xero answered for another organisation than the connected one' });
    return { organisation: facts(ours), lockedThrough: lockedThrough(ours), lockReadAt };
  }

  return {
    async books() {
      const readAt = instantOf(calls.clock);
      const [locks, accounts, taxRates, tracking, currencies] = await Promise.all([
        lockDates(),
        calls.read('read accounts', (api, tenant) => api.getAccounts(tenant), (body) => rowsOf(body, 'Accounts').flatMap((row) => toAccount(account.parse(row)))),
        calls.read('read tax rates', (api, tenant) => api.getTaxRates(tenant), (body) => rowsOf(body, 'TaxRates').map((row) => toTaxRate(taxRate.parse(row)))),
        calls.read('read tracking', (api, tenant) => api.getTrackingCategories(tenant, undefined, undefined, true), (body) => rowsOf(body, 'TrackingCategories').map((row) => toTracking(trackingCategory.parse(row)))),
        calls.read('read currencies', (api, tenant) => api.getCurrencies(tenant), (body) => rowsOf(body, 'Currencies').map((row) => currency.parse(row).Code)),
      ]);
      return { ...locks, currencies, accounts, taxRates, tracking, readAt };
    },

    lockDates,

    async brandingThemes() {
      const themes = await calls.read('read branding themes', (api, tenant) => api.getBrandingThemes(tenant), (body) => rowsOf(body, 'BrandingThemes').map((row) => brandingTheme.parse(row)));
      return themes.sort((a, b) => a.SortOrder - b.SortOrder).map((each) => ({ xeroId: each.BrandingThemeID, name: each.Name }));
    },
  };
}

const facts = (wire: WireOrganisation): Books['organisation'] => ({
  xeroId: wire.OrganisationID,
  name: wire.Name,
  shortCode: wire.ShortCode ?? '',
  country: wire.CountryCode ?? '',
  baseCurrency: wire.BaseCurrency,
  demo: wire.IsDemoCompany || wire.Class === 'DEMO',
  trial: wire.Class === 'TRIAL',
  timeZone: wire.Timezone ?? '',
});

const lockedThrough = (wire: WireOrganisation): CalendarDate | null =>
  [wire.PeriodLockDate, wire.EndOfYearLockDate].filter((date) => date !== null).sort().at(-1) ?? null;
