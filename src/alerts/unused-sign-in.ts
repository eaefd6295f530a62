import type { ConnectionRecord } from '../store/records.js';

const DAY_MS = 86_400_000;
/** Xero forgets a sign-in nobody used for 60 days (xero-api 2.2); these many days before it is told, and told again. */
const TOLD_AT = [55, 45] as const;

/** For how many days nothing has renewed a live sign-in with Xero, and for which of the thresholds that is; null while it is no reason to tell anybody. */
export function unusedFor(connection: Pick<ConnectionRecord, 'side' | 'state' | 'refreshedAt'>, now: number): { unused: number; told: number } | null {
  if (connection.side !== 'xero' || connection.state !== 'live') return null;
  const unused = Math.floor((now - Date.parse(connection.refreshedAt)) / DAY_MS);
  const told = TOLD_AT.find((days) => unused >= days);
  return told === undefined ? null : { unused, told };
}
