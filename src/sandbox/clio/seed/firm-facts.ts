import type { FirmFacts } from '../firm.js';
import type { Region } from '../switches.js';

/** Invented firms, one per region. Currency ids as `seedBasics` hands them out: 1 USD, 2 CAD, 3 GBP, 4 EUR, 5 AUD. */
const FACTS: Readonly<Record<Region, FirmFacts>> = {
  us: { accountId: 100_234, name: 'Harwood & Lisle LLP', timeZone: 'America/Los_Angeles', railsTimeZone: 'Pacific Time (US & Canada)', homeCurrencyId: 1 },
  ca: { accountId: 100_234, name: 'Lachance Ferrier Law', timeZone: 'America/Vancouver', railsTimeZone: 'Pacific Time (US & Canada)', homeCurrencyId: 2 },
  eu: { accountId: 100_234, name: 'Pemberton Shaw Solicitors', timeZone: 'Europe/London', railsTimeZone: 'London', homeCurrencyId: 3 },
  au: { accountId: 100_234, name: 'Wattle & Byrne Lawyers', timeZone: 'Australia/Sydney', railsTimeZone: 'Sydney', homeCurrencyId: 5 },
};

export function factsOf(region: Region): FirmFacts {
  return FACTS[region];
}
