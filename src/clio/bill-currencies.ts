import type { CurrencyCode } from '../core/money.js';
import type { Api } from './api.js';
import type { FirmTerms } from './billing-settings.js';
import { billCurrencyWire } from './wire.js';

/** Allocations name no currency: it is their bill's. */
export interface BillCurrencies {
  remember(billId: string, currency: CurrencyCode): void;
  /** For bills that no longer exist, and for records without a bill, the firm's own currency counts. */
  of(billIds: readonly string[]): Promise<ReadonlyMap<string, CurrencyCode>>;
  home(): Promise<CurrencyCode>;
}

export function createBillCurrencies(api: Api, terms: FirmTerms): BillCurrencies {
  const known = new Map<string, CurrencyCode>();
  const home = async (): Promise<CurrencyCode> => (await terms.settings()).currency ?? '';
  return {
    home,
    remember: (billId, currency) => known.set(billId, currency),
    async of(billIds) {
      const unknown = billIds.filter((id) => !known.has(id));
      const several = unknown.length > 0 && (await terms.settings()).multi_currency_billing !== false;
      const bills = several ? await api.byIds({ path: 'bills.json', fields: 'billCurrency', record: billCurrencyWire, ids: unknown }) : [];
      for (const { id, currency } of bills) if (currency?.code) known.set(id, currency.code);
      const fallback = billIds.every((id) => known.has(id)) ? '' : await home();
      return new Map(billIds.map((id) => [id, known.get(id) ?? fallback]));
    },
  };
}
