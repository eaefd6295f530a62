import { nowOf, type OpenFirm } from './firm-context.js';
import { mainLinkFor, saveLink } from './link-records.js';
import { refreshBooks } from './refresh-books.js';
import { rememberTaxes } from './remember-taxes.js';
import { shownOf } from './shown.js';

/** Before Xero is connected and set up, bills are shown as Clio has them and nothing is planned. */
export async function showBills(context: OpenFirm, billIds: string[]): Promise<void> {
  const bills = await context.clio.billHeads(billIds);
  if (!(await context.store.books.get(context.firm.id, 'clio'))) await refreshBooks(context);
  await rememberTaxes(context, bills);
  for (const bill of bills) {
    const record = await mainLinkFor(context, '', bill);
    await saveLink(context, record, { status: 'on-its-way', reason: 'SETUP_NOT_FINISHED', facts: {}, shown: shownOf(bill, null, nowOf(context)) });
  }
}
