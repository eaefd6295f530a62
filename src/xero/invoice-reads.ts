import type { Calls, SdkCall } from './call.js';
import { invoiceListIn, isOfType } from './invoice-list.js';
import { changedSince, pageOf } from './pages.js';
import { invoiceStatuses } from './to-core.js';
import { invoice as wireInvoice } from './wire.js';
import type { ChangedInvoice, Xero } from './xero.js';

export function invoiceReadsIn(calls: Calls): Pick<Xero, 'invoices' | 'invoicesByNumber' | 'invoicesOfContacts' | 'invoicesChangedSince'> {
  const sales = invoiceListIn(calls, 'ACCREC');
  return {
    invoices: (ids) => sales.byIds(ids),

    invoicesByNumber: (numbers) => sales.byNumbers(numbers),

    invoicesOfContacts: (contactIds, from, to) => sales.byContacts(contactIds, from, to),

    async invoicesChangedSince(since) {
      const { rows, asOf } = await changedSince(since, (page, modified) =>
        calls.read('list changed invoices', changes(page, modified), (body) => pageOf(body, 'Invoices', inShort)),
      );
      return { invoices: [...new Map(rows.map((row) => [row.xeroId, row])).values()], asOf };
    },
  };
}

/** Neither lines nor payments are wanted, so the short form; ordered by id (see `changedSince`). */
const changes =
  (page: number, since: Date): SdkCall =>
  (api, tenant) =>
    api.getInvoices(tenant, since, 'Type=="ACCREC"', 'InvoiceID ASC', undefined, undefined, undefined, undefined, page, true, undefined, undefined, true, 1000);

const short = wireInvoice.pick({ InvoiceID: true, InvoiceNumber: true, Status: true, Url: true });

function inShort(row: unknown): ChangedInvoice[] {
  if (!isOfType(row, 'ACCREC')) return [];
  const { InvoiceID, InvoiceNumber, Status, Url } = short.parse(row);
  return [{ xeroId: InvoiceID, number: InvoiceNumber ?? '', status: invoiceStatuses[Status], url: Url }];
}
