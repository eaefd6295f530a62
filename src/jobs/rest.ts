import { PRIORITY, type Mark, type Rest } from '../store/store.js';

/**
 * How long a record rests after it was looked at: not at all the first times, then longer each time when it is wanted again soon after. A storm
 * of notices about one bill so costs a few looks, and whoever changes a bill now and then does not wait. Each divides the next, so that all
 * that rests is due in the same moments and is read with the same calls.
 */
const RESTS_MS = [0, 0, 10_000, 60_000, 120_000];
const SOON_MS = 30_000;
/** What has been wanted by nobody for so long after its rest begins anew. */
const CALM_MS = 120_000;

type Looked = Pick<Mark, 'priority' | 'firstWantedAt' | 'restUntil' | 'restless'>;

/**
 * The rest of a mark that was looked at in this company: what is looked at together rests together, as long as the most wanted of it, and so is
 * due in the same moment again. `now` in milliseconds UTC.
 */
export function restAmong(looked: Looked[], now: number): (mark: Looked) => Rest {
  const longest = looked.map((mark) => restAfter(mark, now)).sort((a, b) => b.restless - a.restless)[0];
  return (mark) => (longest === undefined || mark.priority === PRIORITY.person ? restAfter(mark, now) : longest);
}

/** What a person asked for says nothing about a storm. */
function restAfter({ priority, firstWantedAt, restUntil, restless }: Looked, now: number): Rest {
  const calmFor = restUntil === null || priority === PRIORITY.person ? Infinity : Date.parse(firstWantedAt) - Date.parse(restUntil);
  const restlessNow = calmFor >= CALM_MS ? 0 : Math.min(calmFor < SOON_MS ? restless + 1 : restless, RESTS_MS.length - 1);
  const length = RESTS_MS[restlessNow] ?? 0;
  return { until: new Date(length === 0 ? now : (Math.floor(now / length) + 1) * length).toISOString(), restless: restlessNow };
}
