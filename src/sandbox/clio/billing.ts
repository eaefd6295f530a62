import { billSums } from './bill-arithmetic.js';
import { hasPayments, settleState } from './bill-states.js';
import { ClioRefusal, forbidden, invalid } from './errors.js';
import type { Firm } from './firm.js';
import type { ActivityRecord, BillKind, BillRecord, BillState, Discount, LineRecord, LineType } from './records.js';
import { addDays } from './timestamps.js';

export interface NewLine {
  /** Default: the bill's first matter. */
  matterId?: number;
  type?: LineType;
  kind?: 'Service' | 'Expense';
  /** For expenses: which kind of cost the activity is. */
  cost?: 'hard' | 'soft';
  description?: string;
  note?: string;
  date?: string;
  /** Whole units. */
  price: number;
  /** Hours for time. Default 1. */
  quantity?: number;
  discount?: { rate: number; type: 'percentage' | 'money' };
  taxable?: boolean;
  secondaryTaxable?: boolean;
  userId?: number;
  expenseCategoryId?: number;
  activityDescriptionId?: number;
  vendorId?: number;
}

export interface NewBill {
  clientId: number;
  matterIds: number[];
  lines: NewLine[];
  /** Default: the next free one. */
  number?: string;
  /** Default `draft`. */
  state?: 'draft' | 'awaiting_approval' | 'awaiting_payment';
  kind?: BillKind;
  subject?: string;
  memo?: string;
  purchaseOrder?: string;
  issuedAt?: string;
  dueAt?: string;
  startAt?: string;
  endAt?: string;
  /** Percent. Default: the firm's settings. */
  taxRate?: number;
  secondaryTaxRate?: number;
  secondaryTaxRule?: 'Pre' | 'Post';
  discount?: Discount;
  discountServicesOnly?: boolean;
  interestRate?: number;
  currencyId?: number;
  userId?: number;
  originalBillId?: number;
  legalAid?: boolean;
}

export function createBill(firm: Firm, spec: NewBill): BillRecord {
  const settings = firm.billingSettings;
  const userId = spec.userId ?? firm.users.all()[0]?.id ?? 0;
  const issuedAt = spec.issuedAt ?? (spec.state === 'awaiting_payment' ? firm.today() : null);
  const terms = firm.contacts.at(spec.clientId).paymentTermDays ?? 30;
  const bill = firm.bills.add((stamp) => ({
    ...stamp, number: spec.number ?? firm.nextBillNumber(), type: spec.matterIds.length > 1 ? 'ClientBill' : 'MatterBill', kind: spec.kind ?? 'revenue_kind',
    state: 'draft', subject: spec.subject ?? null, purchaseOrder: spec.purchaseOrder ?? null, memo: spec.memo ?? null, issuedAt,
    dueAt: spec.dueAt ?? (issuedAt === null ? null : addDays(issuedAt, terms)), startAt: spec.startAt ?? null, endAt: spec.endAt ?? null, lastSentAt: null, paidAt: null,
    taxRate: spec.taxRate ?? settings.taxRate, secondaryTaxRate: spec.secondaryTaxRate ?? (settings.useSecondaryTax ? settings.secondaryTaxRate : 0),
    secondaryTaxRule: spec.secondaryTaxRule ?? settings.secondaryTaxRule, discount: spec.discount ?? null, discountServicesOnly: spec.discountServicesOnly ?? false,
    interestRate: spec.interestRate ?? 0, interestPeriod: 30, interestType: 'simple', clientId: spec.clientId, matterIds: spec.matterIds,
    currencyId: spec.currencyId ?? firm.facts.homeCurrencyId, userId, destinationAccountId: operatingAccount(firm), originalBillId: spec.originalBillId ?? null,
    split: null, legalAid: spec.legalAid ?? false, paidByStateOnly: false,
  }));
  firm.noteBillNumber(bill.number);
  spec.lines.forEach((line, index) => { addLine(firm, bill, line, index + 1); });
  if (spec.state === 'awaiting_approval') bill.state = 'awaiting_approval';
  if (spec.state === 'awaiting_payment') approveBill(firm, bill);
  return bill;
}

export function addLine(firm: Firm, bill: BillRecord, line: NewLine, order = firm.linesOf(bill.id).length + 1): LineRecord {
  const matterId = line.matterId ?? bill.matterIds[0] ?? 0;
  const kind = line.kind ?? (line.cost ? 'Expense' : 'Service');
  const type = line.type ?? 'ActivityLineItem';
  const taxable = line.taxable ?? bill.taxRate !== 0;
  const secondaryTaxable = line.secondaryTaxable ?? bill.secondaryTaxRate !== 0;
  const date = line.date ?? bill.endAt ?? bill.issuedAt ?? firm.today();
  const userId = line.userId ?? bill.userId;
  const activity = type === 'ActivityLineItem' || type === 'NoChargeLineItem' ? addActivity() : null;
  return firm.lines.add((stamp) => ({
    ...stamp, billId: bill.id, matterId, activityId: activity?.id ?? null, userId, type, kind, description: line.description ?? null, note: line.note ?? null, date,
    price: line.price, quantity: line.quantity ?? 1, discount: line.discount ? { ...line.discount, note: null } : null, taxable, secondaryTaxable, order,
  }));

  function addActivity(): ActivityRecord {
    const activityType = kind === 'Service' ? 'TimeEntry' : line.cost === 'hard' ? 'HardCostEntry' : line.cost === 'soft' ? 'SoftCostEntry' : 'ExpenseEntry';
    const quantity = activityType === 'TimeEntry' ? Math.round((line.quantity ?? 1) * 3600) : activityType === 'HardCostEntry' ? null : (line.quantity ?? 1);
    return firm.activities.add((stamp) => ({
      ...stamp, type: activityType, date, quantity, price: line.price, note: line.note ?? null, reference: null, nonBillable: false, noCharge: type === 'NoChargeLineItem',
      taxSetting: kind === 'Expense' ? taxSetting(taxable, secondaryTaxable) : null, matterId, userId, billId: bill.id,
      expenseCategoryId: line.expenseCategoryId ?? null, activityDescriptionId: line.activityDescriptionId ?? null, vendorId: line.vendorId ?? null,
    }));
  }
}

