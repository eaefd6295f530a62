import { z } from 'zod';
import type { CalendarDate } from '../core/calendar.js';
import type { Invoice } from '../core/invoice.js';
import { absentAsNull } from './absent.js';
import type { Calls } from './call.js';
import { chunksOfIds, chunksOfNumbers, datedWithin, equals } from './filters.js';
import { allPages, pageOf } from './pages.js';
import { toInvoice } from './to-core.js';
import { invoice as wireInvoice } from './wire.js';
import { rowsOf } from './write-results.js';

/** Unit prices with four decimals; without it Xero shows, and multiplies, prices rounded to two. */
export const priceDecimals = 4;

/** Sales invoices, or bills of suppliers: both share the endpoint, the list filters and, where people wish, the numbers. */
export type InvoiceType = 'ACCREC' | 'ACCPAY';

export interface InvoiceList {
  byIds(ids: string[]): Promise<Invoice[]>;
  byNumbers(numbers: string[]): Promise<Invoice[]>;
  byContacts(contactIds: string[], from: CalendarDate, to: CalendarDate): Promise<Invoice[]>;
}

export function invoiceListIn(calls: Calls, type: InvoiceType): InvoiceList {
  const toRows = (row: unknown): Invoice[] => (isOfType(row, type) ? [toInvoice(wireInvoice.parse(row))] : []);

  async function list({ ids, numbers, contactIds, where }: { ids?: string[]; numbers?: string[]; contactIds?: string[]; where?: string }): Promise<Invoice[]> {
    // With `page`, because only paged lists carry lines; archived ones included.
    const { rows } = await allPages((page) =>
      calls.read(
        'list invoices',
        (api, tenant) => api.getInvoices(tenant, undefined, where, undefined, ids, numbers, contactIds, undefined, page, true, undefined, priceDecimals, undefined, 100),
        (body) => pageOf(body, 'Invoices', toRows),
      ),
    );
    return rows;
  }

  async function byAwkwardNumber(number: string): Promise<Invoice[]> {
    const filter = equals('InvoiceNumber', number);
    if (filter) return list({ where: `Type=="${type}" AND ${filter}` });
    // A comma and a quote in one number. Xero also takes a number in place of the id (reported, not documented).
    const found = calls.read('read an invoice by number', (api, tenant) => api.getInvoice(tenant, number, priceDecimals), (body) => rowsOf(body, 'Invoices').flatMap(toRows));
    return (await absentAsNull(found)) ?? [];
  }

  return {
    async byIds(ids) {
      const found: Invoice[] = [];
      for (const chunk of chunksOfIds(ids)) found.push(...(await list({ ids: chunk })));
      return found;
    },

    async byNumbers(numbers) {
      const { together, alone } = chunksOfNumbers(numbers);
      const found: Invoice[] = [];
      for (const chunk of together) found.push(...(await list({ numbers: chunk })));
      for (const number of alone) found.push(...(await byAwkwardNumber(number)));
      return found;
    },

    async byContacts(contactIds, from, to) {
      const found: Invoice[] = [];
      for (const chunk of chunksOfIds(contactIds)) found.push(...(await list({ contactIds: chunk, where: `Type=="${type}" AND ${datedWithin(from, to)}` })));
      return found;
    },
  };
}

/** Looked at before anything else of a row is read. */
export const isOfType = (row: unknown, type: InvoiceType): boolean => z.object({ Type: z.literal(type) }).safeParse(row).success;
