import type { Answer } from '../answer.js';
import type { Call, Route } from '../call.js';
import { envelope } from '../envelope.js';
import { readBody, type Incoming } from '../incoming.js';
import { NotFound, refuseIf } from '../refusal.js';
import { list } from '../books/listing.js';
import type { Payment } from '../books/organisation.js';
import { writeBatch } from '../books/write.js';
import { invoiceFields } from './invoice-view.js';
import { createPayment } from './payment-create.js';
import { deletePayment } from './payment-delete.js';
import { paymentFields, paymentView } from './payment-view.js';

const scope = 'accounting.payments';

export const paymentRoutes: Route[] = [
  { method: 'GET', path: '/Payments', scope, handle: listPayments },
  { method: 'GET', path: '/Payments/*', scope, handle: (call) => envelope(call, 'Payments', [paymentView(call, known(call), true)]) },
  { method: 'PUT', path: '/Payments', scope, handle: create },
  { method: 'POST', path: '/Payments', scope, handle: create },
  { method: 'POST', path: '/Payments/*', scope, handle: remove },
];

function create(call: Call): Answer {
  return writeBatch(call, {
    plural: 'Payments',
    idName: 'PaymentID',
    summarises: true,
    write: (element) => {
      const { record, warnings } = createPayment(call, element);
      return { json: paymentView(call, record, true), warnings };
    },
  });
}

/** The only change a payment knows; bare as the schema has it, or wrapped as the example shows. */
function remove(call: Call): Answer {
  const payment = known(call);
  readBody(call.body);
  return writeBatch(call, {
    plural: 'Payments',
    idName: 'PaymentID',
    summarises: false,
    write: (element) => {
      refuseIf(element.filled('Status') !== 'DELETED' || hasMore(element), 'Only Status accepted for updates');
      return { json: paymentView(call, deletePayment(call, payment), true) };
    },
  });
}

function hasMore(element: Incoming): boolean {
  return Object.keys(element.json).some((name) => name !== 'Status' && name !== 'PaymentID');
}

function listPayments(call: Call): Answer {
  const { organisation } = call;
  const view = (each: Payment): ReturnType<typeof paymentView> => paymentView(call, each, false);
  return list(call, {
    plural: 'Payments',
    rows: organisation.payments.all(),
    fields: (each) => {
      const invoice = organisation.invoices.get(each.target.id);
      return { ...paymentFields(each), Account: { AccountID: each.accountId, Code: organisation.accounts.get(each.accountId)?.code ?? null }, Invoice: invoice ? invoiceFields(organisation, invoice) : null };
    },
    optional: ['BatchPaymentID'],
    view,
    paged: true,
  });
}

function known(call: Call): Payment {
  const payment = call.organisation.payments.get((call.params[0] ?? '').toLowerCase());
  if (!payment) throw new NotFound();
  return payment;
}
