import { randomBytes } from 'node:crypto';
import { instantOf, type Clock } from '../http/clock.js';
import type { Store } from '../store/store.js';

const KEPT_MS = 7 * 365 * 86_400_000;

export interface ActivityNote {
  firm: string;
  /** A person's name, or `Tieout`. */
  by: string;
  what: string;
  text: string;
  billId?: string;
  before?: string;
  after?: string;
}

/** Appends a line to the firm's account of what was done. Never put a token or a narrative in it. */
export async function noteActivity(deps: { store: Store; clock: Clock }, note: ActivityNote): Promise<void> {
  const at = instantOf(deps.clock);
  await deps.store.activity.insert({
    firm: note.firm,
    id: `${at}:${randomBytes(6).toString('hex')}`,
    at,
    by: note.by,
    what: note.what,
    billId: note.billId ?? null,
    text: note.text,
    before: note.before ?? null,
    after: note.after ?? null,
    sweepAt: new Date(deps.clock.now() + KEPT_MS).toISOString(),
  });
}
