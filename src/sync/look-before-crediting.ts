import { addDays, type CalendarDate } from '../core/calendar.js';
import { carriesOurMarker } from '../core/credit-facts.js';
import type { CreditNote } from '../core/credit-note.js';
import { planBill } from '../core/plan-bill.js';
import type { BillWork } from './bill-work.js';
import type { SyncContext } from './firm-context.js';
import { linkInXero } from './link-records.js';

/**
 * Somebody may have credited the client or paid money back in Xero on a credit note of their own: before ours is made, the contact's notes around
 * the credit's day are read, one call for each bill with a new credit and none for any other, and the bill is planned again.
 */
export async function lookBeforeCrediting(context: SyncContext, works: BillWork[]): Promise<BillWork[]> {
  return Promise.all(works.map((work) => withNotesByHand(context, work)));
}

async function withNotesByHand(context: SyncContext, work: BillWork): Promise<BillWork> {
  const credits = work.plan.steps.flatMap((step) => (step.do === 'create-credit-note' && step.allocationId !== null ? [step] : []));
  const [contactId] = credits.map(({ note }) => note.contactXeroId);
  const days = credits.flatMap(({ allocationId }) => work.truth.allocations.flatMap((each) => (each.clioId === allocationId ? [each.date] : []))).sort();
  const [first, last] = [days[0], days.at(-1)];
  if (contactId === undefined || first === undefined || last === undefined) return work;
  const truth = { ...work.truth, notesByHand: await notesByHand(context, contactId, first, last) };
  return { ...work, truth, plan: planBill(truth) };
}

/** Notes that no bill of the firm has anything to do with. */
async function notesByHand(context: SyncContext, contactId: string, first: CalendarDate, last: CalendarDate): Promise<CreditNote[]> {
  const within = context.settings.payments.sameWithinDays;
  const there = await context.xero.creditNotesOfContact(contactId, addDays(first, -within), addDays(last, within));
  const owners = await Promise.all(there.map((note) => linkInXero(context, context.organisationId, 'credit', note.xeroId)));
  return there.filter((note, index) => owners[index] === undefined && !carriesOurMarker(note));
}
