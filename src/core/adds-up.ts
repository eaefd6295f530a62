import type { Bill } from './bill.js';
import { hold } from './hold.js';
import { formatAmount, type Minor, sum } from './money.js';
import type { Hold } from './plan.js';

/**
 * Line nets − bill discount + taxes + interest must be what Clio says is due, and the taxes must be its total tax.
 * Null when they are. A difference is never filled up: it would be our guess in the firm's books.
 */
export function addsUp(bill: Bill): Hold | null {
  const taxes = sum(bill.taxes.map((tax) => tax.amount));
  if (taxes !== bill.totalTax) return doesNotAddUp(bill, 'Tax', taxes, bill.totalTax);
  const due = sum([...bill.lines.map((line) => line.net), -(bill.discount?.amount ?? 0), bill.totalTax, bill.interest]);
  if (due !== bill.due) return doesNotAddUp(bill, 'Amount due', due, bill.due);
  return null;
}

export function doesNotAddUp(bill: Bill, part: string, computed: Minor, stated: Minor): Hold {
  return hold('bill', 'BILL_DOES_NOT_ADD_UP', { part, computed: formatAmount(computed, bill.currency), stated: formatAmount(stated, bill.currency) });
}
