import { spokenDate } from '../dates.js';
import { Refusal } from '../refusal.js';
import type { World } from '../world.js';
import type { Organisation } from './organisation.js';

/** Refuses a date in a closed period. That payments are held to the same dates, with the same words, is inferred. */
export function refuseLocked(world: World, organisation: Organisation, date: string): void {
  const { periodLockDate, endOfYearLockDate } = organisation.facts;
  const closed = (lock: string | undefined): lock is string => lock !== undefined && (world.switches.lockDateItself === 'closed' ? date <= lock : date < lock);
  if (closed(endOfYearLockDate)) throw new Refusal([`The document date cannot be before the end of year lock date, currently set at ${spokenDate(endOfYearLockDate)}`]);
  if (closed(periodLockDate)) throw new Refusal([`The document date cannot be before the period lock date, currently set at ${spokenDate(periodLockDate)}`]);
}