export function approveBill(firm: Firm, bill: BillRecord): void {
  if (bill.state !== 'draft' && bill.state !== 'awaiting_approval') throw invalid(`A bill in state ${bill.state} cannot be approved`);
  bill.state = 'awaiting_payment';
  bill.issuedAt ??= firm.today();
  bill.dueAt ??= addDays(bill.issuedAt, firm.contacts.at(bill.clientId).paymentTermDays ?? 30);
  settleState(bill, firm, firm.clock.now());
  billChanged(firm, bill);
}

/** Draft and awaiting approval become deleted, awaiting payment becomes void; refused while payments stand. */
export function deleteBill(firm: Firm, bill: BillRecord): void {
  if (hasPayments(bill, firm) || bill.state === 'paid' || bill.state === 'void' || bill.state === 'deleted') throw forbidden('Bill cannot be deleted');
  if (bill.state === 'awaiting_payment') {
    bill.state = 'void';
    billChanged(firm, bill);
    return;
  }
  bill.state = 'deleted';
  firm.bills.touch(bill, true);
  firm.onChange({ model: 'bill', event: 'deleted', id: bill.id });
}

export function voidBill(firm: Firm, bill: BillRecord): void {
  if (hasPayments(bill, firm)) throw forbidden('Bill with payments cannot be voided');
  if (bill.state !== 'awaiting_payment' && bill.state !== 'paid') throw invalid(`A bill in state ${bill.state} cannot be voided`);
  bill.state = 'void';
  billChanged(firm, bill);
}

/** Interest on an overdue bill: within it, or as a bill of its own (C7). Cents. */
export function chargeInterest(firm: Firm, bill: BillRecord, amount: number, date: string): BillRecord {
  const charged =
    firm.switches.interest === 'on-same-bill'
      ? bill
      : createBill(firm, {
          clientId: bill.clientId, matterIds: bill.matterIds, lines: [], state: 'draft', issuedAt: date, originalBillId: bill.id, currencyId: bill.currencyId, userId: bill.userId,
        });
  firm.interestCharges.add((stamp) => ({ ...stamp, billId: charged.id, date, amount, description: 'Interest on overdue balance' }));
  if (charged === bill) {
    settleState(bill, firm, firm.clock.now());
    billChanged(firm, bill);
  } else approveBill(firm, charged);
  return charged;
}

/** After anything but payments and credits changed. */
export function billChanged(firm: Firm, bill: BillRecord): void {
  firm.bills.touch(bill);
}

/** What PATCH `state` does: our table of moves; the real sets are not documented. */
export function moveState(firm: Firm, bill: BillRecord, state: BillState, settle: () => void): void {
  if (state === bill.state) return;
  if (state === 'paid') {
    markPaid(firm, bill, settle);
  } else if (state === 'awaiting_payment' && (bill.state === 'draft' || bill.state === 'awaiting_approval')) {
    approveBill(firm, bill);
  } else if (state === 'void' && bill.state === 'awaiting_payment') {
    voidBill(firm, bill);
  } else if (state === 'deleted' && (bill.state === 'draft' || bill.state === 'awaiting_approval')) {
    deleteBill(firm, bill);
  } else if ((state === 'awaiting_approval' || state === 'draft') && ['draft', 'awaiting_approval', 'awaiting_payment'].includes(bill.state) && !hasPayments(bill, firm)) {
    bill.state = state;
    billChanged(firm, bill);
  } else throw invalid(`State cannot transition from ${bill.state} to ${state}`);
}

function markPaid(firm: Firm, bill: BillRecord, settle: () => void): void {
  if (bill.state !== 'awaiting_payment') throw invalid(`State cannot transition from ${bill.state} to paid`);
  switch (firm.switches.patchPaid) {
    case 'refused':
      throw new ClioRefusal(422, 'ArgumentError', 'State cannot be changed to paid while a balance is outstanding');
    case 'settles':
      settle();
      return;
    case 'state-only':
      bill.state = 'paid';
      bill.paidByStateOnly = true;
      bill.paidAt = firm.clock.now();
      billChanged(firm, bill);
  }
}

export function balanceOf(firm: Firm, bill: BillRecord): number {
  return billSums(bill, firm).balance;
}

export function operatingAccount(firm: Firm): number | null {
  return firm.bankAccounts.where((account) => account.type === 'Operating')[0]?.id ?? null;
}

function taxSetting(first: boolean, second: boolean): ActivityRecord['taxSetting'] {
  if (first) return second ? 'tax_1_and_tax_2' : 'tax_1_only';
  return second ? 'tax_2_only' : 'no_tax';
}
