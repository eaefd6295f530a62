import { z } from 'zod';
import { asMade } from '../core/as-made.js';
import { invoiceFigures } from '../core/base.js';
import { sameNumber } from '../core/invoice-number.js';
import { formatAmount } from '../core/money.js';
import { detailsOf } from '../core/contact-details.js';
import type { Contact, NewContact } from '../core/contact.js';
import type { CreditNote, NewCreditNote, NewRefund } from '../core/credit-note.js';
import type { Invoice, NewInvoice, NewPayment } from '../core/invoice.js';
import type { BillBase } from '../core/link.js';
import { clientNameIn } from '../core/match-contact.js';
import type { LinkRecord } from '../store/records.js';
import { NewContactRecord, NewCreditNoteRecord, NewInvoiceRecord, NewPaymentRecord, NewRefundRecord, BillFiguresRecord } from './stored-requests.js';
import { parsePaymentBase } from '../store/base-schema.js';
import type { WrittenPayment } from '../xero/xero.js';
import { createCostBill, createSpend } from './cost-operations.js';
import { billsOfClient } from './bills-of.js';
import { nowOf, type SyncContext } from './firm-context.js';
import { saveLink } from './link-records.js';
import { resumable, resumeIntents } from './resume-intents.js';
import type { Operation } from './write-once.js';

export interface InvoiceRequest {
  invoice: NewInvoice;
  /** Clio's figures the invoice was made from, for the link's base. */
  bill: BillBase['bill'];
}

const InvoiceRequest = z.object({ invoice: NewInvoiceRecord, bill: BillFiguresRecord });

export const createInvoice: Operation<InvoiceRequest, Invoice> = {
  name: 'create-invoice',
  parse: (stored) => InvoiceRequest.parse(stored),
  send: (context, requests, key) => context.xero.createInvoices(requests.map(({ invoice }) => invoice), key),
  find: async (context, requests) => {
    const there = await context.xero.invoicesByNumber(requests.map(({ invoice }) => invoice.number));
    return requests.map(({ invoice }) => {
      const found = there.find((each) => sameNumber(each.number, invoice.number) && each.url === invoice.url);
      return found ? asMade(found, invoice) : null;
    });
  },
  record: async (context, link, request, result) => {
    if (!result.ok) return saveLink(context, link, { intent: null });
    const { value } = result;
    const base: BillBase = { bill: request.bill, invoice: invoiceFigures(value, request.invoice.lines.map((line) => line.from)), agreedAt: nowOf(context) };
    return saveLink(context, link, { xeroId: value.xeroId, organisationId: context.organisationId, base, intent: null }, { what: 'invoice-created', billId: link.billId, text: `Invoice ${value.number} created in Xero, ${formatAmount(value.total, value.currency)}`, after: formatAmount(value.total, value.currency) });
  },
};

export const createPayment: Operation<NewPayment, WrittenPayment> = {
  name: 'create-payment',
  parse: (stored) => NewPaymentRecord.parse(stored),
  send: (context, requests, key) => context.xero.createPayments(requests, key),
  find: async (context, requests) => {
    const invoices = await context.xero.invoices([...new Set(requests.map((request) => request.invoiceXeroId))]);
    return requests.map((request) => {
      const invoice = invoices.find((each) => each.xeroId === request.invoiceXeroId);
      const payment = invoice?.payments.find((each) => each.status === 'authorised' && each.reference === request.reference);
      return payment && invoice ? { ...payment, invoiceId: invoice.xeroId } : null;
    });
  },
  record: async (context, link, request, result) => {
    if (!result.ok) return saveLink(context, link, { intent: null });
    // A payment sent again after it was over begins anew: what it was before counts no more.
    const takenOff = parsePaymentBase(link.base)?.takenOff ?? null;
    const base: unknown = Object.assign({}, link.base, { amount: request.amount, date: request.date, ended: false, takenOff: takenOff && { ...takenOff, back: true } });
    return saveLink(context, link, { xeroId: result.value.xeroId, organisationId: context.organisationId, base, intent: null, status: 'up-to-date' }, { what: 'payment-created', billId: link.billId, text: `Payment of ${formatAmount(request.amount, request.currency)} of ${request.date} recorded in Xero`, after: formatAmount(request.amount, request.currency) });
  },
};

