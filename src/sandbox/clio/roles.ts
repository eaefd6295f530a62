import { forbidden } from './errors.js';
import type { UserRecord } from './records.js';

/** What a role may do is told by Clio's settings pages only; this coarse rule is inferred. */
export function requireRole(user: UserRecord, ...roles: string[]): void {
  if (!user.owner && !roles.some((role) => user.roles.includes(role))) throw forbidden();
}
