import { billSums } from './bill-arithmetic.js';
import type { Firm } from './firm.js';
import type { BillRecord, BillState } from './records.js';

/** The state follows the balance: paid at zero, awaiting payment again when a payment is voided. Returns the new state. */
export function settleState(bill: BillRecord, firm: Firm, at: number): BillState {
  const { balance } = billSums(bill, firm);
  if (bill.state === 'awaiting_payment' && balance <= 0) {
    bill.state = 'paid';
    bill.paidAt = at;
  } else if (bill.state === 'paid' && balance > 0 && !bill.paidByStateOnly) {
    bill.state = 'awaiting_payment';
    bill.paidAt = null;
  }
  return bill.state;
}

export function hasPayments(bill: BillRecord, firm: Firm): boolean {
  return firm.allocationsOf(bill.id).some((allocation) => allocation.voidedAt === null);
}

/** Only a plausible table: Clio does not state the real sets. `draft` is never offered, by the enum. */
export function offeredTransitions(bill: BillRecord, firm: Firm): Exclude<BillState, 'draft'>[] {
  switch (bill.state) {
    case 'draft':
      return ['awaiting_approval', 'awaiting_payment', 'deleted'];
    case 'awaiting_approval':
      return ['awaiting_payment', 'deleted'];
    case 'awaiting_payment': {
      const paid = firm.switches.paidOffered === 'yes' ? (['paid'] as const) : [];
      return hasPayments(bill, firm) ? [...paid] : ['awaiting_approval', ...paid, 'void'];
    }
    default:
      return [];
  }
}

export function canUpdate(bill: BillRecord, firm: Firm): boolean {
  if (bill.state === 'draft' || bill.state === 'awaiting_approval') return true;
  return bill.state === 'awaiting_payment' && !hasPayments(bill, firm);
}
