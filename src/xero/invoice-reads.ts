import { z } from 'zod';
import type { Invoice } from '../core/invoice.js';
import { absentAsNull } from './absent.js';
import type { Calls, SdkCall } from './call.js';
import { chunksOfIds, chunksOfNumbers, equals } from './filters.js';
import { allPages, changedSince, pageOf } from './pages.js';
import { toInvoice } from './to-core.js';
import { invoice as wireInvoice } from './wire.js';
import { rowsOf } from './write-results.js';
import type { Xero } from './xero.js';

/** Unit prices with four decimals; without it Xero shows, and multiplies, prices rounded to two. */
export const priceDecimals = 4;

const onlySales = 'Type=="ACCREC"';

export function invoiceReadsIn(calls: Calls): Pick<Xero, 'invoices' | 'invoicesByNumber' | 'invoiceIdsChangedSince'> {
  async function list(filter: Filter): Promise<Invoice[]> {
    const { rows } = await allPages((page) => calls.read('list invoices', listing(filter, page), (body) => pageOf(body, 'Invoices', salesInvoice)));
    return rows;
  }

  async function byAwkwardNumber(number: string): Promise<Invoice[]> {
    const filter = equals('InvoiceNumber', number);
    if (filter) return list({ where: `${onlySales} AND ${filter}` });
    // A comma and a quote in one number. Xero also takes a number in place of the id (reported, not documented).
    const found = calls.read('read an invoice by number', (api, tenant) => api.getInvoice(tenant, number, priceDecimals), (body) => rowsOf(body, 'Invoices').flatMap(salesInvoice));
    return (await absentAsNull(found)) ?? [];
  }

  return {
    async invoices(ids) {
      const found: Invoice[] = [];
      for (const chunk of chunksOfIds(ids)) found.push(...(await list({ ids: chunk })));
      return found;
    },

    async invoicesByNumber(numbers) {
      const { together, alone } = chunksOfNumbers(numbers);
      const found: Invoice[] = [];
      for (const chunk of together) found.push(...(await list({ numbers: chunk })));
      for (const number of alone) found.push(...(await byAwkwardNumber(number)));
      return found;
    },

    async invoiceIdsChangedSince(since) {
      const { rows, asOf } = await changedSince(since, (page, modified) =>
        calls.read('list changed invoices', changes(page, modified), (body) => pageOf(body, 'Invoices', salesId)),
      );
      return { ids: [...new Set(rows)], asOf };
    },
  };
}

interface Filter {
  ids?: string[];
  numbers?: string[];
  where?: string;
}

/** With `page`, because only paged lists carry lines; archived ones included. */
const listing =
  ({ ids, numbers, where }: Filter, page: number): SdkCall =>
  (api, tenant) =>
    api.getInvoices(tenant, undefined, where, undefined, ids, numbers, undefined, undefined, page, true, undefined, priceDecimals, undefined, 100);

/** Ids are all that is wanted, so the short form; ordered by id (see `changedSince`). */
const changes =
  (page: number, since: Date): SdkCall =>
  (api, tenant) =>
    api.getInvoices(tenant, since, onlySales, 'InvoiceID ASC', undefined, undefined, undefined, undefined, page, true, undefined, undefined, true, 1000);

/** Supplier bills share the endpoint and may share numbers: left out before anything else of them is read. */
const isSales = (row: unknown): boolean => z.object({ Type: z.literal('ACCREC') }).safeParse(row).success;

const salesInvoice = (row: unknown): Invoice[] => (isSales(row) ? [toInvoice(wireInvoice.parse(row))] : []);
const salesId = (row: unknown): string[] => (isSales(row) ? [wireInvoice.pick({ InvoiceID: true }).parse(row).InvoiceID] : []);
