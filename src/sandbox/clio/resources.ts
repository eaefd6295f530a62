import { activities } from './activities.js';
import { allocations, creditMemos } from './allocations.js';
import { bankAccounts, bankTransactions } from './bank.js';
import { bills } from './bills.js';
import { catalogue } from './catalogue.js';
import { contacts } from './contacts.js';
import { customActions } from './custom-actions.js';
import type { Deliveries } from './deliveries.js';
import type { Firm } from './firm.js';
import { lineItems } from './line-items.js';
import { matters } from './matters.js';
import { notes } from './notes.js';
import { outstandingBalances } from './outstanding-balances.js';
import type { Resource } from './resource.js';
import { tasks } from './tasks.js';
import { users } from './users.js';
import type { Views } from './views.js';
import { webhooks } from './webhooks.js';

/** Everything the API offers, by path. What is not here answers 404, as `/payments` does. */
export function resourcesOf(firm: Firm, views: Views, deliveries: Deliveries): Map<string, Resource> {
  const all = [
    users(firm, views), bills(firm, views), lineItems(firm, views), allocations(firm, views), creditMemos(firm, views), bankAccounts(firm, views),
    bankTransactions(firm, views), contacts(firm, views), matters(firm, views), activities(firm, views), ...catalogue(firm, views),
    outstandingBalances(firm, views), tasks(firm, views), notes(firm, views), customActions(firm, views), webhooks(firm, views, deliveries),
  ];
  return new Map(all.map((resource) => [resource.path, resource]));
}
