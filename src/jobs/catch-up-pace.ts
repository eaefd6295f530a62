import type { CursorRecord, SubscriptionRecord } from '../store/records.js';
import { DOUBT_MS, noticesFlow } from './notices.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** While notices arrive, looking is only a second pair of eyes: 48 calls a day to Xero, of the 1,000 its smallest plan allows. */
const WITH_NOTICES_MS = HOUR;
/** While they do not, it is the only one: at most 288. */
const WITHOUT_NOTICES_MS = 10 * MINUTE;

/** How long to wait between two catch-ups, in milliseconds. `now` in milliseconds UTC. */
export function catchUpEveryMs(subscriptions: Pick<SubscriptionRecord, 'state' | 'expiresAt'>[], unannounced: Pick<CursorRecord, 'at'> | undefined, now: number): number {
  if (unannounced && now - Date.parse(unannounced.at) < DOUBT_MS) return WITHOUT_NOTICES_MS;
  return noticesFlow(subscriptions, now) ? WITH_NOTICES_MS : WITHOUT_NOTICES_MS;
}
