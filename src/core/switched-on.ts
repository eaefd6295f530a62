import type { Instant } from './calendar.js';
import type { Settings } from './settings.js';

/**
 * When something was last switched on and stayed so; null while it is off. Costs are carried from then on only: what came before, people
 * entered by hand. `versions` newest first.
 */
export function switchedOnAt(versions: readonly { settings: Settings; at: Instant }[], isOn: (costs: Settings['costs']) => boolean): Instant | null {
  let since: Instant | null = null;
  for (const { settings, at } of versions) {
    if (!isOn(settings.costs)) break;
    since = at;
  }
  return since;
}

export const exportsCosts = (costs: Settings['costs']): boolean => costs.hard !== 'off';
export const importsCosts = (costs: Settings['costs']): boolean => costs.importFromXero;

/** Xero's permission to read and write money spent is needed. */
export const needsBankRights = (costs: Settings['costs']): boolean => costs.hard === 'spend' || costs.importFromXero;
