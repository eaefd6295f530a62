import type { FirmRecord } from '../store/records.js';

export type Role = 'admin' | 'bookkeeper' | 'viewer';

const RANK: Record<Role, number> = { viewer: 0, bookkeeper: 1, admin: 2 };

export const mayActAs = (role: Role, needed: Role): boolean => RANK[role] >= RANK[needed];

/**
 * What a person may do here follows from the roles they hold in Clio. Clio does not list its role names (inferred: they contain `admin`,
 * `billing`, `accounts`), so in a firm where nobody is known as an administrator everybody counts as one: somebody must be able to set up.
 */
export function roleOf(firm: FirmRecord, userId: string): Role | null {
  const person = firm.people[userId];
  if (!person) return null;
  const isAdmin = (roles: string[]) => roles.some((each) => /admin/i.test(each));
  if (isAdmin(person.roles) || !Object.values(firm.people).some((each) => isAdmin(each.roles))) return 'admin';
  return person.roles.some((each) => /billing|account/i.test(each)) ? 'bookkeeper' : 'viewer';
}
