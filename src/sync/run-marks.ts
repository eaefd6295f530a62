import { isMarkKind, MARK_KINDS, type MarkKind } from '../jobs/mark-kinds.js';
import { retryAfter } from '../jobs/retry.js';
import type { Held } from '../jobs/lease.js';
import type { Outcome, RunMarks } from '../jobs/worker.js';
import { LeaseLostError, StaleError } from '../store/collection.js';
import { PRIORITY, type Mark } from '../store/store.js';
import { errorText } from '../http/logging.js';
import { lostXero, openFirm, readyToSync, type FirmDeps } from './open-firm.js';
import type { OpenFirm } from './firm-context.js';
import { OTHER_MARKS } from './other-marks.js';
import { showBills } from './show-bills.js';
import { runExpenses } from './run-expenses.js';
import { syncBills, type BillOutcome } from './sync-bills.js';

/** One batch of a leased firm's marks: first what tells us which bills are meant, then the bills together. */
export const createRunMarks = (deps: FirmDeps): RunMarks => async (held: Held, marks: Mark[]): Promise<Outcome[]> => {
  const context = await openFirm(deps, held, marks.some((mark) => mark.priority === PRIORITY.person) ? 'person' : 'background');
  if (!context) return marks.map((mark) => ({ mark, done: false, retry: { until: inAnHour(deps), reason: 'CONN_CLIO_LOST', waits: 'firm' } }));
  const bills = marks.filter((mark) => mark.kind === 'bill' || mark.kind === 'send');
  const expenses = marks.filter((mark) => mark.kind === 'expense');
  const others = marks.filter((mark) => !bills.includes(mark) && !expenses.includes(mark));
  const outcomes: Outcome[] = [];
  for (const kind of MARK_KINDS) outcomes.push(...(await runOthers(context, kind, others.filter((mark) => mark.kind === kind))));
  outcomes.push(...others.filter((mark) => !isMarkKind(mark.kind)).map((mark): Outcome => ({ mark, done: true })));
  if (bills.length > 0) outcomes.push(...(await runBills(context, bills)));
  if (expenses.length > 0) outcomes.push(...(await runExpenses(context, expenses)));
  return outcomes;
};

async function runOthers(context: OpenFirm, kind: MarkKind, marks: Mark[]): Promise<Outcome[]> {
  if (marks.length === 0 || kind === 'bill' || kind === 'send' || kind === 'expense') return [];
  try {
    await OTHER_MARKS[kind](context, marks);
    return marks.map((mark) => ({ mark, done: true }));
  } catch (error) {
    if (error instanceof LeaseLostError || error instanceof StaleError) throw error;
    context.log.warn('marks did not finish', { firm: context.firm.id, kind, count: marks.length, detail: errorText(error) });
    return marks.map((mark) => ({ mark, done: false, retry: retryAfter(error, mark.attempts, context.clock.now()) }));
  }
}

async function runBills(context: OpenFirm, marks: Mark[]): Promise<Outcome[]> {
  const ids = [...new Set(marks.map((mark) => mark.id))];
  const ready = await readyToSync(context);
  const lost = ready ? null : await lostXero(context);
  if (lost) return marks.map((mark) => ({ mark, done: false, retry: { until: inAnHour(context), reason: lost, waits: 'mark' } }));
  if (!ready) {
    await showBills(context, ids);
    return marks.map((mark) => ({ mark, done: true }));
  }
  const approved = new Set(marks.filter((mark) => mark.kind === 'send').map((mark) => mark.id));
  const attempts = Math.max(0, ...marks.map((mark) => mark.attempts));
  const outcomes = await syncApart(ready, ids, approved, attempts);
  return marks.map((mark): Outcome => {
    const outcome = outcomes.get(mark.id);
    return outcome && !outcome.done ? { mark, done: false, retry: outcome.retry } : { mark, done: true };
  });
}

/** Syncs the bills together; when that fails for a reason of a single bill, each alone, so that one bad bill cannot hold up the others. */
async function syncApart(context: Parameters<typeof syncBills>[0], ids: string[], approved: Set<string>, attempts: number): Promise<Map<string, BillOutcome>> {
  try {
    return await syncBills(context, ids, approved);
  } catch (error) {
    if (error instanceof LeaseLostError || error instanceof StaleError) throw error;
    const retry = retryAfter(error, attempts, context.clock.now());
    if (ids.length === 1 || retry.waits === 'firm') {
      context.log.warn('bills did not finish', { firm: context.firm.id, count: ids.length, detail: errorText(error) });
      return new Map(ids.map((id) => [id, { done: false, retry }]));
    }
  }
  const outcomes = new Map<string, BillOutcome>();
  for (const id of ids) for (const [key, outcome] of await syncApart(context, [id], approved, attempts)) outcomes.set(key, outcome);
  return outcomes;
}

const inAnHour = (deps: Pick<FirmDeps, 'clock'>) => new Date(deps.clock.now() + 3_600_000).toISOString();
