import { balanceOf, operatingAccount } from './billing.js';
import { settleState } from './bill-states.js';
import { invalid } from './errors.js';
import type { Firm } from './firm.js';
import type { AllocationRecord, BillRecord, CreditMemoRecord, PaymentRecord } from './records.js';
import { startOfDay } from './timestamps.js';

export interface NewPayment {
  /** Settled in this order, each up to its balance, until the amount is used up. */
  billIds: number[];
  /** Cents of the bills' currency. Must not exceed what is open. */
  amount: number;
  date?: string;
  /** The account that receives it. Default: the first operating account. */
  bankAccountId?: number | null;
  /** A trust account, when client money held there pays the bill. */
  sourceBankAccountId?: number | null;
  /** Cheque number and the like. */
  reference?: string;
  /** Paid through Clio's page; the words of `payment_type` are not documented. */
  online?: 'Credit Card' | 'eCheck';
  /** Settles interest, not fees. */
  interest?: boolean;
}

export interface NewCredit {
  billId: number;
  /** Cents. */
  amount: number;
  date?: string;
  description?: string;
  kind?: 'credit_note' | 'write_off';
  /** An early-payment discount. */
  discount?: boolean;
  userId?: number;
}

/** Money received: a payment, an allocation per bill, a bank transaction per allocation and account. */
export function recordPayment(firm: Firm, spec: NewPayment): PaymentRecord {
  const bills = spec.billIds.map((id) => firm.bills.at(id));
  const shares = sharesOf(firm, bills, spec.amount);
  const date = spec.date ?? firm.today();
  const [source, destination] = accountsOf(firm, spec);
  const payment = firm.payments.add((stamp) => ({
    ...stamp, contactId: bills[0]?.clientId ?? null, date, amount: spec.amount, reference: spec.reference ?? null, sourceAccountId: source,
    destinationAccountId: destination, voidedAt: null,
  }));
  for (const { bill, amount } of shares) {
    const allocation = firm.allocations.add((stamp) => ({
      ...stamp, date, amount, interest: spec.interest ?? false, billId: bill.id, matterId: bill.matterIds[0] ?? null, contactId: bill.clientId,
      parent: { type: 'Payment', id: payment.id }, sourceAccountId: payment.sourceAccountId, destinationAccountId: destination, description: null, online: spec.online ?? null, voidedAt: null,
    }));
    book(firm, bill, allocation, payment, destination, amount);
    book(firm, bill, allocation, payment, payment.sourceAccountId, -amount);
    settled(firm, bill, startOfDay(date, firm.facts.timeZone));
  }
  return payment;
}

export function voidPayment(firm: Firm, payment: PaymentRecord): void {
  if (payment.voidedAt !== null) throw invalid('Payment is already voided');
  payment.voidedAt = firm.clock.now();
  firm.payments.touch(payment);
  const allocations = firm.allocations.where((each) => each.parent.type === 'Payment' && each.parent.id === payment.id);
  voidAllocations(firm, allocations);
  const ids = new Set(allocations.map((each) => each.id));
  for (const row of firm.bankTransactions.where((each) => each.allocationId !== null && ids.has(each.allocationId))) firm.bankTransactions.remove(row);
}

/** Where the money came from and where it went. C22: no document says what payments out of operating funds, or plain ones, name. */
function accountsOf(firm: Firm, { bankAccountId, sourceBankAccountId = null }: NewPayment): [number | null, number | null] {
  const destination = bankAccountId === undefined ? operatingAccount(firm) : bankAccountId;
  const { operatingSource } = firm.switches;
  if (operatingSource === 'source-only') return [sourceBankAccountId, destination];
  if (sourceBankAccountId !== null) return [sourceBankAccountId, destination ?? sourceBankAccountId];
  return operatingSource === 'every-payment' ? [destination, destination] : [null, destination];
}

