import { parseAmount } from '../core/money.js';
import type { Calls, SdkCall } from './call.js';
import { invoiceListIn, isOfType } from './invoice-list.js';
import { allPages, changedSince, pageOf } from './pages.js';
import { invoiceStatuses } from './to-core.js';
import { invoice as wireInvoice } from './wire.js';
import type { ChangedInvoice, StandingInvoice, Xero } from './xero.js';

export function invoiceReadsIn(calls: Calls): Pick<Xero, 'invoices' | 'invoicesByNumber' | 'invoicesOfContacts' | 'invoicesChangedSince' | 'standingInvoices'> {
  const sales = invoiceListIn(calls, 'ACCREC');
  return {
    invoices: (ids) => sales.byIds(ids),

    invoicesByNumber: (numbers) => sales.byNumbers(numbers),

    invoicesOfContacts: (contactIds, from, to) => sales.byContacts(contactIds, from, to),

    async invoicesChangedSince(since) {
      const { rows, asOf } = await changedSince(since, (page, modified) =>
        calls.read('list changed invoices', changes(page, modified), (body) => pageOf(body, 'Invoices', inShort)),
      );
      return { invoices: byId(rows), asOf };
    },

    async standingInvoices() {
      const { rows } = await allPages((page) => calls.read('list standing invoices', standing(page), (body) => pageOf(body, 'Invoices', standingInShort)));
      return byId(rows);
    },
  };
}

/** Neither lines nor payments are wanted, so the short form; ordered by id (see `changedSince`). */
const changes =
  (page: number, since: Date): SdkCall =>
  (api, tenant) =>
    api.getInvoices(tenant, since, 'Type=="ACCREC"', 'InvoiceID ASC', undefined, undefined, undefined, undefined, page, true, undefined, undefined, true, 1000);

/** In an order that nothing changes while the pages are read, as above. */
const standing =
  (page: number): SdkCall =>
  (api, tenant) =>
    api.getInvoices(tenant, undefined, 'Type=="ACCREC"', 'InvoiceID ASC', undefined, undefined, undefined, ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'PAID'], page, true, undefined, undefined, true, 1000);

const byId = <T extends { xeroId: string }>(rows: T[]): T[] => [...new Map(rows.map((row) => [row.xeroId, row])).values()];

const short = wireInvoice.pick({ InvoiceID: true, InvoiceNumber: true, Status: true, Url: true });

function inShort(row: unknown): ChangedInvoice[] {
  if (!isOfType(row, 'ACCREC')) return [];
  const { InvoiceID, InvoiceNumber, Status, Url } = short.parse(row);
  return [{ xeroId: InvoiceID, number: InvoiceNumber ?? '', status: invoiceStatuses[Status], url: Url }];
}

const due = wireInvoice.pick({ AmountDue: true, CurrencyCode: true });

function standingInShort(row: unknown): StandingInvoice[] {
  return inShort(row).map((invoice) => {
    const { AmountDue, CurrencyCode } = due.parse(row);
    return { ...invoice, amountDue: parseAmount(AmountDue, CurrencyCode) };
  });
}
