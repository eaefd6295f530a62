import { errorText } from '../http/logging.js';
import { retryAfter, type Retry } from '../jobs/retry.js';
import type { Outcome } from '../jobs/worker.js';
import { LeaseLostError, StaleError } from '../store/collection.js';
import { newestSettings } from '../store/settings-of.js';
import type { Mark } from '../store/store.js';
import { alone } from './alone.js';
import type { OpenFirm, SyncContext } from './firm-context.js';
import { readyToSync } from './open-firm.js';
import { syncExpenses } from './sync-expenses.js';
import type { BillOutcome } from './sync-bills.js';

const HOUR_MS = 3_600_000;

/** Owed costs of a firm. While nothing may be written they stay owed, since nothing else remembers them. */
export async function runExpenses(context: OpenFirm, marks: Mark[]): Promise<Outcome[]> {
  const ready = await readyToSync(context);
  if (!ready) {
    const isSetUp = (await newestSettings(context.store, context.firm.id, context.further)) !== undefined;
    return marks.map((mark): Outcome => (isSetUp ? { mark, done: false, retry: later(context, 'ORG_NOT_CONNECTED') } : { mark, done: true }));
  }
  if (ready.settings.mode === 'paused') return marks.map((mark) => ({ mark, done: false, retry: later(context, 'PAUSED') }));
  const outcomes = await syncApart(ready, [...new Set(marks.map((mark) => mark.id))], Math.max(0, ...marks.map((mark) => mark.attempts)));
  return marks.map((mark): Outcome => {
    const outcome = outcomes.get(mark.id);
    return outcome && !outcome.done ? { mark, done: false, retry: outcome.retry } : { mark, done: true };
  });
}

/** Together; and when that fails for a reason of a single cost, each alone. */
async function syncApart(context: SyncContext, ids: string[], attempts: number): Promise<Map<string, BillOutcome>> {
  try {
    return await syncExpenses(context, ids);
  } catch (error) {
    if (error instanceof LeaseLostError || error instanceof StaleError) throw error;
    const retry = retryAfter(error, attempts, context.clock.now());
    context.log.warn('costs did not finish', { firm: context.firm.id, count: ids.length, detail: errorText(error) });
    if (ids.length === 1 || retry.waits === 'firm') return new Map(ids.map((id) => [id, { done: false, retry: alone(context, error, retry) }]));
  }
  const outcomes = new Map<string, BillOutcome>();
  for (const id of ids) for (const [key, outcome] of await syncApart(context, [id], attempts)) outcomes.set(key, outcome);
  return outcomes;
}

const later = (context: OpenFirm, reason: Retry['reason']): Retry => ({ until: new Date(context.clock.now() + HOUR_MS).toISOString(), reason, waits: 'mark' });
