import type { Firm } from './firm.js';
import { containing, flag, oneOf } from './listing.js';
import type { UserRecord } from './records.js';
import { resource, type Resource } from './resource.js';
import type { Views } from './views.js';

export function users(firm: Firm, views: Views): Resource {
  return resource<UserRecord>({
    path: 'users', schema: 'User', permission: 'Users', view: (user) => views.user(user),
    list: {
      rows: () => firm.users.all(), maximum: 2000,
      filters: {
        enabled: flag((user) => user.enabled),
        name: containing((user) => `${user.firstName} ${user.lastName}`),
        role: { values: ['admin', 'accounts', 'billing', 'reports'], keeps: (user, role) => user.roles.includes(role) },
        subscription_type: oneOf(['attorney', 'nonattorney'], (user) => user.subscription.toLowerCase()),
      },
      orders: { name: (user) => user.firstName, first_name: (user) => user.firstName, last_name: (user) => user.lastName },
    },
    find: (id) => firm.users.get(id),
  });
}
