import type { Allocation } from '../core/allocation.js';
import { parseAmount, type CurrencyCode } from '../core/money.js';
import type { AllocationWire } from './wire.js';

/** What Clio tells about credits elsewhere: by allocation id, and by credit memo id. */
export interface CreditFacts {
  kinds: ReadonlyMap<string, 'credit_note' | 'write_off'>;
  discounts: ReadonlySet<string>;
}

/** Null for what settles nothing: of the documented parents only payments and credit memos do. */
export function allocationToCore(allocation: AllocationWire, currency: CurrencyCode, credits: CreditFacts): Allocation | null {
  const { parent, source_bank_account: source } = allocation;
  if (parent?.type !== 'Payment' && parent?.type !== 'CreditMemo') return null;
  return {
    clioId: allocation.id,
    billId: allocation.bill?.id ?? null,
    kind: parent.type === 'Payment' ? 'payment' : 'credit',
    parentId: parent.id,
    date: allocation.date,
    // Clio writes moments with the account's offset, so their day is the account's.
    changedOn: allocation.updated_at?.slice(0, 10) ?? allocation.date,
    amount: parseAmount(allocation.amount, currency),
    settlesInterest: allocation.interest === true,
    voided: allocation.voided_at !== null,
    description: allocation.description,
    method: methodOf(allocation),
    source: source && { clioId: source.id, type: source.type?.toLowerCase().startsWith('trust') ? 'trust' : 'operating' },
    destinationAccountId: allocation.destination_bank_account?.id ?? null,
    creditKind: credits.kinds.get(allocation.id) ?? null,
    asDiscount: parent.type === 'CreditMemo' && credits.discounts.has(parent.id),
  };
}

/** `payment_type` tells card from eCheck in words that are not documented. */
function methodOf({ has_online_payment, payment_type }: AllocationWire): Allocation['method'] {
  if (has_online_payment !== true) return null;
  const words = (payment_type ?? '').toLowerCase().replace(/[^a-z]/g, '');
  if (words.includes('echeck') || words.includes('ach')) return 'echeck';
  return words.includes('card') ? 'card' : 'other';
}
