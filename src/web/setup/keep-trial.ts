import { changeRecord } from '../../connections/change-record.js';
import type { Settings } from '../../core/settings.js';
import { instantOf } from '../../http/clock.js';
import { TakenError } from '../../store/collection.js';
import { TRIAL_ID } from '../../store/settings-schema.js';
import type { WebDeps } from '../deps.js';

/** Keeps settings for the worker to plan with; they are in force nowhere. */
export async function keepTrial(deps: Pick<WebDeps, 'store' | 'clock'>, firm: string, settings: Settings): Promise<void> {
  const now = instantOf(deps.clock);
  const change = () => changeRecord(deps.store.runs, firm, TRIAL_ID, () => ({ startedAt: now, endedAt: now, result: settings }));
  if (await change()) return;
  try {
    await deps.store.runs.insert({ firm, id: TRIAL_ID, kind: 'trial', startedAt: now, endedAt: now, result: settings });
  } catch (error) {
    if (!(error instanceof TakenError)) throw error;
    await change();
  }
}
