import type { Settings } from '../../core/settings.js';
import { instantOf } from '../../http/clock.js';
import { TRIAL_ID } from '../../store/settings-schema.js';
import type { WebDeps } from '../deps.js';
import { replaceRun } from '../replace-run.js';

/** Keeps settings for the worker to plan with; they are in force nowhere. */
export async function keepTrial(deps: Pick<WebDeps, 'store' | 'clock'>, firm: string, settings: Settings): Promise<void> {
  const now = instantOf(deps.clock);
  await replaceRun(deps.store, { firm, id: TRIAL_ID, kind: 'trial', startedAt: now, endedAt: now, result: settings });
}
