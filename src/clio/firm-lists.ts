import type { Api } from './api.js';
import { taxCombinations, type FirmTerms } from './billing-settings.js';
import type { Clio } from './clio.js';
import { bankAccountWire, expenseCategoryWire } from './wire.js';

/** What set-up offers for the mappings. */
export function firmListPart(api: Api, terms: FirmTerms): Pick<Clio, 'bankAccounts' | 'taxCombinations' | 'costCategories'> {
  return {
    async bankAccounts() {
      const { records } = await api.list({ path: 'bank_accounts.json', fields: 'bankAccounts', record: bankAccountWire });
      return records.map(({ id, name, type, currency }) => ({
        clioId: id,
        name: name ?? '',
        type: type?.toLowerCase().startsWith('trust') ? 'trust' : 'operating',
        currency,
      }));
    },
    taxCombinations: () => taxCombinations(terms),
    async costCategories() {
      const { records } = await api.list({ path: 'expense_categories.json', fields: 'expenseCategories', record: expenseCategoryWire });
      return records.map(({ id, name, xero_expense_code: code }) => ({ clioId: id, name: name ?? '', xeroCode: code?.trim() === '' ? null : code }));
    },
  };
}
