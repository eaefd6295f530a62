import type { Expense } from '../core/expense.js';
import { type CurrencyCode, type Minor, parseAmount } from '../core/money.js';
import { matterRef } from './bill-to-core.js';
import type { ExpenseWire, MatterWire } from './wire.js';

/** Throws RangeError for an amount finer than its currency. */
export function expenseToCore(expense: ExpenseWire, matter: MatterWire | null, home: CurrencyCode): Expense {
  const currency = expense.currency?.code ?? home;
  return {
    clioId: expense.id,
    isHardCost: expense.type === 'HardCostEntry',
    date: expense.date,
    amount: amountOf(expense, currency),
    currency,
    matter: expense.matter ? matterRef(expense.matter, matter) : null,
    category: expense.expense_category && { clioId: expense.expense_category.id, name: expense.expense_category.name ?? '' },
    vendor: expense.vendor && { clioId: expense.vendor.id, name: expense.vendor.name ?? '' },
    reference: expense.reference,
    note: expense.note,
    onBill: expense.on_bill ?? false,
    charged: { bill: expense.bill && { clioId: expense.bill.id, number: expense.bill.number ?? '' }, billed: expense.billed ?? false, billable: expense.non_billable !== true && expense.no_charge !== true },
    createdAt: expense.created_at,
  };
}

/** `total` is zero for what is shown to the client without charge; what it cost the firm stands in the price. */
function amountOf({ price, quantity, total }: ExpenseWire, currency: CurrencyCode): Minor {
  const single = quantity === null || Number(quantity) === 1;
  return parseAmount((single ? (price ?? total) : total) ?? 0, currency);
}
