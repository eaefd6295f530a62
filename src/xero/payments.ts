import { z } from 'zod';
import type { NewPayment } from '../core/invoice.js';
import { ServiceError } from '../http/service-error.js';
import { absentAsNull } from './absent.js';
import type { Calls } from './call.js';
import { filled } from './filled.js';
import { toNewPayment } from './from-core.js';
import { createInvoiceCurrencies, type InvoiceCurrencies } from './invoice-currencies.js';
import { changedSince, pageOf } from './pages.js';
import { PaymentDelete, Payments } from './sdk.js';
import { toWrittenPayment } from './to-core.js';
import { payment as wirePayment, type WirePayment } from './wire.js';
import { type Matching, oneResultOf, resultsOf, rowsOf } from './write-results.js';
import type { WrittenPayment, Xero } from './xero.js';

type Part = 'createPayments' | 'deletePayment' | 'payment' | 'paymentsChangedSince';

export function paymentsIn(calls: Calls): Pick<Xero, Part> {
  const currencies = createInvoiceCurrencies(calls);

  async function payment(id: string): Promise<WrittenPayment | null> {
    const rows = await absentAsNull(calls.read('read a payment', (api, tenant) => api.getPayment(tenant, id), (body) => rowsOf(body, 'Payments').flatMap(salesPayment)));
    return (await written(rows ?? [], currencies))[0] ?? null;
  }

  return {
    payment,

    createPayments: (payments, key) =>
      calls.write('create payments', (api, tenant) => api.createPayments(tenant, filled(new Payments(), { payments: payments.map(toNewPayment) }), false, key), (body) => resultsOf(body, payments, byContent)),

    async deletePayment(id, key) {
      // Nothing but the status: a body with more in it is refused.
      const result = await calls.write('delete a payment', (api, tenant) => api.deletePayment(tenant, id, filled(new PaymentDelete(), { status: 'DELETED' }), key), (body) => oneResultOf(body, id, byId));
      if (!result.ok) return result;
      // Deleted payments name their invoice in lists; whether they do in this answer is not documented.
      const value = (await written(salesPayment(result.value), currencies))[0] ?? (await payment(id));
      if (!value) throw new ServiceError({ service: 'xero', kind: 'ambiguous', message: 'A deleted payment cannot be read back' });
      return { ...result, value };
    },

    async paymentsChangedSince(since) {
      const { rows, asOf } = await changedSince(since, (page, modified) =>
        calls.read('list changed payments', (api, tenant) => api.getPayments(tenant, modified, undefined, 'PaymentID ASC', page, 1000), (body) => pageOf(body, 'Payments', salesPayment)),
      );
      const once = new Map(rows.map((row) => [row.PaymentID, row]));
      return { payments: await written([...once.values()], currencies), asOf };
    },
  };
}

type SalesPayment = WirePayment & { Invoice: NonNullable<WirePayment['Invoice']> };

/** Payments of supplier bills and refunds of credit notes come in the same list; they are none of ours. */
function salesPayment(row: unknown): SalesPayment[] {
  const kind = z.object({ PaymentType: z.literal('ACCRECPAYMENT') }).safeParse(row);
  if (!kind.success) return [];
  const payment = wirePayment.parse(row);
  return payment.Invoice ? [{ ...payment, Invoice: payment.Invoice }] : [];
}

/** A payment has no currency of its own and the stub of its invoice may lack it, so what is missing is asked for together. */
async function written(payments: SalesPayment[], currencies: InvoiceCurrencies): Promise<WrittenPayment[]> {
  const unknown = payments.filter(({ Invoice }) => Invoice.CurrencyCode === null).map(({ Invoice }) => Invoice.InvoiceID);
  const found = await currencies.of(unknown);
  return payments.flatMap((payment) => {
    const currency = payment.Invoice.CurrencyCode ?? found.get(payment.Invoice.InvoiceID);
    return currency ? [toWrittenPayment(payment, payment.Invoice.InvoiceID, currency)] : [];
  });
}

const keys = z.object({ PaymentID: z.string(), Reference: z.string(), Invoice: z.object({ InvoiceID: z.string() }) }).partial();

/** Payments have no unique field; the marker in the reference, together with the invoice, tells those of one call apart. */
const byContent: Matching<NewPayment, WrittenPayment> = {
  plural: 'Payments',
  idField: 'PaymentID',
  keySent: (payment) => `${payment.invoiceXeroId} ${payment.reference}`,
  keyOf: (element) => {
    const { Invoice, Reference } = keys.parse(element);
    return Invoice ? `${Invoice.InvoiceID} ${Reference ?? ''}` : null;
  },
  toValue: (element, payment) => toWrittenPayment(wirePayment.parse(element), payment.invoiceXeroId, payment.currency),
};

const byId: Matching<string, unknown> = { plural: 'Payments', idField: 'PaymentID', keySent: (id) => id, keyOf: (element) => keys.parse(element).PaymentID ?? null, toValue: (element) => element };
