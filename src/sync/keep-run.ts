import type { Draft } from '../store/collection.js';
import type { RunRecord } from '../store/records.js';
import type { FirmContext } from './firm-context.js';

/** Keeps what a run of the firm has found; the one before it under the same id is replaced. */
export async function keepRun({ store, firm, held }: FirmContext, run: Omit<Draft<RunRecord>, 'firm'>): Promise<void> {
  const known = await store.runs.get(firm.id, run.id);
  if (known) await store.runs.replace({ ...known, ...run }, held.epoch);
  else await store.runs.insert({ firm: firm.id, ...run }, held.epoch);
}
