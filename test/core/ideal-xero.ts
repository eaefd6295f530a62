import { billFigures, invoiceFigures } from '../../src/core/base.js';
import type { Invoice, InvoicePayment, NewInvoice } from '../../src/core/invoice.js';
import type { BillLink, PaymentLink } from '../../src/core/link.js';
import { planBill } from '../../src/core/plan-bill.js';
import { rewordedIn, typedInXero } from '../../src/core/reworded.js';
import type { BillTruth, Plan, Step } from '../../src/core/plan.js';
import { carryOutCredit } from './ideal-credits.js';
import { contact } from './law-firm.js';

/** Carries steps out on the truth itself, as Xero and Clio at their best would. `ownTax`: Xero replaces the tax we send by its own. */
export interface World {
  truth: BillTruth;
  ownTax: boolean;
  /** Everything ever written, in order. */
  done: Step['do'][];
  next: number;
}

export const world = (truth: BillTruth, ownTax = false): World => ({ truth: structuredClone(truth), ownTax, done: [], next: 1 });

/** Plans and carries out until nothing is left to do; returns the last plan. Fails when it does not come to rest. */
export function settle(at: World, rounds = 8): Plan {
  for (let round = 0; round < rounds; round += 1) {
    const plan = planBill(at.truth);
    if (plan.steps.length === 0) return plan;
    for (const step of plan.steps) carryOut(at, step);
  }
  throw new Error(`No rest after ${rounds} rounds: ${at.done.join(', ')}`);
}

export function carryOut(at: World, step: Step): void {
  const { truth } = at;
  at.done.push(step.do);
  switch (step.do) {
    case 'ensure-contact':
      truth.contact = { ...contact };
      return;
    case 'create-invoice': {
      const invoice = written(at, step.invoice, `inv-${at.next++}`, step.invoice.lines.map(() => null), null);
      if (truth.invoices.some((each) => each.number === invoice.number && each.status !== 'deleted')) throw new Error(`Number ${invoice.number} is taken`);
      truth.invoices.push(invoice);
      agree(at, step.role, invoice, step.invoice.lines.map((line) => line.from), null);
      return;
    }
    case 'adopt-invoice':
    case 'rebase':
      agree(at, step.role, found(at, step.invoiceId), []);
      return;
    case 'update-invoice': {
      const old = found(at, step.invoiceId);
      if (old.amountPaid !== 0 || old.amountCredited !== 0) throw new Error('Xero refuses to change a settled invoice');
      const invoice = written(at, step.invoice, old.xeroId, step.lineIds, old);
      truth.invoices = truth.invoices.map((each) => (each === old ? invoice : each));
      agree(at, step.role, invoice, step.invoice.lines.map((line) => line.from), old);
      return;
    }
    case 'approve-invoice': {
      found(at, step.invoiceId).status = 'authorised';
      agree(at, step.role, found(at, step.invoiceId), []);
      return;
    }
    case 'void-invoice': {
      const invoice = found(at, step.invoiceId);
      if (invoice.amountPaid !== 0) throw new Error('Xero refuses to void a paid invoice');
      Object.assign(invoice, { status: step.asDraft ? 'deleted' : 'voided', number: step.renameTo ?? invoice.number, amountDue: 0 });
      return;
    }
    case 'create-payment': {
      const invoice = found(at, step.payment.invoiceXeroId);
      if (invoice.status !== 'authorised' || step.payment.amount > invoice.amountDue) throw new Error('Xero refuses the payment');
      const payment: InvoicePayment = { xeroId: `paid-${step.allocationId}`, date: step.payment.date, amount: step.payment.amount, reference: step.payment.reference, status: 'authorised', accountId: step.payment.accountXeroId, reconciled: false, batched: false };
      pay(invoice, payment);
      const known = truth.paymentLinks.find((link) => link.id === `payment:c${step.allocationId}`);
      if (known) Object.assign(known, { paymentId: payment.xeroId, amount: payment.amount, date: payment.date, ended: false, takenOff: known.takenOff && { ...known.takenOff, back: true } });
      else truth.paymentLinks.push(paymentLink(at, { id: `payment:c${step.allocationId}`, origin: 'clio', allocationId: step.allocationId, paymentId: payment.xeroId, amount: payment.amount, date: payment.date }));
      return;
    }
    case 'delete-payment':
      removePayment(at, step.paymentId);
      link(at, step.linkId).ended = true;
      return;
    case 'take-off-payment':
      link(at, step.linkId).takenOff = { revision: step.revision, back: false };
      removePayment(at, step.paymentId);
      return;
    case 'link-payment': {
      const known = truth.paymentLinks.find((each) => each.id === (step.linkId ?? `payment:c${step.allocationId}`));
      if (known) Object.assign(known, { allocationId: step.allocationId, alsoFor: step.alsoFor, paymentId: step.paymentId, amount: step.amount, date: step.date });
      else truth.paymentLinks.push(paymentLink(at, { id: `payment:c${step.allocationId}`, origin: 'clio', allocationId: step.allocationId, alsoFor: step.alsoFor, paymentId: step.paymentId, amount: step.amount, date: step.date }));
      return;
    }
    case 'mark-bill-paid':
      Object.assign(truth.bill, { state: 'paid', balance: 0, paid: truth.bill.due, canBecomePaid: false });
      for (const payment of step.paymentIds) waiting(at, payment, 'marked-paid');
      return;
    case 'ask-biller':
      waiting(at, { xeroId: step.paymentId, amount: step.amount, date: step.date }, step.asTask ? 'task' : 'inbox');
      return;
    case 'ask-to-remove':
      link(at, step.linkId).removalTaskId = `task-${at.next++}`;
      return;
    case 'end-payment':
      Object.assign(link(at, step.linkId), step.accepted, { ended: true });
      return;
    default:
      carryOutCredit(at, step);
  }
}

