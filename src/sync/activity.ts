import { nowOf, type FirmContext } from './firm-context.js';

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
export async function note(context: FirmContext, line: ActivityLine): Promise<void> {
  const at = nowOf(context);
  await context.store.activity.insert(
    {
      firm: context.firm.id,
      id: `${at}-${context.newId()}`,
      at,
      by: line.by ?? 'Tieout',
      what: line.what,
      billId: line.billId ?? null,
      text: line.text,
      before: line.before ?? null,
      after: line.after ?? null,
      sweepAt: new Date(context.clock.now() + KEEP_YEARS * 366 * 86_400_000).toISOString(),
    },
    context.held.epoch,
  );
}
