import { changeRecord } from '../connections/change-record.js';
import { noteActivity } from '../connections/note-activity.js';
import type { FirmRecord } from '../store/records.js';
import { roleOf, type Role } from '../store/role-of.js';
import type { WebDeps } from './deps.js';
import { Problem } from './problem.js';

export const ROLE_WORDS: Record<Role, string> = { admin: 'Administrator', bookkeeper: 'Bookkeeper', viewer: 'Viewer' };

interface Given {
  firm: string;
  by: string;
  to: { userId: string; name: string };
  /** Null leaves it to Clio. */
  role: Role | null;
  trust: boolean;
}

/** Gives or takes what a person may do here. Throws a `Problem` when nobody could administer the firm afterwards. */
export async function giveRights(deps: Pick<WebDeps, 'store' | 'clock'>, given: Given): Promise<void> {
  const { userId, name } = given.to;
  const changes: { before: string; after: string }[] = [];
  await changeRecord(deps.store.firms, '*', given.firm, (firm: FirmRecord) => {
    const rights = { ...firm.rights, [userId]: { role: given.role, trust: given.trust } };
    if (isAdministered(firm) && !isAdministered({ ...firm, rights })) throw lastOne(name);
    const [before, after] = [inWords(firm, userId), inWords({ ...firm, rights }, userId)];
    changes.splice(0, 1, { before, after });
    return before === after ? null : { rights };
  });
  const [change] = changes;
  if (change && change.before !== change.after) await noteActivity(deps, { firm: given.firm, by: given.by, what: 'rights-given', text: `${given.by} changed what ${name} may do.`, ...change });
}

/** Somebody who signed in and still counts as an administrator by role, not for want of one. */
const isAdministered = (firm: FirmRecord): boolean =>
  Object.entries(firm.people).some(([id, person]) => (firm.rights?.[id]?.role ?? null) === 'admin' || ((firm.rights?.[id]?.role ?? null) === null && person.roles.some((each) => /admin/i.test(each))));

function inWords(firm: FirmRecord, userId: string): string {
  const rights = firm.rights?.[userId];
  const role = rights?.role ? ROLE_WORDS[rights.role] : `as in Clio${firm.people[userId] ? ` (${ROLE_WORDS[roleOf(firm, userId) ?? 'viewer']})` : ''}`;
  return `${role}${rights?.trust ? ', with trust rights' : ', without trust rights'}`;
}

const lastOne = (name: string) =>
  new Problem({ status: 409, title: 'Somebody has to administer Tieout', text: `${name} is the last administrator. Make somebody else one first; nothing was changed.`, action: { label: 'Back to people', href: '/people' } });
