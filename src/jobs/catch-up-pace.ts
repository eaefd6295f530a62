import type { CursorRecord, SubscriptionRecord } from '../store/records.js';
import { DOUBT_MS, noticesFlow } from './notices.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** While notices arrive, looking is only a second pair of eyes: 48 calls a day to Xero, of the 1,000 its smallest plan allows. */
const WITH_NOTICES_MS = HOUR;
/** While they do not, it is the only one: at most 288. */
const WITHOUT_NOTICES_MS = 10 * MINUTE;

/** What is left of the day goes to bills first: below half of it we look less often, below a tenth hardly ever. */
const SPARING = [
  { below: 0.1, everyMs: 2 * HOUR },
  { below: 0.5, everyMs: 30 * MINUTE },
];
/** When a vendor's day starts anew is not known, so what was left of it is believed no longer than this. */
const DAY_IS_BELIEVED_MS = 3 * HOUR;

/** Kept in a cursor: the share of the day's calls that was left at the last catch-up, in hundredths. Of several organisations, the least. */
export const DAY_LEFT = 'xero:day-left';

/** How long to wait between two catch-ups, in milliseconds. `now` in milliseconds UTC. */
export function catchUpEveryMs(subscriptions: Pick<SubscriptionRecord, 'state' | 'expiresAt'>[], unannounced: Pick<CursorRecord, 'at'> | undefined, dayLeft: Pick<CursorRecord, 'at' | 'position'> | undefined, now: number): number {
  const doubted = unannounced !== undefined && now - Date.parse(unannounced.at) < DOUBT_MS;
  const wanted = !doubted && noticesFlow(subscriptions, now) ? WITH_NOTICES_MS : WITHOUT_NOTICES_MS;
  if (!dayLeft?.position || now - Date.parse(dayLeft.at) >= DAY_IS_BELIEVED_MS) return wanted;
  const share = Number(dayLeft.position) / 100;
  return Math.max(wanted, SPARING.find(({ below }) => share < below)?.everyMs ?? 0);
}
