import type { Call } from '../call.js';
import { refuseIf } from '../refusal.js';
import { addNote } from '../books/history.js';
import { refuseLocked } from '../books/lock-dates.js';
import type { Payment } from '../books/organisation.js';
import { settleTarget, tellPayment } from './payment-create.js';

/** Takes a payment back. One of a batch goes only with its batch; that a reconciled one is refused is unconfirmed, so a switch. */
export function deletePayment(call: Pick<Call, 'world' | 'organisation' | 'now'>, payment: Payment, withBatch = false): Payment {
  const { organisation, world, now } = call;
  refuseIf(payment.status === 'DELETED', 'Payment has already been deleted');
  refuseIf(payment.batchId !== undefined && !withBatch, 'Payment cannot be deleted as it is part of a batch payment');
  refuseIf(payment.isReconciled && world.switches.reconciledPayment === 'refused', 'Payment cannot be deleted as it has been reconciled');
  refuseLocked(world, organisation, payment.date);
  const deleted = organisation.payments.put({ ...payment, status: 'DELETED', updatedAt: now });
  settleTarget(call, deleted, 'removed');
  addNote(call, payment.target.id, 'Payment Deleted', `Payment of ${(payment.amount / 100).toFixed(2)} dated ${payment.date} removed.`);
  tellPayment(call, deleted, 'UPDATE');
  return deleted;
}
