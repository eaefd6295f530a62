import type { Call } from '../call.js';
import { dateString, msDate, utcString } from '../dates.js';
import type { Json } from '../incoming.js';
import { fromCents } from '../money/decimal.js';
import { contactStub } from '../books/contact-view.js';
import type { Invoice, Organisation } from '../books/organisation.js';
import { amountCredited, amountDue, amountPaid, livePayments } from '../books/settlement.js';
import { lineView } from './lines.js';

export const optionalInvoiceMembers = ['DueDate', 'FullyPaidOnDate', 'ExpectedPaymentDate', 'PlannedPaymentDate', 'BrandingThemeID', 'Url'];

/** Everything but lines and settlements: what filters see and what a payment shows. */
export function invoiceFields(organisation: Organisation, invoice: Invoice): Json {
  return {
    Type: invoice.type,
    InvoiceID: invoice.id,
    InvoiceNumber: invoice.number,
    Reference: invoice.reference,
    AmountDue: fromCents(amountDue(organisation, invoice)),
    AmountPaid: fromCents(amountPaid(organisation, invoice)),
    AmountCredited: fromCents(amountCredited(organisation, invoice)),
    CurrencyRate: invoice.currencyRate,
    Contact: contactStub(organisation, invoice.contactId),
    DateString: dateString(invoice.date),
    Date: msDate(invoice.date),
    ...(invoice.dueDate === undefined ? {} : { DueDateString: dateString(invoice.dueDate), DueDate: msDate(invoice.dueDate) }),
    ...(invoice.expectedPaymentDate === undefined ? {} : { ExpectedPaymentDate: msDate(invoice.expectedPaymentDate) }),
    ...(invoice.plannedPaymentDate === undefined ? {} : { PlannedPaymentDate: msDate(invoice.plannedPaymentDate) }),
    ...(invoice.brandingThemeId === undefined ? {} : { BrandingThemeID: invoice.brandingThemeId }),
    ...(invoice.url === undefined ? {} : { Url: invoice.url }),
    ...(invoice.fullyPaidOn === undefined ? {} : { FullyPaidOnDate: msDate(invoice.fullyPaidOn) }),
    Status: invoice.status,
    LineAmountTypes: invoice.lineAmountTypes,
    SubTotal: fromCents(invoice.subTotal),
    TotalTax: fromCents(invoice.totalTax),
    Total: fromCents(invoice.total),
    UpdatedDateUTC: msDate(invoice.updatedAt),
    UpdatedDateUTCString: utcString(invoice.updatedAt),
    CurrencyCode: invoice.currency,
  };
}

/** `lines` is false in an unpaged list: `LineItems` is then an empty array. */
export function invoiceView(call: Call, invoice: Invoice, lines: boolean): Json {
  const { organisation } = call;
  const places = call.query.get('unitdp') === '4' ? 4 : 2;
  const allocations = organisation.allocations.by('invoice', invoice.id).filter((each) => !each.isDeleted);
  const advances = (kind: 'overpayment' | 'prepayment', idName: string): Json[] =>
    allocations.filter((each) => each.source.kind === kind).map((each) => ({ [idName]: each.source.id, ID: each.source.id, AppliedAmount: fromCents(each.amount), Date: msDate(each.date), Total: fromCents(organisation.advances.get(each.source.id)?.total ?? 0) }));
  return {
    ...invoiceFields(organisation, invoice),
    Payments: paymentStubs(organisation, invoice.id),
    CreditNotes: allocations
      .filter((each) => each.source.kind === 'credit-note')
      .map((each) => {
        const note = organisation.creditNotes.get(each.source.id);
        return { CreditNoteID: each.source.id, ID: each.source.id, CreditNoteNumber: note?.number ?? '', AppliedAmount: fromCents(each.amount), Date: msDate(each.date), DateString: dateString(each.date), Total: fromCents(note?.total ?? 0) };
      }),
    Prepayments: advances('prepayment', 'PrepaymentID'),
    Overpayments: advances('overpayment', 'OverpaymentID'),
    SentToContact: invoice.sentToContact,
    IsDiscounted: invoice.lines.some((each) => each.discountRate !== undefined || each.discountAmount !== undefined),
    HasAttachments: false,
    HasErrors: false,
    InvoicePaymentServices: [],
    InvoiceAddresses: [],
    LineItems: lines ? invoice.lines.map((each) => lineView(organisation, each, places)) : [],
  };
}

export function paymentStubs(organisation: Organisation, targetId: string): Json[] {
  return livePayments(organisation, targetId).map((each) => ({
    PaymentID: each.id,
    ...(each.batchId === undefined ? {} : { BatchPaymentID: each.batchId }),
    Date: msDate(each.date),
    Amount: fromCents(each.amount),
    Reference: each.reference,
    CurrencyRate: each.currencyRate,
    HasAccount: true,
    HasValidationErrors: false,
  }));
}
