import type { FirmRecord } from './records.js';

export type Role = 'admin' | 'bookkeeper' | 'viewer';

const RANK: Record<Role, number> = { viewer: 0, bookkeeper: 1, admin: 2 };

export const mayActAs = (role: Role, needed: Role): boolean => RANK[role] >= RANK[needed];

/** What a person may do here: the role an administrator gave them, else what follows from their roles in Clio; null for who is not of the firm. */
export function roleOf(firm: FirmRecord, userId: string): Role | null {
  if (!firm.people[userId]) return null;
  return firm.rights?.[userId]?.role ?? roleFromClio(firm, userId);
}

/**
 * Clio does not list its role names (inferred: they contain `admin`, `billing`, `accounts`), so in a firm where nobody is known as an
 * administrator everybody counts as one: somebody must be able to set up.
 */
export function roleFromClio(firm: FirmRecord, userId: string): Role {
  const isAdmin = (id: string) => (firm.people[id]?.roles ?? []).some((each) => /admin/i.test(each));
  const someoneIs = Object.keys(firm.people).some((id) => (firm.rights?.[id]?.role ?? null) === 'admin' || isAdmin(id));
  if (isAdmin(userId) || !someoneIs) return 'admin';
  return (firm.people[userId]?.roles ?? []).some((each) => /billing|account/i.test(each)) ? 'bookkeeper' : 'viewer';
}

/** Trust rights follow from no role, in Clio or here: an administrator gives them to each person by name. */
export const hasTrustRights = (firm: FirmRecord, userId: string): boolean => firm.people[userId] !== undefined && firm.rights?.[userId]?.trust === true;

/** False once Clio, asked after the person signed in, no longer names them among its enabled users. */
export function isStillInClio({ people, inClio }: FirmRecord, userId: string): boolean {
  const signedInAt = people[userId]?.lastSeenAt ?? '';
  return !inClio || inClio.readAt < signedInAt || inClio.userIds.includes(userId);
}
