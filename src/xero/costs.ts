import { z } from 'zod';
import type { BankTransaction, NewBankTransaction, NewSupplierBill } from '../core/cost.js';
import type { Invoice } from '../core/invoice.js';
import type { Calls } from './call.js';
import { filled } from './filled.js';
import { anyOf, equals, equalsId } from './filters.js';
import { acceptableUrl, contactOf, contentOf, toLineItem } from './from-core.js';
import { invoiceListIn, isOfType, priceDecimals } from './invoice-list.js';
import { allPages, changedSince, pageOf } from './pages.js';
import { Account, BankTransaction as SdkTransaction, BankTransactions, Invoice as SdkInvoice, Invoices, LineAmountTypes } from './sdk.js';
import { toBankTransaction } from './settlement-to-core.js';
import { toInvoice } from './to-core.js';
import { bankTransaction as wireTransaction, invoice as wireInvoice } from './wire.js';
import { type Matching, oneResultOf, resultsOf } from './write-results.js';
import type { XeroCosts } from './xero.js';

export function costsIn(calls: Calls): XeroCosts {
  async function transactionsWhere(conditions: (string | null)[]): Promise<BankTransaction[]> {
      const found: BankTransaction[] = [];
      for (const where of anyOf(conditions.filter((it) => it !== null))) {
        const { rows } = await allPages((page) =>
          calls.read(
            'list bank transactions',
            (api, tenant) => api.getBankTransactions(tenant, undefined, where, undefined, page, priceDecimals, 100),
            (body) => pageOf(body, 'BankTransactions', spentOrReceived),
          ),
        );
        found.push(...rows);
      }
      return found;
  }

  return {
    bankTransactionsByReference: (references) => transactionsWhere(references.map((reference) => equals('Reference', reference))),
    bankTransactions: (ids) => transactionsWhere(ids.map((id) => equalsId('BankTransactionID', id))),

    async spendIdsChangedSince(since) {
      const { rows, asOf } = await changedSince(since, (page, modified) =>
        calls.read('list changed bank transactions', (api, tenant) => api.getBankTransactions(tenant, modified, 'Type=="SPEND"', 'BankTransactionID ASC', page, priceDecimals, 100), (body) => pageOf(body, 'BankTransactions', spentId)),
      );
      return { ids: [...new Set(rows)], asOf };
    },

    createBankTransactions: (transactions, key) =>
      calls.write(
        'create bank transactions',
        (api, tenant) => api.createBankTransactions(tenant, filled(new BankTransactions(), { bankTransactions: transactions.map((each) => toNewTransaction(each)) }), false, priceDecimals, key),
        (body) => resultsOf(body, transactions, byReference),
      ),

    updateBankTransaction: (id, transaction, lineIds, key) =>
      calls.write(
        'change a bank transaction',
        (api, tenant) => api.updateBankTransaction(tenant, id, filled(new BankTransactions(), { bankTransactions: [filled(toNewTransaction(transaction, lineIds), { bankTransactionID: id })] }), priceDecimals, key),
        (body) => oneResultOf(body, id, byId),
      ),

    deleteBankTransaction(id, key) {
      // The model wants lines and a bank account; a change of status sends neither.
      const change = filled(new SdkTransaction(), { bankTransactionID: id, status: SdkTransaction.StatusEnum.DELETED });
      return calls.write(
        'delete a bank transaction',
        (api, tenant) => api.updateBankTransaction(tenant, id, filled(new BankTransactions(), { bankTransactions: [change] }), priceDecimals, key),
        (body) => oneResultOf(body, id, byId),
      );
    },

    createSupplierBills: (bills, key) =>
      calls.write(
        'create supplier bills',
        (api, tenant) => api.createInvoices(tenant, filled(new Invoices(), { invoices: bills.map(toNewBill) }), false, priceDecimals, key),
        (body) => resultsOf(body, bills, byContactAndNumber),
      ),

    supplierBillsByNumber: (numbers) => invoiceListIn(calls, 'ACCPAY').byNumbers(numbers),
    supplierBills: (ids) => invoiceListIn(calls, 'ACCPAY').byIds(ids),

    async supplierBillIdsChangedSince(since) {
      const { rows, asOf } = await changedSince(since, (page, modified) =>
        calls.read('list changed supplier bills', (api, tenant) => api.getInvoices(tenant, modified, 'Type=="ACCPAY"', 'InvoiceID ASC', undefined, undefined, undefined, undefined, page, true, undefined, undefined, true, 1000), (body) => pageOf(body, 'Invoices', billId)),
      );
      return { ids: [...new Set(rows)], asOf };
    },

    updateSupplierBill: (id, bill, lineIds, key) =>
      calls.write(
        'change a supplier bill',
        (api, tenant) => api.updateInvoice(tenant, id, filled(new Invoices(), { invoices: [filled(new SdkInvoice(), { invoiceID: id, ...billContent(bill, lineIds) })] }), priceDecimals, key),
        (body) => oneResultOf(body, id, billById),
      ),
  };
}