export const createContact: Operation<NewContact, Contact> = {
  name: 'create-contact',
  parse: (stored) => NewContactRecord.parse(stored),
  send: (context, requests, key) => context.xero.createContacts(requests, key),
  find: (context, requests) => Promise.all(requests.map((request) => context.xero.contactByNumber(request.contactNumber))),
  record: async (context, link, request, result) => {
    if (!result.ok) return saveLink(context, link, { intent: null });
    const seen = { inClio: { ...detailsOf(request), name: clientNameIn(request, link.clioId) }, inXero: detailsOf(result.value) };
    return saveLink(context, link, { xeroId: result.value.xeroId, organisationId: context.organisationId, base: { ...result.value, seen }, intent: null, status: 'up-to-date' }, { what: 'contact-created', text: `Contact ${request.name} created in Xero` });
  },
};

/** The link's base, saved before the first try, already says what the note stands for. */
export const createCreditNote: Operation<NewCreditNote, CreditNote> = {
  name: 'create-credit-note',
  parse: (stored) => NewCreditNoteRecord.parse(stored),
  send: (context, requests, key) => context.xero.createCreditNotes(requests, key),
  find: async (context, requests) => {
    const there = await context.xero.creditNotesByNumber(requests.map((request) => request.number));
    return requests.map((request) => there.find((each) => sameNumber(each.number, request.number) && each.reference === request.reference) ?? null);
  },
  record: async (context, link, request, result) => {
    if (!result.ok) return saveLink(context, link, { intent: null });
    return saveLink(context, link, { xeroId: result.value.xeroId, organisationId: context.organisationId, intent: null, status: 'up-to-date' }, { what: 'credit-created', billId: link.billId, text: `Credit note ${result.value.number} created in Xero, ${formatAmount(result.value.total, request.currency)}`, after: formatAmount(result.value.total, request.currency) });
  },
};

/** Money back to the client out of a credit note; kept on the link of the credit. */
export const payRefund: Operation<NewRefund, { xeroId: string }> = {
  name: 'pay-refund',
  parse: (stored) => NewRefundRecord.parse(stored),
  send: (context, requests, key) => context.xero.payRefunds(requests, key),
  find: async (context, requests) => {
    const notes = await context.xero.creditNotes([...new Set(requests.map((request) => request.creditNoteXeroId))]);
    return requests.map((request) => notes.find((each) => each.xeroId === request.creditNoteXeroId)?.refunds.find((each) => each.status === 'authorised' && each.reference === request.reference) ?? null);
  },
  record: async (context, link, request, result) => {
    if (!result.ok) return saveLink(context, link, { intent: null });
    return saveLink(context, link, { base: Object.assign({}, link.base, { refundId: result.value.xeroId }), intent: null, status: 'up-to-date' }, { what: 'refund-paid', billId: link.billId, text: `Refund of ${formatAmount(request.amount, request.currency)} of ${request.date} recorded in Xero`, after: formatAmount(request.amount, request.currency) });
  },
};

const RESUMABLE = [resumable(createInvoice), resumable(createPayment), resumable(createCreditNote), resumable(payRefund), resumable(createContact), resumable(createSpend), resumable(createCostBill)];

/** Settles open intents of these bills, their payments and their clients; per bill still waiting, until when (milliseconds UTC). */
export async function waitingIntents(context: SyncContext, billIds: string[]): Promise<Map<string, number>> {
  const open = await openHere(context);
  if (open.length === 0) return new Map();
  const waiting = await resumeIntents(context, open, RESUMABLE);
  const bills = new Map<string, number>();
  for (const link of open) {
    const until = waiting.get(link.id);
    if (until === undefined) continue;
    const concerned = link.kind === 'contact' ? await billsOfClient(context, link.clioId ?? '') : [link.billId];
    for (const billId of concerned) if (billId !== null && billIds.includes(billId)) bills.set(billId, Math.max(until, bills.get(billId) ?? 0));
  }
  return bills;
}

/** Settles all open intents of the firm at this organisation; per link still waiting, until when (milliseconds UTC). */
export async function openIntents(context: SyncContext): Promise<Map<string, number>> {
  const open = await openHere(context);
  return open.length === 0 ? new Map<string, number>() : resumeIntents(context, open, RESUMABLE);
}

/** Of several organisations, each looks after what was sent to it. */
async function openHere({ store, firm, division, organisationId }: SyncContext): Promise<LinkRecord[]> {
  const open = await store.links.list(firm.id, { index: 'intent', value: 'open' });
  return division ? open.filter((link) => (link.organisationId || division.route.home) === organisationId) : open;
}
