import { changeRecord } from '../connections/change-record.js';
import { TakenError, type Draft } from '../store/collection.js';
import type { RunRecord } from '../store/records.js';
import type { Store } from '../store/store.js';

/** Keeps a run's result in place of the one before it. Of two people at once the slower has the last word; neither meets an error. */
export async function replaceRun(store: Store, run: Draft<RunRecord>): Promise<void> {
  const { firm, id, ...fields } = run;
  if (await changeRecord(store.runs, firm, id, () => fields)) return;
  try {
    await store.runs.insert(run);
  } catch (error) {
    if (!(error instanceof TakenError)) throw error;
    await changeRecord(store.runs, firm, id, () => fields);
  }
}
