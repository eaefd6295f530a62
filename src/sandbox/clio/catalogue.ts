import { ClioRefusal, forbidden, notFound } from './errors.js';
import type { Firm } from './firm.js';
import { byNumber, containing, flag, oneOf } from './listing.js';
import type * as R from './records.js';
import { resource, type Resource } from './resource.js';
import type { Views } from './views.js';

/** The firm's lists to choose from: categories, descriptions, practice areas, currencies, tax rates. Read only here. */
export function catalogue(firm: Firm, views: Views): Resource[] {
  return [
    resource<R.ExpenseCategoryRecord>({
      path: 'expense_categories', schema: 'ExpenseCategory', permission: 'Activities', view: (row) => views.expenseCategory(row),
      list: {
        rows: () => firm.expenseCategories.all(), ids: false, orders: { name: (row) => row.name, rate: (row) => row.rate ?? 0, entry_type: (row) => row.entryType ?? '' },
        filters: { entry_type: oneOf(['hard_cost', 'soft_cost', 'unassociated'], (row) => row.entryType ?? 'unassociated'), query: containing((row) => row.name) },
      },
      find: (id) => firm.expenseCategories.get(id),
    }),
    resource<R.ActivityDescriptionRecord>({
      path: 'activity_descriptions', schema: 'ActivityDescription', permission: 'Activities', view: (row) => views.activityDescription(row),
      list: { rows: () => firm.activityDescriptions.all(), filters: { type: oneOf(['utbms', 'clio'], () => 'clio'), flat_rate: flag(() => false) } },
      find: (id) => firm.activityDescriptions.get(id),
    }),
    resource<R.PracticeAreaRecord>({
      path: 'practice_areas', schema: 'PracticeArea', permission: 'Matters', view: (row) => views.practiceArea(row),
      list: {
        rows: () => {
          if (firm.switches.practiceAreas === 'refused') throw forbidden();
          return firm.practiceAreas.all();
        },
        orders: { name: (row) => row.name, category: (row) => row.category ?? '', code: (row) => row.code ?? '' },
        filters: {
          code: { keeps: (row, value) => row.code === value }, name: { keeps: (row, value) => row.name === value },
          matter_id: { keeps: (row, value) => firm.matters.get(Number(value))?.practiceAreaId === row.id },
        },
      },
      find: (id) => firm.practiceAreas.get(id),
    }),
    resource<R.CurrencyRecord>({
      path: 'currencies', schema: 'Currency', permission: 'General', view: (row) => views.currency(row), list: { rows: () => firm.currencies.all() },
    }),
    resource<R.InterestChargeRecord>({
      path: 'interest_charges', schema: 'InterestCharge', permission: 'Billing', view: (row) => views.interestCharge(row),
      list: { rows: () => firm.interestCharges.all(), filters: { bill_id: byNumber((row) => row.billId) } },
    }),
    resource<R.TaxRateConfigurationRecord>({
      path: 'tax_rate_configurations', schema: 'TaxRateConfiguration', permission: 'Billing', view: (row) => views.taxRateConfiguration(row),
      list: {
        rows: () => {
          requireMultiTax(firm);
          return firm.taxRateConfigurations.all();
        },
        filters: { include_system: { values: ['true', 'false'], keeps: (row, value) => value === 'true' || !row.isSystem } },
        orders: { name: (row) => row.name, rate: (row) => row.rate },
      },
      find: (id) => {
        requireMultiTax(firm);
        return firm.taxRateConfigurations.get(id);
      },
    }),
  ];
}

function requireMultiTax(firm: Firm): void {
  if (firm.switches.multiTax) return;
  throw firm.switches.taxConfigurationsWhenOff === 404 ? notFound() : new ClioRefusal(403, 'ForbiddenError', 'Multi-Tax is not enabled for this account');
}