export function pay(invoice: Invoice, payment: InvoicePayment): Invoice {
  invoice.payments.push(payment);
  invoice.amountPaid += payment.amount;
  invoice.amountDue -= payment.amount;
  if (invoice.amountDue === 0) invoice.status = 'paid';
  return invoice;
}

/** Xero refuses to delete what is reconciled. */
export function removePayment(at: World, paymentId: string): World {
  for (const invoice of at.truth.invoices) {
    const payment = invoice.payments.find((each) => each.xeroId === paymentId && each.status === 'authorised');
    if (!payment) continue;
    if (payment.reconciled) throw new Error('Xero refuses to delete a reconciled payment');
    payment.status = 'deleted';
    invoice.amountPaid -= payment.amount;
    invoice.amountDue += payment.amount;
    if (invoice.status === 'paid') invoice.status = 'authorised';
  }
  return at;
}

function written(at: World, from: NewInvoice, xeroId: string, lineIds: (string | null)[], old: Invoice | null): Invoice {
  const lines = from.lines.map((line, index) => {
    const rate = at.truth.books.taxRates.find((each) => each.taxType === line.taxType)?.rate ?? '0';
    return { xeroId: lineIds[index] ?? `line-${at.next++}`, text: line.text, net: line.net, tax: at.ownTax ? halfUp(line.net, rate) : line.tax, accountCode: line.accountCode, taxType: line.taxType, tracking: line.tracking };
  });
  const subTotal = lines.reduce((sum, line) => sum + line.net, 0);
  const totalTax = lines.reduce((sum, line) => sum + line.tax, 0);
  const { number, reference, contactXeroId, currency, date, dueOn, status, brandingThemeId, url } = from;
  const total = subTotal + totalTax;
  return { xeroId, number, reference, status, contactId: contactXeroId, currency, date, dueOn, amountsAre: 'exclusive', lines, subTotal, totalTax, total, amountDue: total, amountPaid: 0, amountCredited: 0, payments: old?.payments ?? [], credits: [], url, brandingThemeId, changedAt: null };
}

/** Written apart from the code under test: percent text with up to four decimals, half away from zero. */
function halfUp(net: number, rate: string): number {
  const scaled = BigInt(Math.round(Number(rate) * 1e10));
  const product = BigInt(net) * scaled;
  const size = product < 0n ? -product : product;
  const rounded = Number((size * 2n + 10n ** 12n) / (2n * 10n ** 12n));
  return product < 0n ? 0 - rounded : rounded;
}

function agree(at: World, role: string, invoice: Invoice, from: string[][], seen: Invoice | null = invoice): void {
  const { truth } = at;
  const old = truth.links.find((each) => each.role === role);
  const kept = from.length > 0 ? from : invoice.lines.map((line) => old?.base?.invoice.lines.find((each) => each.xeroId === line.xeroId)?.from ?? []);
  const reworded = seen === null ? undefined : old?.base ? rewordedIn(old.base, seen) : typedInXero(truth.bill, seen);
  const agreedAt = `2026-10-12T10:${String(Math.floor(at.next / 60) % 60).padStart(2, '0')}:${String(at.next++ % 60).padStart(2, '0')}Z`;
  const fresh: BillLink = { billId: truth.bill.clioId, role, invoiceId: invoice.xeroId, invoiceNumber: invoice.number, base: structuredClone({ bill: billFigures(truth.bill), invoice: invoiceFigures(invoice, kept, reworded), agreedAt }) };
  truth.links = [...truth.links.filter((each) => each.role !== role), fresh];
}

function found(at: World, id: string): Invoice {
  const invoice = at.truth.invoices.find((each) => each.xeroId === id);
  if (!invoice) throw new Error(`No invoice ${id}`);
  return invoice;
}

function link(at: World, id: string): PaymentLink {
  const known = at.truth.paymentLinks.find((each) => each.id === id);
  if (!known) throw new Error(`No payment link ${id}`);
  return known;
}

function waiting(at: World, payment: { xeroId: string; amount: number; date: string }, rung: PaymentLink['rung']): void {
  at.truth.paymentLinks.push(paymentLink(at, { id: `payment:x${payment.xeroId}`, origin: 'xero', allocationId: null, paymentId: payment.xeroId, amount: payment.amount, date: payment.date, rung, taskId: rung === 'task' ? `task-${at.next++}` : null }));
}

const paymentLink = (at: World, change: Pick<PaymentLink, 'id' | 'origin' | 'allocationId' | 'paymentId' | 'amount' | 'date'> & Partial<PaymentLink>): PaymentLink => ({ billId: at.truth.bill.clioId, alsoFor: [], rung: null, taskId: null, removalTaskId: null, takenOff: null, ended: false, ...change });
