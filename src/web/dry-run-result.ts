import type { Rehearsed } from '../core/rehearse.js';
import { atPlace } from '../jobs/mark-kinds.js';
import { DRY_RUN_ID, parseDryRun } from '../store/dry-run-schema.js';
import { newestRoute } from '../store/route-of.js';
import { drySums, type DrySum } from './dry-run-sums.js';
import type { WebDeps } from './deps.js';
import { namesWhenSeveral } from './organisations/organisation-list.js';

/** What was rehearsed for one organisation. */
interface DryPlace {
  /** Null for a firm with one organisation. */
  organisation: string | null;
  bills: number;
  /** Not connected or not set up: its bills wait. */
  waits: boolean;
  sums: DrySum[];
}

export type DryRow = Rehearsed & { organisation: string | null };

/** A firm's dry run over all its organisations, added up for each. */
export interface DryRunResult {
  startedAt: string;
  endedAt: string | null;
  bills: number;
  done: number;
  places: DryPlace[];
  rows: DryRow[];
}

/** The newest dry run; null while there was none. The run of the organisation the firm began with stands for all. */
export async function dryRunResult(store: WebDeps['store'], firm: string): Promise<DryRunResult | null> {
  const record = await store.runs.get(firm, DRY_RUN_ID);
  if (!record) return null;
  const names = await namesWhenSeveral(store, firm);
  const home = (await newestRoute(store, firm))?.route.home;
  const total: DryRunResult = { startedAt: record.startedAt, endedAt: record.endedAt, bills: 0, done: 0, places: [], rows: [] };
  for (const [id, name] of names ? [...names] : [[null, null] as const]) {
    const own = id === null || id === home ? record : await store.runs.get(firm, atPlace(DRY_RUN_ID, id));
    // A run made for the organisation earlier, when the firm had other rules, says nothing about this one.
    if (!own || own.startedAt < record.startedAt) continue;
    const { bills, done, rows, unplaced } = parseDryRun(own.result);
    total.bills += bills + unplaced.length;
    total.done += done + unplaced.length;
    total.places.push({ organisation: name, bills, waits: own.endedAt !== null && done < bills, sums: drySums(rows) });
    total.rows.push(...rows.map((row) => ({ ...row, organisation: name })), ...unplaced.map((row) => ({ ...row, organisation: null })));
  }
  total.rows.sort((a, b) => b.issuedOn.localeCompare(a.issuedOn));
  return total;
}
