import { changeRecord } from '../../connections/change-record.js';
import { noteActivity } from '../../connections/note-activity.js';
import { instantOf } from '../../http/clock.js';
import { TakenError } from '../../store/collection.js';
import type { RunRecord } from '../../store/records.js';
import { parseSetUpDraft, SET_UP_ID, type SetUpDraft } from '../../store/set-up-schema.js';
import type { Store } from '../../store/store.js';
import type { WebDeps } from '../deps.js';
import type { Step } from './steps.js';

const NOTHING_YET: SetUpDraft = { answers: {}, finished: {} };

export async function draftOf(store: Store, firm: string): Promise<SetUpDraft> {
  const run = await store.runs.get(firm, SET_UP_ID);
  return run ? parseSetUpDraft(run.result) : NOTHING_YET;
}

/** Keeps one step's answers; those of other steps stay as whoever gave them left them. */
export async function finishStep(deps: Pick<WebDeps, 'store' | 'clock'>, request: { firm: string; by: string; step: Step; answers: Record<string, string> }): Promise<void> {
  const { firm, by, step, answers } = request;
  const at = instantOf(deps.clock);
  const added = (to: SetUpDraft): SetUpDraft => ({ answers: { ...to.answers, ...answers }, finished: { ...to.finished, [step.name]: { by, at } } });
  const change = () => changeRecord(deps.store.runs, firm, SET_UP_ID, (run: RunRecord) => ({ result: added(parseSetUpDraft(run.result)) }));
  if (!(await change())) {
    try {
      await deps.store.runs.insert({ firm, id: SET_UP_ID, kind: 'set-up', startedAt: at, endedAt: null, result: added(NOTHING_YET) });
    } catch (error) {
      if (!(error instanceof TakenError)) throw error;
      await change();
    }
  }
  await noteActivity(deps, { firm, by, what: 'set-up-step', text: `${by} finished “${step.title}” in set-up.` });
}