const kinds = { spend: SdkTransaction.TypeEnum.SPEND, receive: SdkTransaction.TypeEnum.RECEIVE };
const billStatuses = { draft: SdkInvoice.StatusEnum.DRAFT, submitted: SdkInvoice.StatusEnum.SUBMITTED, authorised: SdkInvoice.StatusEnum.AUTHORISED };

const toNewTransaction = (transaction: NewBankTransaction, lineIds: (string | null)[] = []): SdkTransaction =>
  filled(new SdkTransaction(), {
    type: kinds[transaction.kind],
    contact: contactOf(transaction.contactXeroId),
    bankAccount: filled(new Account(), { accountID: transaction.bankAccountXeroId }),
    date: transaction.date,
    reference: transaction.reference,
    // Left out, Xero takes bank lines for tax inclusive, unlike those of invoices (seen in recordings).
    lineAmountTypes: LineAmountTypes.Exclusive,
    lineItems: transaction.lines.map((line, index) => toLineItem(line, transaction.currency, lineIds[index] ?? null)),
    ...(transaction.url && acceptableUrl(transaction.url) ? { url: transaction.url } : {}),
  });

const toNewBill = (bill: NewSupplierBill): SdkInvoice => filled(new SdkInvoice(), { type: SdkInvoice.TypeEnum.ACCPAY, status: billStatuses[bill.status], ...billContent(bill, []) });

function billContent(bill: NewSupplierBill, lineIds: (string | null)[]): Partial<SdkInvoice> {
  // References exist on sales invoices only; a bill shows its number in that place.
  const { reference: _, ...content } = contentOf({ ...bill, reference: '', brandingThemeId: null }, lineIds);
  return content;
}

/** Transfers, overpayments and prepayments share the list; none of them is ours. */
const spentOrReceived = (row: unknown): BankTransaction[] =>
  z.object({ Type: z.enum(['SPEND', 'RECEIVE']) }).safeParse(row).success ? [toBankTransaction(wireTransaction.parse(row))] : [];

const spentId = (row: unknown): string[] => (z.object({ Type: z.literal('SPEND') }).safeParse(row).success ? [wireTransaction.pick({ BankTransactionID: true }).parse(row).BankTransactionID] : []);
const billId = (row: unknown): string[] => (isOfType(row, 'ACCPAY') ? [wireInvoice.pick({ InvoiceID: true }).parse(row).InvoiceID] : []);

const keys = z.object({ Reference: z.string(), BankTransactionID: z.string(), InvoiceID: z.string(), InvoiceNumber: z.string(), Contact: z.object({ ContactID: z.string() }) }).partial();

const transaction = { plural: 'BankTransactions', idField: 'BankTransactionID', toValue: (element: unknown): BankTransaction => toBankTransaction(wireTransaction.parse(element)) };

const byReference: Matching<NewBankTransaction, BankTransaction> = { ...transaction, keySent: (it) => it.reference, keyOf: (element) => keys.parse(element).Reference ?? null };
const byId: Matching<string, BankTransaction> = { ...transaction, keySent: (id) => id, keyOf: (element) => keys.parse(element).BankTransactionID ?? null };
const billById: Matching<string, Invoice> = { plural: 'Invoices', idField: 'InvoiceID', keySent: (id) => id, keyOf: (element) => keys.parse(element).InvoiceID ?? null, toValue: (element) => toInvoice(wireInvoice.parse(element)) };
const byContactAndNumber: Matching<NewSupplierBill, Invoice> = {
  plural: 'Invoices',
  idField: 'InvoiceID',
  keySent: (bill) => `${bill.contactXeroId} ${bill.number}`,
  keyOf: (element) => {
    const { Contact, InvoiceNumber } = keys.parse(element);
    return Contact && InvoiceNumber !== undefined ? `${Contact.ContactID} ${InvoiceNumber}` : null;
  },
  toValue: (element) => toInvoice(wireInvoice.parse(element)),
};
