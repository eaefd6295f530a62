import { noteActivity } from '../connections/note-activity.js';
import type { Settings } from '../core/settings.js';
import { instantOf } from '../http/clock.js';
import { TakenError } from '../store/collection.js';
import type { SettingsRecord } from '../store/records.js';
import { settingsId, versionOf } from '../store/settings-of.js';
import type { WebDeps } from './deps.js';
import { Problem } from './problem.js';

/** Somebody else saved a version since the one this person was looking at. */
export class SavedMeanwhile extends Problem {
  constructor() {
    super({ status: 409, title: 'Somebody else saved the settings meanwhile', text: 'Nothing of yours was saved. Look at the newer settings and make your changes again.', action: { label: 'Open settings', href: '/settings' } });
  }
}

/**
 * Adds a version of the firm's settings; the one in force before stays in the history. `after` is the version the person was looking at: when
 * somebody else saved meanwhile, nothing is overwritten and `SavedMeanwhile` says so.
 */
export async function saveSettings(deps: Pick<WebDeps, 'store' | 'clock'>, request: { firm: string; further?: string | null; by: string; body: Settings; note: string; after: string | null }): Promise<SettingsRecord> {
  const version = (request.after === null ? 0 : versionOf(request.after)) + 1;
  const id = settingsId(request.further ?? null, version);
  try {
    const saved = await deps.store.settings.insert({ firm: request.firm, id, body: request.body, by: request.by, at: instantOf(deps.clock), note: request.note });
    await noteActivity(deps, { firm: request.firm, by: request.by, what: 'settings-saved', text: `${request.by} ${request.note} (version ${version}).` });
    return saved;
  } catch (error) {
    if (!(error instanceof TakenError)) throw error;
    throw new SavedMeanwhile();
  }
}
