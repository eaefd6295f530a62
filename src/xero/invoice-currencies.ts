import { z } from 'zod';
import type { CurrencyCode } from '../core/money.js';
import type { Calls } from './call.js';
import { chunksOfIds } from './filters.js';
import { rowsOf } from './write-results.js';

export interface InvoiceCurrencies {
  of(invoiceIds: string[]): Promise<Map<string, CurrencyCode>>;
}

/** An invoice's currency never changes, so each is asked for once. */
export function createInvoiceCurrencies(calls: Calls): InvoiceCurrencies {
  const known = new Map<string, CurrencyCode>();
  return {
    async of(invoiceIds) {
      for (const ids of chunksOfIds(invoiceIds.filter((id) => !known.has(id)))) {
        const found = await calls.read(
          'read invoice currencies',
          (api, tenant) => api.getInvoices(tenant, undefined, undefined, undefined, ids, undefined, undefined, undefined, 1, true, undefined, undefined, true, 100),
          (body) => rowsOf(body, 'Invoices').map((row) => stub.parse(row)),
        );
        for (const { InvoiceID, CurrencyCode } of found) known.set(InvoiceID, CurrencyCode);
      }
      return known;
    },
  };
}

const stub = z.object({ InvoiceID: z.string(), CurrencyCode: z.string() });
