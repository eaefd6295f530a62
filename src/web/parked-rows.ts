import { z } from 'zod';
import { noteActivity } from '../connections/note-activity.js';
import { titleOf, type Reason } from '../core/reasons.js';
import type { Rehearsed } from '../core/rehearse.js';
import { instantOf } from '../http/clock.js';
import { PARKED_ROWS_ID, parseParkedRows, type ParkedRow } from '../store/parked-rows-schema.js';
import type { WebDeps } from './deps.js';
import { askedIn } from './hold-view.js';
import { replaceRun } from './replace-run.js';

type Row = Pick<Rehearsed, 'billId' | 'number' | 'outcome' | 'reason' | 'facts'>;

export const needsSomebody = (row: Pick<Rehearsed, 'outcome'>): boolean => row.outcome === 'needs-you';

const askedOf = ({ reason, facts }: Row): string => askedIn({ reason: reason ?? 'UNEXPECTED', facts });

/** Who parked a row; null for one that nobody did, or that asks something else by now. */
export async function whoParked(store: WebDeps['store'], firm: string): Promise<(row: Row) => string | null> {
  const parked = new Map((await parkedRows(store, firm)).map((each) => [each.billId, each]));
  return (row) => {
    const found = parked.get(row.billId);
    return found?.asked === askedOf(row) ? found.by : null;
  };
}

async function parkedRows(store: WebDeps['store'], firm: string): Promise<ParkedRow[]> {
  const record = await store.runs.get(firm, PARKED_ROWS_ID);
  return record ? parseParkedRows(record.result) : [];
}

/** Parks the rows that were ticked; each stands in the account by its number. Nothing about the bills themselves changes: they wait with their questions. */
export async function parkRows(deps: Pick<WebDeps, 'store' | 'clock'>, { firm, by, rows }: { firm: string; by: string; rows: Row[] }): Promise<void> {
  const at = instantOf(deps.clock);
  const earlier = (await parkedRows(deps.store, firm)).filter((each) => !rows.some((row) => row.billId === each.billId));
  const result = { rows: [...earlier, ...rows.map((row): ParkedRow => ({ billId: row.billId, asked: askedOf(row), by, at }))] };
  await replaceRun(deps.store, { firm, id: PARKED_ROWS_ID, kind: 'dry-run-parked', startedAt: at, endedAt: at, result });
  for (const row of rows) await noteActivity(deps, { firm, by, what: 'row-parked', billId: row.billId, text: `${by} let bill ${row.number} wait, to go live without it: “${wordsOf(row.reason)}”.` });
}

const wordsOf = (reason: Reason | null): string => titleOf(reason ?? 'UNEXPECTED', {});

const Ticked = z.object({ bill: z.union([z.string().transform((one) => [one]), z.array(z.string())]) });

/** Bills ticked in a posted form. */
export function tickedBills(body: unknown): string[] {
  const form = Ticked.safeParse(body);
  return form.success ? form.data.bill : [];
}
