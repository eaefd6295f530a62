import type { Answer } from '../answer.js';
import type { Call, Route } from '../call.js';
import { dateString, msDate, todayIn } from '../dates.js';
import { envelope } from '../envelope.js';
import type { Incoming, Json } from '../incoming.js';
import { fromCents } from '../money/decimal.js';
import { NotFound, Refusal, refuseIf } from '../refusal.js';
import { list } from '../books/listing.js';
import type { BatchPayment } from '../books/organisation.js';
import { writeBatch, type Written } from '../books/write.js';
import { createPayment, paymentAccount } from '../documents/payment-create.js';
import { deletePayment } from '../documents/payment-delete.js';

const scope = 'accounting.payments';
const plural = 'BatchPayments';

export const batchPaymentRoutes: Route[] = [
  { method: 'GET', path: '/BatchPayments', scope, handle: (call) => list(call, { plural, rows: call.organisation.batchPayments.all(), fields: (each) => view(call, each), view: (each) => view(call, each), paged: false }) },
  { method: 'GET', path: '/BatchPayments/*', scope, handle: (call) => envelope(call, plural, [view(call, known(call, call.params[0]))]) },
  { method: 'PUT', path: '/BatchPayments', scope, handle: (call) => write(call, (element) => createBatch(call, element)) },
  { method: 'POST', path: '/BatchPayments', scope, handle: (call) => write(call, (element) => remove(call, element, known(call, element.filled('BatchPaymentID')))) },
  { method: 'POST', path: '/BatchPayments/*', scope, handle: (call) => write(call, (element) => remove(call, element, known(call, call.params[0]))) },
];

function write(call: Call, store: (element: Incoming) => Written): Answer {
  return writeBatch(call, { plural, idName: 'BatchPaymentID', summarises: true, write: store });
}

export function createBatch(call: Call, element: Incoming): Written {
  const { organisation } = call;
  const account = paymentAccount(call, element.part('Account'));
  const sent = element.list('Payments') ?? [];
  refuseIf(sent.length === 0, 'A batch payment needs at least one payment.');
  const id = call.world.newId();
  const date = element.date('Date') ?? todayIn(organisation.facts.timezone, call.now);
  const reference = element.text('Reference') ?? '';
  const payments = sent.map((each) => createPayment(call, each, { id, account, date, reference }).record);
  const types = new Set(payments.map((each) => each.paymentType));
  if (types.size !== 1) throw new Refusal(['A batch payment holds either sales invoices or bills.']);
  const batch = organisation.batchPayments.put({
    id,
    type: types.has('ACCRECPAYMENT') ? 'RECBATCH' : 'PAYBATCH',
    accountId: account.id,
    date,
    reference,
    details: element.text('Details') ?? '',
    narrative: element.text('Narrative') ?? '',
    total: payments.reduce((sum, each) => sum + each.amount, 0),
    isReconciled: false,
    status: 'AUTHORISED',
    updatedAt: call.now,
  });
  return { json: view(call, batch) };
}

function remove(call: Call, element: Incoming, batch: BatchPayment): Written {
  refuseIf(element.filled('Status') !== 'DELETED', 'Only Status accepted for updates');
  refuseIf(batch.status === 'DELETED', 'Batch payment has already been deleted');
  for (const payment of call.organisation.payments.by('batch', batch.id)) if (payment.status === 'AUTHORISED') deletePayment(call, payment, true);
  return { json: view(call, call.organisation.batchPayments.put({ ...batch, status: 'DELETED', updatedAt: call.now })) };
}

function known(call: Call, id: string | undefined): BatchPayment {
  const batch = call.organisation.batchPayments.get((id ?? '').toLowerCase());
  if (!batch) throw new NotFound();
  return batch;
}

function view(call: Call, batch: BatchPayment): Json {
  const { organisation } = call;
  const account = organisation.accounts.get(batch.accountId);
  return {
    Account: { AccountID: batch.accountId, Code: account?.code ?? '', Name: account?.name ?? '' },
    BatchPaymentID: batch.id,
    Reference: batch.reference,
    ...(batch.details === '' ? {} : { Details: batch.details }),
    ...(batch.narrative === '' ? {} : { Narrative: batch.narrative }),
    DateString: dateString(batch.date),
    Date: msDate(batch.date),
    Payments: organisation.payments.by('batch', batch.id).map((each) => ({ PaymentID: each.id, Invoice: { InvoiceID: each.target.id, InvoiceNumber: organisation.invoices.get(each.target.id)?.number ?? '' }, Amount: fromCents(each.amount), BankAmount: fromCents(each.bankAmount) })) satisfies Json[],
    Type: batch.type,
    Status: batch.status,
    TotalAmount: fromCents(batch.total),
    UpdatedDateUTC: msDate(batch.updatedAt),
    IsReconciled: batch.isReconciled,
  };
}
