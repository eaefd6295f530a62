import type { Bill } from '../core/bill.js';
import { routeBill } from '../core/route-bill.js';
import type { LinkRecord } from '../store/records.js';
import { note } from './activity.js';
import type { SyncContext } from './firm-context.js';

/** The organisation the rules lead a bill to although its invoice stands in this one. It stays; people are told, once. */
export async function noticeElsewhere(context: SyncContext, record: LinkRecord, bill: Bill): Promise<string | null> {
  const { division, organisationId } = context;
  // Of a bill that Clio no longer has, the matters are not known any more.
  if (!division || record.xeroId === null || bill.state === 'deleted') return null;
  const routed = routeBill(bill, division.route, organisationId, division.nameOf);
  const elsewhere = routed.organisationId === null ? null : routed.elsewhere;
  if (elsewhere !== null && elsewhere !== record.elsewhere) {
    const [here, there] = [division.nameOf(organisationId), division.nameOf(elsewhere)];
    await note(context, { what: 'route-differs', billId: bill.clioId, text: `The rules lead this bill to ${there} now. It stays in ${here}, where its invoice is` });
  }
  return elsewhere;
}
