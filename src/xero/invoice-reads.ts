import type { Calls, SdkCall } from './call.js';
import { invoiceListIn, isOfType } from './invoice-list.js';
import { changedSince, pageOf } from './pages.js';
import { invoice as wireInvoice } from './wire.js';
import type { Xero } from './xero.js';

export function invoiceReadsIn(calls: Calls): Pick<Xero, 'invoices' | 'invoicesByNumber' | 'invoicesOfContacts' | 'invoiceIdsChangedSince'> {
  const sales = invoiceListIn(calls, 'ACCREC');
  return {
    invoices: (ids) => sales.byIds(ids),

    invoicesByNumber: (numbers) => sales.byNumbers(numbers),

    invoicesOfContacts: (contactIds, from, to) => sales.byContacts(contactIds, from, to),

    async invoiceIdsChangedSince(since) {
      const { rows, asOf } = await changedSince(since, (page, modified) =>
        calls.read('list changed invoices', changes(page, modified), (body) => pageOf(body, 'Invoices', salesId)),
      );
      return { ids: [...new Set(rows)], asOf };
    },
  };
}

/** Ids are all that is wanted, so the short form; ordered by id (see `changedSince`). */
const changes =
  (page: number, since: Date): SdkCall =>
  (api, tenant) =>
    api.getInvoices(tenant, since, 'Type=="ACCREC"', 'InvoiceID ASC', undefined, undefined, undefined, undefined, page, true, undefined, undefined, true, 1000);

const salesId = (row: unknown): string[] => (isOfType(row, 'ACCREC') ? [wireInvoice.pick({ InvoiceID: true }).parse(row).InvoiceID] : []);
