import { fields, type FieldsOf } from '../../src/clio/fields.js';
import { checkExchanges } from './check-exchanges.js';
import { describeWithFiles } from './described.js';

/** Where each list of names is sent. `taxRates` asks for what came after the April file. */
const PATHS: Record<Exclude<FieldsOf, 'taxRates'>, string> = {
  whoAmI: 'users/who_am_i', users: 'users', bills: 'bills', billIds: 'bills', billCurrency: 'bills', billGuard: 'bills/7', lines: 'line_items', activities: 'activities',
  expenses: 'activities', matterNumbers: 'matters', matters: 'matters', allocations: 'allocations', allocationIds: 'allocations', creditMemos: 'credit_memos', contacts: 'contacts', bankAccounts: 'bank_accounts',
  billingSettings: 'settings/billing', expenseCategories: 'expense_categories', workCategories: 'activity_descriptions', practiceAreas: 'practice_areas', openMatters: 'matters', tasks: 'tasks', webhooks: 'webhooks', newWebhook: 'webhooks', customActions: 'custom_actions',
};

describeWithFiles('the fields Tieout asks Clio for', () => {
  test.each(Object.entries(PATHS))('%s: all are in the file, none nested too deep', (name, path) => {
    const lists = Object.entries(fields).flatMap(([each, texts]) => (each === name ? texts : []));
    expect(lists.length).toBeGreaterThan(0);
    const asked = lists.map((list) => ({
      vendor: 'clio' as const, at: 0, method: 'GET', path: `/api/v4/${path}.json`, query: `fields=${list}`, requestHeaders: {}, requestBody: '',
      status: 200, responseHeaders: {}, responseBody: path.includes('/') ? '{"data":{}}' : '{"data":[]}',
    }));
    expect(checkExchanges(asked).faults).toEqual([]);
  });
});
