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

/** `now` in milliseconds UTC. What a person asked for says nothing about a storm. */
export function restAfter({ priority, firstWantedAt, restUntil, restless }: Pick<Mark, 'priority' | 'firstWantedAt' | 'restUntil' | 'restless'>, now: number): Rest {
  const calmFor = restUntil === null || priority === PRIORITY.person ? Infinity : Date.parse(firstWantedAt) - Date.parse(restUntil);
  const restlessNow = calmFor >= CALM_MS ? 0 : Math.min(calmFor < SOON_MS ? restless + 1 : restless, RESTS_MS.length - 1);
  const length = RESTS_MS[restlessNow] ?? 0;
  return { until: new Date(length === 0 ? now : (Math.floor(now / length) + 1) * length).toISOString(), restless: restlessNow };
}

/**
 * In a storm everything that is part of it rests as long as the most wanted: until when, and since when it must have been restless to count.
 * Null where there is none. Else each record keeps a time of its own, and every time costs its calls.
 */
export function stormIn(rests: Rest[], now: number): { until: string; since: string } | null {
  const longest = rests.filter(({ restless }) => (RESTS_MS[restless] ?? 0) > 0).map(({ until }) => until).sort().at(-1);
  return longest === undefined ? null : { until: longest, since: new Date(now - CALM_MS).toISOString() };
}
