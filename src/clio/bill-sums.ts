import type { Bill, BillLine } from '../core/bill.js';
import { percent, roundHalfUp, times, whole } from '../core/fraction.js';
import { parseAmount, type CurrencyCode, type Minor } from '../core/money.js';
import type { BillWire } from './wire.js';

/** What Clio leaves to be worked out: the amount a bill's discount takes off, and how much of `due` is interest. */
export interface BillSums {
  discount: Bill['discount'];
  interest: Minor;
}

/**
 * Clio gives a discount as a rate and `due` as what remains. Whether `total` is before or after the discount, and whether interest is
 * part of this bill or of one of its own, is not documented; `due` is after both under either answer. So the discount is what is missing
 * between the lines and `due`, if and only if it is what its rate would take off. When nothing fits, the nominal figures stand and
 * the bill does not add up, which the plan holds for a person; nothing is plugged.
 */
export function billSums(bill: BillWire, lines: readonly BillLine[], totalTax: Minor, currency: CurrencyCode): BillSums {
  const net = sum(lines);
  const due = parseAmount(bill.due, currency);
  const stated = parseAmount(bill.interest?.total ?? 0, currency);
  // An interest bill made by Clio for another bill, without lines: all of it is interest.
  if (bill.original_bill && lines.length === 0 && totalTax === 0 && stated === 0) return { discount: null, interest: due };

  const bases = discountBases(bill, lines, totalTax);
  for (const interest of [...new Set([stated, 0])]) {
    const missing = net + totalTax + interest - due;
    if (missing === 0 && bases === null) return { discount: null, interest };
    if (missing > 0 && bases?.some((base) => Math.abs(nominal(bill, base, currency) - missing) <= 1)) return { discount: discountOf(bill, missing), interest };
    // A rate of a hundredth of a percent on a small bill takes nothing off.
    if (missing === 0 && bases?.every((base) => nominal(bill, base, currency) === 0)) return { discount: null, interest };
  }
  return { discount: bases && discountOf(bill, nominal(bill, bases[0] ?? 0, currency)), interest: stated };
}

/** What the rate may be meant of; null without a discount. Whether tax is part of it is not documented. */
function discountBases(bill: BillWire, lines: readonly BillLine[], totalTax: Minor): Minor[] | null {
  if (Number(bill.discount?.rate ?? 0) === 0) return null;
  const covered = bill.discount_services_only === true ? lines.filter(({ kind }) => kind === 'fee') : lines;
  const tax = bill.discount_services_only === true ? covered.flatMap((line) => line.taxes).reduce((total, { amount }) => total + amount, 0) : totalTax;
  return [sum(covered), sum(covered) + tax];
}

function nominal(bill: BillWire, base: Minor, currency: CurrencyCode): Minor {
  const rate = bill.discount?.rate ?? 0;
  return bill.discount?.type === 'money' ? parseAmount(rate, currency) : roundHalfUp(times(whole(base), percent(String(rate))));
}

const discountOf = (bill: BillWire, amount: Minor): Bill['discount'] => ({
  amount,
  appliesTo: bill.discount_services_only === true ? 'services' : 'all',
  note: bill.discount?.note ?? null,
});

const sum = (lines: readonly BillLine[]): Minor => lines.reduce((total, line) => total + line.net, 0);
