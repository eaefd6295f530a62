import { z } from 'zod';
import type { Reason } from '../core/reasons.js';
import { hasTrustRights, isStillInClio, roleOf } from '../store/role-of.js';
import type { FirmRecord, MailChoice } from '../store/records.js';

/** Which of a firm's people an alert is for. */
type Audience = 'admins' | 'bookkeepers' | 'trust';

/** What is told at once, and to whom; every other question waits for the daily letter. */
export function toldAtOnce(reason: Reason): Audience[] {
  if (reason.startsWith('CONN_') || reason === 'NATIVE_SYNC_ACTIVE') return ['admins'];
  if (reason.startsWith('TRUST_') && reason !== 'TRUST_REQUEST') return ['trust', 'admins'];
  return reason === 'TOTAL_MISMATCH' ? ['admins', 'bookkeepers'] : [];
}

export interface Reader {
  userId: string;
  name: string;
  email: string;
  choice: MailChoice;
}

const Email = z.email();

/** Everybody of the firm who may be written to now: they signed in here, still use Clio, and Clio knows their address. */
function readers(firm: FirmRecord): Reader[] {
  return Object.entries(firm.people).flatMap(([userId, { name, email }]) => {
    const address = Email.safeParse(email);
    return address.success && isStillInClio(firm, userId) ? [{ userId, name, email: address.data, choice: firm.mail?.[userId] ?? ('all' as const) }] : [];
  });
}

const isOf = (firm: FirmRecord, audience: Audience, userId: string): boolean =>
  audience === 'trust' ? hasTrustRights(firm, userId) : roleOf(firm, userId) === (audience === 'admins' ? 'admin' : 'bookkeeper');

/** Those an alert of this reason is for, who wish to be told at once. */
export const readersAtOnce = (firm: FirmRecord, reason: Reason): Reader[] =>
  readers(firm).filter(({ userId, choice }) => choice === 'all' && toldAtOnce(reason).some((audience) => isOf(firm, audience, userId)));

/** The daily letter is for bookkeepers, and where there is none for administrators; and for whoever of both asked for it instead of single letters. */
export function readersOfDigest(firm: FirmRecord): Reader[] {
  const daily: Audience = Object.keys(firm.people).some((userId) => roleOf(firm, userId) === 'bookkeeper') ? 'bookkeepers' : 'admins';
  const mayRead = ({ userId }: Reader) => isOf(firm, 'admins', userId) || isOf(firm, 'bookkeepers', userId);
  return readers(firm).filter((reader) => (reader.choice === 'all' && isOf(firm, daily, reader.userId)) || (reader.choice === 'digest' && mayRead(reader)));
}