/** Edited to a lower amount, as an entry is corrected, or as money that went back is recorded: Clio has no refunds. What it settled last opens first. */
export function lowerPayment(firm: Firm, payment: PaymentRecord, amount: number): PaymentRecord {
  if (payment.voidedAt !== null || !Number.isInteger(amount) || amount <= 0 || amount >= payment.amount) throw invalid('Amount must be below the payment and above zero');
  let less = payment.amount - amount;
  payment.amount = amount;
  firm.payments.touch(payment);
  for (const allocation of firm.allocations.where((each) => each.parent.type === 'Payment' && each.parent.id === payment.id).reverse()) {
    const cut = Math.min(less, allocation.amount - 1);
    if (cut <= 0) continue;
    less -= cut;
    const left = firm.switches.editedPayment === 'same-allocation' ? allocation : firm.allocations.add((stamp) => ({ ...allocation, ...stamp }));
    left.amount -= cut;
    if (left !== allocation) voidAllocations(firm, [allocation]);
    firm.allocations.touch(left);
    for (const row of firm.bankTransactions.where((each) => each.allocationId === allocation.id)) firm.bankTransactions.touch(Object.assign(row, { allocationId: left.id, amount: Math.sign(row.amount) * left.amount }));
    const bill = firm.bills.get(allocation.billId);
    if (bill) settled(firm, bill, firm.clock.now());
  }
  return payment;
}

/** A credit note, or a debt given up: an allocation whose parent is a credit memo. */
export function recordCredit(firm: Firm, spec: NewCredit): CreditMemoRecord {
  const bill = firm.bills.at(spec.billId);
  sharesOf(firm, [bill], spec.amount);
  const date = spec.date ?? firm.today();
  const memo = firm.creditMemos.add((stamp) => ({
    ...stamp, date, amount: spec.amount, description: spec.description ?? null, kind: spec.kind ?? 'credit_note', discount: spec.discount ?? false,
    contactId: bill.clientId, userId: spec.userId ?? bill.userId, voidedAt: null,
  }));
  firm.allocations.add((stamp) => ({
    ...stamp, date, amount: spec.amount, interest: false, billId: bill.id, matterId: bill.matterIds[0] ?? null, contactId: bill.clientId,
    parent: { type: 'CreditMemo', id: memo.id }, sourceAccountId: null, destinationAccountId: null, description: memo.description, online: null, voidedAt: null,
  }));
  settled(firm, bill, firm.clock.now());
  return memo;
}

export function voidCredit(firm: Firm, memo: CreditMemoRecord): void {
  if (memo.voidedAt !== null) throw invalid('Credit memo is already voided');
  memo.voidedAt = firm.clock.now();
  firm.creditMemos.touch(memo);
  voidAllocations(firm, firm.allocations.where((each) => each.parent.type === 'CreditMemo' && each.parent.id === memo.id));
}

function voidAllocations(firm: Firm, allocations: AllocationRecord[]): void {
  for (const allocation of allocations) {
    allocation.voidedAt = firm.clock.now();
    firm.allocations.touch(allocation);
    const bill = firm.bills.get(allocation.billId);
    if (bill) settled(firm, bill, firm.clock.now());
  }
}

/** C8: the bill's version moves either way; whether its webhook fires is the switch. */
function settled(firm: Firm, bill: BillRecord, at: number): void {
  settleState(bill, firm, at);
  firm.bills.touch(bill, !firm.switches.billEventOnPayment);
}

function sharesOf(firm: Firm, bills: BillRecord[], amount: number): { bill: BillRecord; amount: number }[] {
  if (!Number.isInteger(amount) || amount <= 0) throw invalid('Amount must be greater than zero');
  let left = amount;
  const shares = bills.map((bill) => {
    if (bill.state !== 'awaiting_payment' && !(bill.state === 'paid' && bill.paidByStateOnly)) throw invalid(`Bill ${bill.number} is not awaiting payment`);
    const share = Math.min(left, balanceOf(firm, bill));
    left -= share;
    return { bill, amount: share };
  });
  if (left > 0) throw invalid('Amount exceeds the balance');
  return shares.filter((share) => share.amount > 0);
}

function book(firm: Firm, bill: BillRecord, allocation: AllocationRecord, payment: PaymentRecord, accountId: number | null, amount: number): void {
  if (accountId === null) return;
  firm.bankTransactions.add((stamp) => ({
    ...stamp, accountId, date: payment.date, amount, source: firm.contacts.at(bill.clientId).name, confirmation: payment.reference,
    description: `Payment for bill ${bill.number}`, transactionType: amount > 0 ? 'Deposit' : 'Withdrawal', clientId: bill.clientId,
    matterId: allocation.matterId, billId: bill.id, allocationId: allocation.id,
  }));
}
