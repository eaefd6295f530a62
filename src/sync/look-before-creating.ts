import { SAME_WITHIN_DAYS } from '../core/adopt-invoice.js';
import { addDays } from '../core/calendar.js';
import type { Invoice } from '../core/invoice.js';
import { planBill } from '../core/plan-bill.js';
import type { BillWork } from './bill-work.js';
import type { SyncContext } from './firm-context.js';
import { linkInXero } from './link-records.js';

/**
 * Somebody may have typed the bill's invoice under a number of its own: before anything is made, the contact's invoices around the bill's
 * day are read, one call for all bills, and those equal in total and currency are put before the planner.
 */
export async function lookBeforeCreating(context: SyncContext, works: BillWork[]): Promise<BillWork[]> {
  const creating = works.filter(({ plan }) => plan.steps.some((step) => step.do === 'create-invoice' && step.role === 'main'));
  const contactIds = [...new Set(creating.flatMap(({ truth }) => truth.contact?.xeroId ?? []))];
  const days = creating.map(({ truth }) => truth.bill.issuedOn).sort();
  const [first, last] = [days[0], days.at(-1)];
  if (contactIds.length === 0 || first === undefined || last === undefined) return works;
  const there = await context.xero.invoicesOfContacts(contactIds, addDays(first, -SAME_WITHIN_DAYS), addDays(last, SAME_WITHIN_DAYS));
  return Promise.all(works.map(async (work) => (creating.includes(work) ? withSuspects(context, work, there) : work)));
}

/** Invoices of the firm's other bills are theirs, however alike. */
async function withSuspects(context: SyncContext, work: BillWork, there: Invoice[]): Promise<BillWork> {
  const { bill, invoices, contact } = work.truth;
  const alike = there.filter((each) => each.contactId === contact?.xeroId && each.total === bill.due && each.currency === bill.currency && !invoices.some((known) => known.xeroId === each.xeroId));
  const owners = await Promise.all(alike.map((each) => linkInXero(context, context.organisationId, 'bill', each.xeroId)));
  const suspects = alike.filter((_each, index) => owners[index] === undefined);
  if (suspects.length === 0) return work;
  const truth = { ...work.truth, invoices: [...invoices, ...suspects] };
  return { ...work, truth, plan: planBill(truth) };
}
