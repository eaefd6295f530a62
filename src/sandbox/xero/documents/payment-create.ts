import type { Call } from '../call.js';
import { todayIn } from '../dates.js';
import type { Incoming } from '../incoming.js';
import { cents } from '../money/decimal.js';
import { Refusal, refuseIf } from '../refusal.js';
import { findAccount, takesPayments } from '../books/accounts.js';
import { addNote } from '../books/history.js';
import { refuseLocked } from '../books/lock-dates.js';
import type { Account, Payment } from '../books/organisation.js';
import { amountDue, remainingCredit, settleAdvance, settleCreditNote, settleInvoice } from '../books/settlement.js';
import type { Saved } from './invoice-create.js';

interface Target {
  target: Payment['target'];
  paymentType: string;
  outstanding: number;
  payable: boolean;
  date: string;
  currency: string;
  currencyRate: number;
}

export function createPayment(call: Call, element: Incoming, batch?: { id: string; account: Account; date: string; reference: string }): Saved<Payment> {
  const { organisation, now } = call;
  const target = readTarget(call, element);
  const amount = cents(element.number('Amount') ?? 0);
  const account = batch?.account ?? paymentAccount(call, element.part('Account'));
  const date = element.date('Date') ?? batch?.date ?? todayIn(organisation.facts.timezone, now);
  refuseIf(!target.payable, 'Payments can only be made against Authorised documents');
  refuseIf(amount <= 0, 'Payment amount must be greater than zero');
  refuseIf(amount > target.outstanding, 'Payment amount exceeds the amount outstanding on this document');
  refuseLocked(call.world, organisation, date);
  const currencyRate = element.number('CurrencyRate') ?? target.currencyRate;
  const bankAmount = element.number('BankAmount');
  const sameCurrency = (account.currencyCode ?? organisation.facts.baseCurrency) === target.currency;
  const payment: Payment = {
    id: call.world.newId(),
    target: target.target,
    paymentType: target.paymentType,
    accountId: account.id,
    date,
    amount,
    bankAmount: bankAmount === undefined ? (sameCurrency ? amount : Math.round(amount / currencyRate)) : cents(bankAmount),
    currencyRate,
    reference: element.text('Reference') ?? batch?.reference ?? '',
    isReconciled: element.flag('IsReconciled') ?? false,
    status: 'AUTHORISED',
    ...(batch === undefined ? {} : { batchId: batch.id }),
    createdAt: now,
    updatedAt: now,
  };
  organisation.payments.put(payment);
  settleTarget(call, payment, 'added');
  addNote(call, payment.target.id, 'Payment', `Payment of ${(amount / 100).toFixed(2)} dated ${date} to ${account.name}${payment.reference === '' ? '' : `, ${payment.reference}`}.`);
  tellPayment(call, payment, 'CREATE');
  return { record: payment, warnings: date < target.date ? ['The payment date is prior to the invoice date.'] : [] };
}

export function paymentAccount(call: Call, element: Incoming | undefined): Account {
  const account = findAccount(call.organisation, element?.filled('AccountID'), element?.filled('Code'));
  if (!account || !takesPayments(account)) throw new Refusal(['Account type is invalid for making a payment to/from']);
  return account;
}

/** The one document a payment hits: an invoice, or the credit it refunds. */
function readTarget(call: Call, element: Incoming): Target {
  const { organisation } = call;
  const note = element.part('CreditNote');
  const over = element.part('Overpayment');
  const pre = element.part('Prepayment');
  if (note) {
    const found = organisation.creditNotes.get(note.filled('CreditNoteID')?.toLowerCase() ?? '') ?? organisation.creditNotes.by('number', note.filled('CreditNoteNumber')?.toLowerCase() ?? '')[0];
    if (!found) throw new Refusal(['Credit note could not be found']);
    const side = found.type === 'ACCRECCREDIT' ? 'AR' : 'AP';
    return { target: { kind: 'credit-note', id: found.id }, paymentType: `${side}CREDITPAYMENT`, outstanding: remainingCredit(organisation, found), payable: found.status === 'AUTHORISED', date: found.date, currency: found.currency, currencyRate: found.currencyRate };
  }
  if (over ?? pre) {
    const found = organisation.advances.get((over?.filled('OverpaymentID') ?? pre?.filled('PrepaymentID'))?.toLowerCase() ?? '');
    if (!found) throw new Refusal([over ? 'Overpayment could not be found' : 'Prepayment could not be found']);
    const side = found.direction === 'RECEIVE' ? 'AR' : 'AP';
    return { target: { kind: found.kind, id: found.id }, paymentType: `${side}${found.kind.toUpperCase()}PAYMENT`, outstanding: remainingCredit(organisation, found), payable: found.status === 'AUTHORISED', date: found.date, currency: found.currency, currencyRate: found.currencyRate };
  }
  const invoice = findInvoice(call, element);
  return { target: { kind: 'invoice', id: invoice.id }, paymentType: `${invoice.type}PAYMENT`, outstanding: amountDue(organisation, invoice), payable: invoice.status === 'AUTHORISED', date: invoice.date, currency: invoice.currency, currencyRate: invoice.currencyRate };
}

function findInvoice(call: Call, element: Incoming): NonNullable<ReturnType<typeof call.organisation.invoices.get>> {
  const part = element.part('Invoice');
  const id = part?.filled('InvoiceID')?.toLowerCase();
  const number = (part?.filled('InvoiceNumber') ?? element.filled('InvoiceNumber'))?.toLowerCase();
  const invoice = id === undefined ? call.organisation.invoices.by('number', number ?? '').at(-1) : call.organisation.invoices.get(id);
  if (!invoice) throw new Refusal(['Invoice could not be found']);
  return invoice;
}

/** Moves the document between AUTHORISED and PAID after a payment came or went. */
export function settleTarget(call: Pick<Call, 'world' | 'organisation' | 'now'>, payment: Payment, how: 'added' | 'removed'): void {
  const { kind, id } = payment.target;
  if (kind === 'invoice') settleInvoice(call, id, payment.date, how);
  else if (kind === 'credit-note') settleCreditNote(call, id, payment.date);
  else settleAdvance(call, id);
}

export function tellPayment(call: Pick<Call, 'world' | 'organisation' | 'now'>, payment: Payment, type: 'CREATE' | 'UPDATE'): void {
  if (call.world.switches.settlementEvents !== 'invoice-update-and-payment') return;
  call.organisation.tell({ category: 'PAYMENT', type, id: payment.id, at: call.now });
}
