import { z } from 'zod';
import type { BankTransaction, NewBankTransaction, NewSupplierBill } from '../core/cost.js';
import type { Invoice } from '../core/invoice.js';
import { formatAmount } from '../core/money.js';
import type { SyncContext } from './firm-context.js';
import { saveLink } from './link-records.js';
import { NewInvoiceRecord } from './stored-requests.js';
import type { Operation } from './write-once.js';
import type { LinkRecord } from '../store/records.js';
import type { WriteResult } from '../xero/xero.js';

const NewTransactionRecord = NewInvoiceRecord.pick({ currency: true, date: true, lines: true, total: true, contactXeroId: true, url: true }).extend({ kind: z.enum(['spend', 'receive']), bankAccountXeroId: z.string(), reference: z.string() }) satisfies z.ZodType<NewBankTransaction>;
const NewBillRecord = NewInvoiceRecord.omit({ reference: true, brandingThemeId: true }) satisfies z.ZodType<NewSupplierBill>;

export const createSpend: Operation<NewBankTransaction, BankTransaction> = {
  name: 'create-spend',
  parse: (stored) => NewTransactionRecord.parse(stored),
  send: (context, requests, key) => context.xero.createBankTransactions(requests, key),
  find: async (context, requests) => {
    const there = await context.xero.bankTransactionsByReference(requests.map((request) => request.reference));
    return requests.map((request) => there.find((each) => each.status === 'authorised' && each.reference === request.reference) ?? null);
  },
  record: (context, link, request, result) => record(context, link, result, `Cost of ${formatAmount(request.total, request.currency)} of ${request.date} entered in Xero as money spent`),
};

export const createCostBill: Operation<NewSupplierBill, Invoice> = {
  name: 'create-cost-bill',
  parse: (stored) => NewBillRecord.parse(stored),
  send: (context, requests, key) => context.xero.createSupplierBills(requests, key),
  find: async (context, requests) => {
    const there = await context.xero.supplierBillsByNumber(requests.map((request) => request.number));
    return requests.map((request) => there.find((each) => each.status !== 'voided' && each.status !== 'deleted' && each.number === request.number) ?? null);
  },
  record: (context, link, request, result) => record(context, link, result, `Cost of ${formatAmount(request.total, request.currency)} of ${request.date} entered in Xero as a supplier's bill`),
};

/** What was agreed stands on the link since before it was sent. */
async function record(context: SyncContext, link: LinkRecord, result: WriteResult<{ xeroId: string }>, text: string): Promise<LinkRecord> {
  if (!result.ok) return saveLink(context, link, { intent: null });
  return saveLink(context, link, { xeroId: result.value.xeroId, organisationId: context.organisationId, intent: null, status: 'up-to-date', reason: null }, { what: 'cost-entered', text });
}
