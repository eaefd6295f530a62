import { z } from 'zod';
import type { Invoice, NewInvoice } from '../core/invoice.js';
import type { Calls } from './call.js';
import { filled } from './filled.js';
import { contentOf, toNewInvoice } from './from-core.js';
import { priceDecimals } from './invoice-list.js';
import { Invoice as SdkInvoice, Invoices } from './sdk.js';
import { toInvoice } from './to-core.js';
import { invoice as wireInvoice } from './wire.js';
import { type Matching, oneResultOf, resultsOf } from './write-results.js';
import type { WriteResult, Xero } from './xero.js';

type Writes = Pick<Xero, 'createInvoices' | 'updateInvoices' | 'approveInvoice' | 'renameInvoice' | 'voidInvoice'>;

export function invoiceWritesIn(calls: Calls): Writes {
  const change = (id: string, invoice: Partial<SdkInvoice>, key: string, what: string): Promise<WriteResult<Invoice>> =>
    calls.write(what, (api, tenant) => api.updateInvoice(tenant, id, filled(new Invoices(), { invoices: [filled(new SdkInvoice(), { invoiceID: id, ...invoice })] }), priceDecimals, key), (body) => oneResultOf(body, id, byId));

  return {
    createInvoices: (invoices, key) =>
      calls.write(
        'create invoices',
        (api, tenant) => api.createInvoices(tenant, filled(new Invoices(), { invoices: invoices.map(toNewInvoice) }), false, priceDecimals, key),
        (body) => resultsOf(body, invoices, byNumber),
      ),

    // POST makes what it does not find by number, but never what is named by its id.
    updateInvoices: (changes, key) =>
      calls.write(
        'change invoices',
        (api, tenant) => api.updateOrCreateInvoices(tenant, filled(new Invoices(), { invoices: changes.map(({ id, invoice, lineIds }) => filled(new SdkInvoice(), { invoiceID: id, ...contentOf(invoice, lineIds) })) }), false, priceDecimals, key),
        (body) => resultsOf(body, changes.map(({ id }) => id), byId),
      ),
    approveInvoice: (id, key) => change(id, { status: SdkInvoice.StatusEnum.AUTHORISED }, key, 'approve an invoice'),
    renameInvoice: (id, number, key) => change(id, { invoiceNumber: number }, key, 'rename an invoice'),
    // The status alone: lines sent along would make it an edit, which has rules of its own.
    voidInvoice: (id, as, key) => change(id, { status: removed[as] }, key, `make an invoice ${as}`),
  };
}

const removed = { voided: SdkInvoice.StatusEnum.VOIDED, deleted: SdkInvoice.StatusEnum.DELETED };

const written = { plural: 'Invoices', idField: 'InvoiceID', toValue: (element: unknown): Invoice => toInvoice(wireInvoice.parse(element)) };

const byNumber: Matching<NewInvoice, Invoice> = { ...written, keySent: (invoice) => invoice.number, keyOf: (element) => keys.parse(element).InvoiceNumber ?? null };
const byId: Matching<string, Invoice> = { ...written, keySent: (id) => id, keyOf: (element) => keys.parse(element).InvoiceID ?? null };

const keys = z.object({ InvoiceNumber: z.string(), InvoiceID: z.string() }).partial();
