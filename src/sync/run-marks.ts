import { isMarkKind, MARK_KINDS, type MarkKind } from '../jobs/mark-kinds.js';
import { retryAfter } from '../jobs/retry.js';
import type { Held } from '../jobs/lease.js';
import type { Outcome, RunMarks } from '../jobs/worker.js';
import { LeaseLostError, StaleError } from '../store/collection.js';
import { PRIORITY, type Mark } from '../store/store.js';
import { errorText } from '../http/logging.js';
import { alone } from './alone.js';
import { atFurtherOrganisations, lostXero, openFirm, readyToSync, type FirmDeps } from './open-firm.js';
import type { Division, OpenFirm } from './firm-context.js';
import { MARKS_ELSEWHERE, OTHER_MARKS } from './other-marks.js';
import { routeCosts } from './route-costs.js';
import { routeBills } from './route-bills.js';
import { showBills } from './show-bills.js';
import { runExpenses } from './run-expenses.js';
import { syncBills, type BillOutcome } from './sync-bills.js';

/** One batch of a leased firm's marks: first what tells us which bills are meant, then the bills together. */
export const createRunMarks = (deps: FirmDeps): RunMarks => async (held: Held, marks: Mark[]): Promise<Outcome[]> => {
  const priority = marks.some((mark) => mark.priority === PRIORITY.person) ? 'person' : 'background';
  const home = await openFirm(deps, held, priority);
  if (!home) return marks.map((mark) => ({ mark, done: false, retry: { until: inAnHour(deps), reason: 'CONN_CLIO_LOST', waits: 'firm' } }));
  const bills = marks.filter((mark) => mark.kind === 'bill' || mark.kind === 'send');
  const expenses = marks.filter((mark) => mark.kind === 'expense');
  const others = marks.filter((mark) => !bills.includes(mark) && !expenses.includes(mark));
  const firm = { home, further: await atFurtherOrganisations(deps, home, priority) };
  const outcomes: Outcome[] = [];
  for (const kind of MARK_KINDS) outcomes.push(...(await runOthers(firm, kind, others.filter((mark) => mark.kind === kind))));
  outcomes.push(...others.filter((mark) => !isMarkKind(mark.kind)).map((mark): Outcome => ({ mark, done: true })));
  if (bills.length > 0) outcomes.push(...(await runBills(firm, bills)));
  if (expenses.length > 0) outcomes.push(...(await runCosts(firm, expenses)));
  return outcomes;
};

/** The firm at the organisation it began with, and at those that came later. */
interface Places {
  home: OpenFirm;
  further: OpenFirm[];
}

async function runOthers({ home, further }: Places, kind: MarkKind, marks: Mark[]): Promise<Outcome[]> {
  if (marks.length === 0 || kind === 'bill' || kind === 'send' || kind === 'expense') return [];
  const elsewhere = MARKS_ELSEWHERE[kind];
  const failures: unknown[] = [];
  for (const run of [() => OTHER_MARKS[kind](home, marks), ...(elsewhere ? further.map((place) => () => elsewhere(place, marks)) : [])]) {
    try {
      await run();
    } catch (error) {
      if (error instanceof LeaseLostError || error instanceof StaleError) throw error;
      home.log.warn('marks did not finish', { firm: home.firm.id, kind, count: marks.length, detail: errorText(error) });
      failures.push(error);
    }
  }
  return marks.map((mark) => (failures.length === 0 ? { mark, done: true } : { mark, done: false, retry: alone(home, failures[0], retryAfter(failures[0], mark.attempts, home.clock.now())) }));
}

/** A bill goes to exactly one organisation, a cost to the organisation of its matter. */
const runBills = (places: Places, marks: Mark[]): Promise<Outcome[]> => runWhereTheyBelong(places, marks, routeBills, runBillsAt);
const runCosts = (places: Places, marks: Mark[]): Promise<Outcome[]> => runWhereTheyBelong(places, marks, routeCosts, runExpenses);

/** Those of one organisation go together; what belongs nowhere has its question already. */
async function runWhereTheyBelong({ home, further }: Places, marks: Mark[], route: (context: OpenFirm, division: Division, ids: string[]) => Promise<Map<string, string>>, run: (place: OpenFirm, own: Mark[]) => Promise<Outcome[]>): Promise<Outcome[]> {
  if (!home.division || further.length === 0) return run(home, marks);
  const goals = await route(home, home.division, [...new Set(marks.map((mark) => mark.id))]);
  const outcomes = marks.filter((mark) => !goals.has(mark.id)).map((mark): Outcome => ({ mark, done: true }));
  for (const place of [home, ...further]) {
    const own = marks.filter((mark) => goals.get(mark.id) === place.organisationId);
    if (own.length > 0) outcomes.push(...(await run(place, own)));
  }
  return outcomes;
}

async function runBillsAt(context: OpenFirm, marks: Mark[]): Promise<Outcome[]> {
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
      return new Map(ids.map((id) => [id, { done: false, retry: alone(context, error, retry) }]));
    }
  }
  const outcomes = new Map<string, BillOutcome>();
  for (const id of ids) for (const [key, outcome] of await syncApart(context, [id], approved, attempts)) outcomes.set(key, outcome);
  return outcomes;
}

const inAnHour = (deps: Pick<FirmDeps, 'clock'>) => new Date(deps.clock.now() + 3_600_000).toISOString();
