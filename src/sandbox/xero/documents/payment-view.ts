import type { Call } from '../call.js';
import { dateString, msDate, utcString } from '../dates.js';
import type { Json } from '../incoming.js';
import { fromCents } from '../money/decimal.js';
import { accountView } from '../books/accounts.js';
import type { Organisation, Payment } from '../books/organisation.js';
import { invoiceFields, paymentStubs } from './invoice-view.js';

export function paymentFields(payment: Payment): Json {
  return {
    PaymentID: payment.id,
    ...(payment.batchId === undefined ? {} : { BatchPaymentID: payment.batchId }),
    Date: msDate(payment.date),
    BankAmount: fromCents(payment.bankAmount),
    Amount: fromCents(payment.amount),
    Reference: payment.reference,
    CurrencyRate: payment.currencyRate,
    PaymentType: payment.paymentType,
    Status: payment.status,
    UpdatedDateUTC: msDate(payment.updatedAt),
    UpdatedDateUTCString: utcString(payment.updatedAt),
    HasAccount: true,
    IsReconciled: payment.isReconciled,
  };
}

/** `single` for one payment read or written: its account and invoice in full. In lists a deleted payment's invoice has no amounts. */
export function paymentView(call: Call, payment: Payment, single: boolean): Json {
  const { organisation } = call;
  const account = organisation.accounts.get(payment.accountId);
  const batch = payment.batchId === undefined ? undefined : organisation.batchPayments.get(payment.batchId);
  return {
    ...paymentFields(payment),
    ...(batch === undefined
      ? {}
      : { BatchPayment: { Account: { AccountID: batch.accountId }, BatchPaymentID: batch.id, Date: msDate(batch.date), DateString: dateString(batch.date), Type: batch.type, Status: batch.status, TotalAmount: fromCents(batch.total), UpdatedDateUTC: msDate(batch.updatedAt), IsReconciled: batch.isReconciled } }),
    ...(account === undefined ? {} : { Account: single ? accountView(account) : { AccountID: account.id, Code: account.code } }),
    ...target(organisation, payment, single),
    HasValidationErrors: false,
  };
}

function target(organisation: Organisation, payment: Payment, single: boolean): Json {
  const { kind, id } = payment.target;
  if (kind === 'credit-note') return { CreditNote: { CreditNoteID: id, CreditNoteNumber: organisation.creditNotes.get(id)?.number ?? '' } };
  if (kind === 'overpayment') return { Overpayment: { OverpaymentID: id } };
  if (kind === 'prepayment') return { Prepayment: { PrepaymentID: id } };
  const invoice = organisation.invoices.get(id);
  if (!invoice) return {};
  const contact = { ContactID: invoice.contactId, Name: organisation.contacts.get(invoice.contactId)?.name ?? '', ContactPersons: [], Addresses: [], Phones: [], HasValidationErrors: false };
  const stub = { Type: invoice.type, InvoiceID: invoice.id, InvoiceNumber: invoice.number, Payments: [], CreditNotes: [], Prepayments: [], Overpayments: [], IsDiscounted: false, HasErrors: false, InvoicePaymentServices: [], Contact: contact, LineItems: [], CurrencyCode: invoice.currency };
  if (payment.status === 'DELETED' && !single) return { Invoice: stub };
  return { Invoice: { ...stub, ...invoiceFields(organisation, invoice), Contact: contact, ...(single ? { Payments: batchedStubs(organisation, payment) } : {}) } };
}

/** Inside a batched payment the invoice's payments show the batch's id where the payment's is expected. */
function batchedStubs(organisation: Organisation, payment: Payment): Json[] {
  const stubs = paymentStubs(organisation, payment.target.id);
  return payment.batchId === undefined ? stubs : stubs.map((stub) => ({ ...stub, PaymentID: stub['BatchPaymentID'] ?? stub['PaymentID'] }));
}
