import { nowOf, type FirmContext } from './firm-context.js';
import { mainLinkFor, saveLink } from './link-records.js';
import { shownOf } from './shown.js';

/** Before Xero is connected and set up, bills are shown as Clio has them and nothing is planned. */
export async function showBills(context: FirmContext, billIds: string[]): Promise<void> {
  for (const bill of await context.clio.billHeads(billIds)) {
    const record = await mainLinkFor(context, '', bill);
    await saveLink(context, record, { status: 'on-its-way', reason: 'SETUP_NOT_FINISHED', facts: {}, shown: shownOf(bill, null, nowOf(context)) });
  }
}
