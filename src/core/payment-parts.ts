import type { Allocation } from './allocation.js';
import type { Invoice } from './invoice.js';
import type { Minor } from './money.js';

/** A part of Clio's payment 7001 is called 7001-2, 7001-3 …, the first one like the payment itself. */
export const isPartOf = (id: string, allocationId: string): boolean => id === allocationId || (id.startsWith(`${allocationId}-`) && /^\d+$/.test(id.slice(allocationId.length + 1)));

/** Clio's payment that this is a part of, or is. */
export const paymentOf = (id: string): string => id.split('-')[0] ?? id;

/** The first part's name that none of these has. */
export function nextPart(id: string, taken: readonly Pick<Allocation, 'clioId'>[]): string {
  const payment = paymentOf(id);
  const names = [payment, ...taken.map((_, index) => `${payment}-${index + 2}`)];
  return names.find((name) => !taken.some((each) => each.clioId === name)) ?? `${payment}-${taken.length + 2}`;
}

/**
 * The invoices a payment goes onto, oldest first: whole onto the first with enough open, so that it stays one line of the bank statement; one
 * larger than each of them onto several, each filled before the next. Null when all of them together have too little open.
 */
export function sharesOf(amount: Minor, invoices: readonly Invoice[], due: ReadonlyMap<string, Minor>): { invoice: Invoice; amount: Minor }[] | null {
  const open = invoices.map((invoice) => ({ invoice, amount: due.get(invoice.xeroId) ?? 0 })).filter((each) => each.amount > 0);
  const whole = open.find((each) => each.amount >= amount);
  if (whole) return [{ ...whole, amount }];
  let rest = amount;
  const shares = open.map((each) => {
    const share = { ...each, amount: Math.min(each.amount, rest) };
    rest -= share.amount;
    return share;
  });
  return rest > 0 ? null : shares.filter((share) => share.amount > 0);
}
