import { planBill } from '../core/plan-bill.js';
import type { Retry } from '../jobs/retry.js';
import { carryOut, mayCarryOut } from './carry-out.js';
import { nowOf, type SyncContext } from './firm-context.js';
import { withBooksFreshAfterRefusals, withBooksFreshFor, withBooksFreshToWrite } from './fresh-books.js';
import { LOOK_AGAIN_MS, mayBeLate } from './just-written.js';
import { lookBeforeCreating } from './look-before-creating.js';
import { lookBeforeCrediting } from './look-before-crediting.js';
import { lookBeforeUndoing } from './look-before-undoing.js';
import { noticeReset } from './notice-reset.js';
import { pauseForNativeSync } from './pause-for-native-sync.js';
import { readBothSides, readXeroAgain } from './read-both-sides.js';
import { recordOutcome } from './record-outcome.js';
import { waitingIntents } from './operations.js';
import { wakeSplitParts } from './wake-split-parts.js';

export type BillOutcome = { done: true } | { done: false; retry: Retry };

/** Books, contact, invoice, payments, then Clio: each round can only do what the one before made possible. */
const ROUNDS = 7;

/**
 * Brings up to 50 bills of one firm in step: reads the truth on both sides, plans, carries out what may be carried out, looks
 * again, until the plans have nothing left to do. `approved` bills may be written even in review mode.
 */
export async function syncBills(firm: SyncContext, billIds: string[], approved: Set<string>): Promise<Map<string, BillOutcome>> {
  const began = firm.clock.now();
  const waiting = await waitingIntents(firm, billIds);
  const ready = billIds.filter((id) => !waiting.has(id));
  let context = await withBooksFreshFor(firm, approved);
  let works = await readBothSides(context, ready, approved);
  await noticeReset(context, works);
  for (let round = 0; round < ROUNDS; round += 1) {
    works = await lookBeforeCreating(context, works.map((work) => ({ ...work, plan: planBill(work.truth) })));
    context = await pauseForNativeSync(context, works);
    works = await lookBeforeCrediting(context, works);
    works = await lookBeforeUndoing(context, works);
    const busy = works.filter((work) => mayCarryOut(context, work).length > 0);
    if (busy.length === 0) break;
    const fresh = await withBooksFreshToWrite(context);
    if (fresh !== context) {
      // Planned on older books: nothing is written before it is planned again on these.
      context = fresh;
      works = works.map((work) => ({ ...work, truth: { ...work.truth, books: fresh.books } }));
      continue;
    }
    await carryOut(context, busy);
    works = await readXeroAgain(context, works, busy);
    ({ context, works } = await withBooksFreshAfterRefusals(context, works, began));
  }
  const late = works.filter((work) => mayBeLate(context, work));
  const seen = works.filter((work) => !late.includes(work));
  for (const work of seen) await recordOutcome(context, work);
  await wakeSplitParts(context, seen);
  const unfinished = new Set(works.filter((work) => mayCarryOut(context, work).length > 0).map((work) => work.truth.bill.clioId));
  const outcomes = new Map(billIds.map((id) => [id, outcomeOf(context, waiting.get(id), unfinished.has(id))]));
  for (const { truth } of late) outcomes.set(truth.bill.clioId, { done: false, retry: { until: new Date(context.clock.now() + LOOK_AGAIN_MS).toISOString(), reason: 'CHANGED_MEANWHILE', waits: 'mark' } });
  return outcomes;
}

function outcomeOf(context: SyncContext, waitsUntil: number | undefined, unfinished: boolean): BillOutcome {
  if (waitsUntil !== undefined) return { done: false, retry: { until: new Date(waitsUntil).toISOString(), reason: 'RESULT_UNKNOWN', waits: 'mark' } };
  if (unfinished) return { done: false, retry: { until: nowOf(context), reason: 'CHANGED_MEANWHILE', waits: 'mark' } };
  return { done: true };
}
