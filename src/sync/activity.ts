import { TakenError, type Draft } from '../store/collection.js';
import type { ActivityRecord, LinkRecord } from '../store/records.js';
import { nowOf, type Keeping } from './firm-context.js';

type Line = Draft<ActivityRecord>;

const KEEP_YEARS = 7;

export interface ActivityLine {
  /** Short name of the event: `invoice-created`, `hold-opened` … */
  what: string;
  text: string;
  billId?: string | null;
  by?: string;
  before?: string | null;
  after?: string | null;
}

/** One line of the append-only account of what was done; ids sort by time. */
export async function note(context: Keeping, line: ActivityLine): Promise<void> {
  await context.store.activity.insert(lineOf(context, line, null), context.held.epoch);
}

/** As it is kept. `link`: the link it tells of. */
export function lineOf(context: Keeping, line: ActivityLine, link: Line['link']): Line {
  const at = nowOf(context);
  return {
    firm: context.firm.id,
    id: `${at}-${context.newId()}`,
    at,
    by: line.by ?? 'Tieout',
    what: line.what,
    billId: line.billId ?? null,
    text: line.text,
    before: line.before ?? null,
    after: line.after ?? null,
    link,
    sweepAt: new Date(context.clock.now() + KEEP_YEARS * 366 * 86_400_000).toISOString(),
  };
}

/** Writes a line that stands on its link already; that it is there is fine. */
export async function tell({ store, held }: Keeping, line: Line): Promise<void> {
  try {
    await store.activity.insert(line, held.epoch);
  } catch (error) {
    if (!(error instanceof TakenError)) throw error;
  }
}

/** Whoever reads links again so long after a crash finds its line told, or too old to matter. */
const UNTOLD_FOR_MS = 14 * 86_400_000;

/** The lines that a process which stopped between the link and its line owed. What was saved after its line has been told. */
export async function tellUntold(context: Keeping, links: LinkRecord[]): Promise<void> {
  const since = new Date(context.clock.now() - UNTOLD_FOR_MS).toISOString();
  const lines = links.flatMap(({ told, updatedAt }) => (told && told.at === updatedAt && told.at > since ? [told] : []));
  if (lines.length === 0) return;
  const known = new Set((await context.store.activity.getMany(context.firm.id, lines.map((line) => line.id))).map((line) => line.id));
  for (const line of lines) if (!known.has(line.id)) await tell(context, line);
}
