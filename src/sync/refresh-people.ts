import type { ClioUser } from '../clio/clio.js';
import { changeRecord } from '../connections/change-record.js';
import type { FirmRecord } from '../store/records.js';
import { nowOf, type FirmContext } from './firm-context.js';

/** Keeps who may use Clio now, and in which roles: whoever was disabled there, or lost a role, has no more rights here. Two calls. */
export async function refreshPeople({ clio, store, firm, clock }: FirmContext): Promise<ClioUser[]> {
  const users = await clio.users();
  const userIds = users.filter((user) => user.enabled).map((user) => user.clioId);
  await changeRecord(store.firms, '*', firm.id, ({ people }) => ({ inClio: { userIds, readAt: nowOf({ clock }) }, people: withRolesOf(users, people) }));
  return users;
}

/** A list that names no roles says nothing about them. */
function withRolesOf(users: ClioUser[], people: FirmRecord['people']): FirmRecord['people'] {
  const roles = new Map(users.flatMap((user) => (user.roles.length > 0 ? [[user.clioId, user.roles] as const] : [])));
  return Object.fromEntries(Object.entries(people).map(([id, person]) => [id, { ...person, roles: roles.get(id) ?? person.roles }]));
}
