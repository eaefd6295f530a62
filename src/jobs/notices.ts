import type { CursorRecord, SubscriptionRecord } from '../store/records.js';
import type { Store } from '../store/store.js';

const MINUTE = 60_000;
/** A notice may come a little later than a sweep finds what it tells of. */
const LATE_MS = 5 * MINUTE;
/** How long one change that no notice announced makes us doubt. */
export const DOUBT_MS = 6 * 60 * MINUTE;

/** Kept in a cursor: when a catch-up last found a change that no notice had announced. */
export const UNANNOUNCED = 'notices:unannounced';

type Subscription = Pick<SubscriptionRecord, 'state' | 'expiresAt' | 'previousSecret' | 'lastDeliveryAt'>;

/** Every webhook the firm has with Clio is enabled and not over. A firm without any has not been subscribed yet. */
export function noticesFlow(subscriptions: Pick<Subscription, 'state' | 'expiresAt'>[], now: number): boolean {
  return subscriptions.length > 0 && subscriptions.every(({ state, expiresAt }) => state === 'enabled' && expiresAt !== null && Date.parse(expiresAt) > now);
}

/**
 * Whether Clio has stopped telling us of changes: a webhook suspended, over or not set up again, or silence where there was something to
 * tell and nothing has been heard since. The sweeps find what changes all the same, only later. `now` in milliseconds UTC.
 */
export function noticesLapsed(subscriptions: Subscription[], unannounced: Pick<CursorRecord, 'at'> | undefined, now: number): boolean {
  const over = subscriptions.some(({ state, expiresAt, previousSecret }) =>
    state === 'expecting-handshake' ? previousSecret !== null : state !== 'enabled' || (expiresAt !== null && Date.parse(expiresAt) <= now),
  );
  return over || isSilent(subscriptions, unannounced, now);
}

function isSilent(subscriptions: Subscription[], unannounced: Pick<CursorRecord, 'at'> | undefined, now: number): boolean {
  if (!unannounced || subscriptions.length === 0) return false;
  const age = now - Date.parse(unannounced.at);
  return age >= LATE_MS && age < DOUBT_MS && subscriptions.every(({ lastDeliveryAt }) => lastDeliveryAt === null || lastDeliveryAt < unannounced.at);
}

/** For one firm, from what is stored; its reason is NOTICES_LAPSED. */
export async function haveNoticesLapsed(store: Pick<Store, 'subscriptions' | 'cursors'>, firm: string, now: number): Promise<boolean> {
  const [subscriptions, unannounced] = await Promise.all([store.subscriptions.list(firm), store.cursors.get(firm, UNANNOUNCED)]);
  return noticesLapsed(subscriptions, unannounced, now);
}
