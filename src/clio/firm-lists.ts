import { ServiceError } from '../http/service-error.js';
import type { FirmLists } from '../core/firm-lists.js';
import type { Api } from './api.js';
import { taxCombinations, type FirmTerms } from './billing-settings.js';
import type { Clio } from './clio.js';
import { bankAccountWire, expenseCategoryWire, openMatterWire, practiceAreaWire, workCategoryWire } from './wire.js';

/** A list to choose from longer than this helps nobody; a rule for the practice area does. */
const MATTERS_LISTED = 500;

/** What set-up offers for the mappings. */
export function firmListPart(api: Api, terms: FirmTerms): Pick<Clio, 'bankAccounts' | 'taxCombinations' | 'categories' | 'practiceAreas' | 'openMatters'> {
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

    async categories() {
      const costs = (await api.list({ path: 'expense_categories.json', fields: 'expenseCategories', record: expenseCategoryWire })).records;
      const work = (await api.list({ path: 'activity_descriptions.json', fields: 'workCategories', record: workCategoryWire })).records;
      const codes = [...costs.map((each) => each.utbms_code), ...work.flatMap((each) => [each.utbms_task, each.utbms_activity])].filter((each) => each !== null);
      return {
        costCategories: costs.map(({ id, name, xero_expense_code: code, entry_type: kind }) => ({ clioId: id, name: name ?? '', xeroCode: filled(code), kind: kind === 'hard_cost' ? 'hard' : kind === 'soft_cost' ? 'soft' : null })),
        workCategories: work.map(({ id, name, xero_service_code: code }) => ({ clioId: id, name: name ?? '', xeroCode: filled(code) })),
        utbmsCodes: [...new Map(codes.map((each) => [each.id, { clioId: each.id, name: `${each.code ?? ''} ${each.name ?? ''}`.trim() }])).values()],
      };
    },

    async practiceAreas() {
      try {
        const { records } = await api.list({ path: 'practice_areas.json', fields: 'practiceAreas', record: practiceAreaWire });
        return distinct(records.map(({ name }) => name));
      } catch (error) {
        // Which permission opens them is not documented. They are only offered to choose from: matters name their own.
        if (error instanceof ServiceError && error.kind === 'forbidden') return [];
        throw error;
      }
    },

    async openMatters() {
      const { records } = await api.list({ path: 'matters.json', fields: 'openMatters', record: openMatterWire, query: [['status', 'open']], latest: MATTERS_LISTED });
      const matters: FirmLists['matters'] = records.map(({ id, display_number: number, description }) => ({ clioId: id, name: [number, description].filter((part) => part !== null && part !== '').join(', ').slice(0, 80) }));
      return { matters, offices: distinct(records.map(({ location }) => location)) };
    },
  };
}

const distinct = (names: (string | null)[]): string[] => [...new Set(names.map((name) => name?.trim() ?? '').filter((name) => name !== ''))].sort((a, b) => a.localeCompare(b));

const filled = (text: string | null): string | null => (text?.trim() === '' ? null : (text?.trim() ?? null));
