import { sameFacts } from '../core/hold.js';
import type { Hold } from '../core/plan.js';
import { sentence, type Reason } from '../core/reasons.js';
import { sumsInXero } from '../core/xero-sums.js';
import type { HoldRecord, Status } from '../store/records.js';
import { note } from './activity.js';
import { mayCarryOut } from './carry-out.js';
import { mainRecord, type BillWork } from './bill-work.js';
import { nowOf, type Keeping, type SyncContext } from './firm-context.js';
import { noticeElsewhere } from './notice-elsewhere.js';
import { saveLink } from './link-records.js';
import { shownOf } from './shown.js';
import { superseded } from './superseded.js';

/** Keeps what pages show: the bill's status with its reason, both sides' figures, and the open questions. */
export async function recordOutcome(context: SyncContext, work: BillWork): Promise<void> {
  const holds = [...work.plan.holds, ...work.stopped];
  await keepHolds(context, work.truth.bill.clioId, holds, work.truth.bill.clioId);
  const record = mainRecord(work);
  const { status, reason, facts } = statusOf(context, work, holds);
  const invoice = work.truth.invoices.find((each) => each.xeroId === record.xeroId) ?? null;
  const { bill } = work.truth;
  await saveLink(context, record, {
    status,
    reason,
    facts,
    elsewhere: await noticeElsewhere(context, record, bill),
    ...(await superseded(context, record, bill)),
    // Looked at and followed, or not to be followed.
    ...(record.remakeAskedAt && !work.plan.steps.some((step) => step.do === 'update-invoice') ? { remakeAskedAt: null } : {}),
    ...(record.xeroId === null ? { organisationId: context.organisationId } : {}),
    clientId: bill.client?.clioId ?? record.clientId,
    matterIds: bill.matters.length > 0 ? bill.matters.map((matter) => matter.clioId) : record.matterIds,
    shown: { ...shownOf(bill, invoice, nowOf(context)), ...sumsInXero(work.truth) },
  });
}

function statusOf(context: SyncContext, work: BillWork, holds: Hold[]): { status: Status; reason: Reason | null; facts: Record<string, string> } {
  const { leftOut, steps } = work.plan;
  if (leftOut) return { status: 'left-out', reason: leftOut.reason, facts: leftOut.facts };
  const first = holds[0];
  if (first) return { status: 'needs-you', reason: first.reason, facts: first.facts };
  if (steps.length > 0 && context.settings.mode === 'paused') return { status: 'on-its-way', reason: 'PAUSED', facts: {} };
  if (mayCarryOut(context, work).length > 0) return { status: 'on-its-way', reason: 'CHANGED_MEANWHILE', facts: {} };
  if (steps.length > 0) return { status: 'ready-for-review', reason: null, facts: {} };
  return { status: 'up-to-date', reason: null, facts: {} };
}

/**
 * Opens what is new, closes what is solved. An answer counts for the facts it was given to and no others, so it goes when they change.
 * `billPage` is the bill whose page tells of it; null for what is about none.
 */
export async function keepHolds(context: Keeping, billId: string, holds: Hold[], billPage: string | null): Promise<void> {
  const known = await context.store.holds.list(context.firm.id, { index: 'bill', value: billId });
  for (const hold of holds) await open(context, { billId, billPage }, hold, known.find((each) => each.about === hold.about));
  for (const record of known) {
    if (record.open && !holds.some((hold) => hold.about === record.about)) await close(context, record, billPage);
  }
}

async function open(context: Keeping, { billId, billPage }: { billId: string; billPage: string | null }, hold: Hold, known: HoldRecord | undefined): Promise<void> {
  const { store, firm, held } = context;
  const same = known?.open && known.reason === hold.reason;
  const facts = { reason: hold.reason, facts: hold.facts, choices: hold.choices, open: true };
  const unanswered = { answer: null, answeredBy: null };
  const reopened = { ...unanswered, openedAt: nowOf(context), closedAt: null };
  if (known) await store.holds.replace({ ...known, ...facts, ...(!same ? reopened : sameFacts(known.facts, hold.facts) ? {} : unanswered) }, held.epoch);
  else await store.holds.insert({ firm: firm.id, id: `${billId}:${hold.about}`, billId, about: hold.about, ...facts, ...reopened }, held.epoch);
  if (!same) await note(context, { what: 'hold-opened', billId: billPage, text: sentence(hold.reason, hold.facts) });
}

async function close(context: Keeping, record: HoldRecord, billPage: string | null): Promise<void> {
  await context.store.holds.replace({ ...record, open: false, closedAt: nowOf(context) }, context.held.epoch);
  await note(context, { what: 'hold-closed', billId: billPage, text: 'Solved: nothing is left to do about it' });
}

