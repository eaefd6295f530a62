import type { CursorRecord, SubscriptionRecord } from '../store/records.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** While notices arrive, looking is only a second pair of eyes: 48 calls a day to Xero, of the 1,000 its smallest plan allows. */
const WITH_NOTICES_MS = HOUR;
/** While they do not, it is the only one: at most 288. */
const WITHOUT_NOTICES_MS = 10 * MINUTE;
/** How long one change that no notice announced makes us look often. */
const DOUBT_MS = 6 * HOUR;

/** Kept in a cursor: when a catch-up last found a change that no notice had announced. */
export const UNANNOUNCED = 'notices:unannounced';

/** How long to wait between two catch-ups, in milliseconds. `now` in milliseconds UTC. */
export function catchUpEveryMs(subscriptions: Pick<SubscriptionRecord, 'state' | 'expiresAt'>[], unannounced: Pick<CursorRecord, 'at'> | undefined, now: number): number {
  if (unannounced && now - Date.parse(unannounced.at) < DOUBT_MS) return WITHOUT_NOTICES_MS;
  return noticesFlow(subscriptions, now) ? WITH_NOTICES_MS : WITHOUT_NOTICES_MS;
}

/** Every webhook the firm has with Clio is enabled and not over. A firm without any has not been subscribed yet. */
export function noticesFlow(subscriptions: Pick<SubscriptionRecord, 'state' | 'expiresAt'>[], now: number): boolean {
  return subscriptions.length > 0 && subscriptions.every(({ state, expiresAt }) => state === 'enabled' && expiresAt !== null && Date.parse(expiresAt) > now);
}
