import type { Allocation } from './allocation.js';
import { daysApart, isClosed } from './calendar.js';
import type { Invoice, InvoicePayment } from './invoice.js';
import type { PaymentLink } from './link.js';
import type { BillTruth } from './plan.js';

/** A payment as it stands on one of the bill's invoices. */
export interface XeroPayment extends InvoicePayment {
  invoice: Invoice;
}

/** The bill's invoices that count, oldest first: `main`, then those for what was added later, by their day. */
export function liveInvoices(truth: BillTruth): Invoice[] {
  const age = (invoice: Invoice): string => {
    const role = truth.links.find((link) => link.invoiceId === invoice.xeroId)?.role ?? '';
    return role === 'main' ? '' : `${invoice.date} ${role}`;
  };
  const linked = truth.links.flatMap((link) => truth.invoices.filter((invoice) => invoice.xeroId === link.invoiceId));
  return [...new Set(linked)].filter((invoice) => invoice.status !== 'voided' && invoice.status !== 'deleted').sort((a, b) => age(a).localeCompare(age(b), 'en', { numeric: true }));
}

export function livePayments(invoices: Invoice[]): XeroPayment[] {
  return invoices.flatMap((invoice) => invoice.payments.filter((payment) => payment.status === 'authorised').map((payment) => ({ ...payment, invoice })));
}

/** Text in a Xero payment's reference by which it is known as this allocation's, even if we lost our records. */
export const markerOf = (allocationId: string): string => `C${allocationId}`;

export const carriesMarker = (payment: InvoicePayment, allocationId: string): boolean => (payment.reference ?? '').split(/\s+/).includes(markerOf(allocationId));

/** We wrote it: it carries some allocation's marker. */
export const isOurs = (payment: InvoicePayment, allocations: readonly { clioId: string }[]): boolean => allocations.some((each) => carriesMarker(payment, each.clioId));

/** Xero deletes neither reconciled payments nor single ones of a batch. */
export const isFinal = (payment: InvoicePayment): boolean => payment.reconciled || payment.batched;

/** A payment of either side that waits for its other half. */
export const isWaiting = (link: PaymentLink): boolean => link.origin === 'xero' && link.allocationId === null && !link.ended;

/** Whether a date differs more than the firm says a payment's day may. */
export const farApart = (a: string, b: string, truth: BillTruth): boolean => daysApart(a, b) > truth.settings.payments.sameWithinDays;

export const isClosedDay = (date: string, truth: BillTruth): boolean => isClosed(date, truth.books.lockedThrough);

/** Money Clio counts on the bill, credits apart. */
export const countingPayments = (truth: BillTruth): Allocation[] => truth.allocations.filter((each) => each.kind === 'payment' && !each.voided);

/** A payment from before the firm's start on a bill from before the start: both sides entered it long ago, on whatever day. */
export const isHistory = ({ bill, settings }: BillTruth, allocation: Allocation): boolean => bill.issuedOn < settings.startOn && allocation.date < settings.startOn;
