import type { Reason } from '../core/reasons.js';
import type { BillWork } from './bill-work.js';
import type { SyncContext } from './firm-context.js';

/** Xero may show a write some seconds late (X11 in docs/vendor-assumptions.md). */
const LATE_MS = 60_000;

/** When to look again: what was written is older than that by then. */
export const LOOK_AGAIN_MS = 2 * LATE_MS;

const MISSING: ReadonlySet<Reason> = new Set(['REMOVED_IN_XERO', 'PAY_DELETED_IN_XERO', 'CREDIT_REMOVED_IN_XERO']);

/** Something looks removed in Xero, but a record of this bill was written a moment ago: nobody is asked before it had time to show. */
export function mayBeLate(context: SyncContext, { plan, billRecords, paymentRecords, creditRecords }: BillWork): boolean {
  if (!plan.holds.some((hold) => MISSING.has(hold.reason))) return false;
  const written = [...billRecords, ...paymentRecords, ...creditRecords].filter((record) => record.xeroId !== null);
  return written.some((record) => context.clock.now() - Date.parse(record.updatedAt) < LATE_MS);
}
