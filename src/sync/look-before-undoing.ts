import type { Invoice, InvoicePayment } from '../core/invoice.js';
import { liveInvoices, livePayments } from '../core/payment-facts.js';
import { planBill } from '../core/plan-bill.js';
import type { BillTruth } from '../core/plan.js';
import type { BillWork } from './bill-work.js';
import type { SyncContext } from './firm-context.js';

/**
 * Whether a payment is reconciled, and its bank account, stand on the payment alone, not where its invoice lists it (Xero OpenAPI, Invoice.Payments). So before one is
 * deleted, or decides how a void bill ends, it is read by itself, and the bill is planned again: somebody may have deleted it in the meantime.
 */
export async function lookBeforeUndoing(context: SyncContext, works: BillWork[]): Promise<BillWork[]> {
  return Promise.all(works.map((work) => withPaymentsRead(context, work)));
}

async function withPaymentsRead(context: SyncContext, work: BillWork): Promise<BillWork> {
  const ids = atStake(work);
  if (ids.length === 0) return work;
  const read: InvoicePayment[] = [];
  for (const id of ids) {
    const payment = await context.xero.payment(id);
    if (payment) read.push(payment);
  }
  const invoices = work.truth.invoices.map((invoice): Invoice => ({ ...invoice, payments: invoice.payments.map((payment) => ({ ...payment, ...aloneKnown(read.find((each) => each.xeroId === payment.xeroId)) })) }));
  const truth: BillTruth = { ...work.truth, invoices };
  return { ...work, truth, plan: planBill(truth) };
}

const aloneKnown = (payment: InvoicePayment | undefined): Partial<InvoicePayment> => (payment ? { status: payment.status, reconciled: payment.reconciled, batched: payment.batched, accountId: payment.accountId } : {});

function atStake({ truth, plan }: BillWork): string[] {
  const over = truth.bill.state === 'void' || truth.bill.state === 'deleted';
  const deleted = plan.steps.flatMap((step) => (step.do === 'delete-payment' || step.do === 'take-off-payment' ? [step.paymentId] : []));
  return [...new Set([...deleted, ...(over ? livePayments(liveInvoices(truth)).map((payment) => payment.xeroId) : [])])];
}
