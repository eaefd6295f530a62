import { percentOf, productInCents } from './decimal.js';
import type { Firm } from './firm.js';
import type { BillRecord, Discount, LineRecord } from './records.js';

export interface LineSums {
  subTotal: number;
  /** After the line's own discount, before tax. */
  net: number;
  tax: number;
  secondaryTax: number;
  total: number;
}

/** All in cents of the bill's currency. */
export interface BillSums {
  subTotal: number;
  servicesSubTotal: number;
  taxable: number;
  secondaryTaxable: number;
  servicesTaxable: number;
  servicesSecondaryTaxable: number;
  tax: number;
  secondaryTax: number;
  servicesTax: number;
  servicesSecondaryTax: number;
  interest: number;
  discount: number;
  total: number;
  due: number;
  paid: number;
  credits: number;
  balance: number;
}

export function lineSums(line: LineRecord, bill: BillRecord, firm: Firm): LineSums {
  const subTotal = line.type === 'NoChargeLineItem' ? 0 : productInCents(line.price, line.quantity);
  const net = subTotal - discountOf(line.discount, subTotal);
  const tax = line.taxable ? percentOf(net, bill.taxRate) : 0;
  const secondaryBase = secondaryRule(bill, firm) === 'Post' ? net + tax : net;
  const secondaryTax = line.secondaryTaxable ? percentOf(secondaryBase, bill.secondaryTaxRate) : 0;
  return { subTotal, net, tax, secondaryTax, total: net + tax + secondaryTax };
}

export function billSums(bill: BillRecord, firm: Firm): BillSums {
  const counted = firm.linesOf(bill.id).filter((line) => line.type !== 'SummaryLineItem');
  const lines = counted.map((line) => ({ line, sums: lineSums(line, bill, firm) }));
  const services = lines.filter(({ line }) => line.kind === 'Service');
  const subTotal = sum(lines, ({ sums }) => sums.net);
  const servicesSubTotal = sum(services, ({ sums }) => sums.net);
  const discountBase = bill.discountServicesOnly ? servicesSubTotal : subTotal;
  const discount = Math.min(discountOf(bill.discount, discountBase), Math.max(discountBase, 0));
  const share = firm.switches.billDiscountTax === 'reduced' && discountBase > 0 ? discount / discountBase : 0;
  const taxes = (of: typeof lines) => taxesOf(of, bill, firm, (line) => (bill.discountServicesOnly && line.kind !== 'Service' ? 0 : share));
  const all = taxes(lines);
  const ofServices = taxes(services);
  const charges = firm.interestCharges.of(bill.id);
  const interest = sum(charges, (charge) => charge.amount);
  const gross = subTotal + all.tax + all.secondaryTax + interest;
  const due = gross - discount;
  const valid = firm.allocationsOf(bill.id).filter((allocation) => allocation.voidedAt === null);
  const paid = sum(valid.filter((each) => each.parent.type === 'Payment'), (each) => each.amount);
  const credits = sum(valid.filter((each) => each.parent.type === 'CreditMemo'), (each) => each.amount);
  return {
    subTotal, servicesSubTotal, taxable: all.base, secondaryTaxable: all.secondaryBase,
    servicesTaxable: ofServices.base, servicesSecondaryTaxable: ofServices.secondaryBase,
    tax: all.tax, secondaryTax: all.secondaryTax, servicesTax: ofServices.tax, servicesSecondaryTax: ofServices.secondaryTax,
    interest, discount, due, paid, credits,
    total: firm.switches.billDiscount === 'in-total' ? due : gross,
    balance: bill.state === 'void' && firm.switches.voidedBalance === 'zero' ? 0 : due - paid - credits,
  };
}

function secondaryRule(bill: BillRecord, firm: Firm): 'Pre' | 'Post' {
  return firm.switches.secondaryTaxRule === 'of-firm' ? firm.billingSettings.secondaryTaxRule : bill.secondaryTaxRule;
}

function taxesOf(lines: { line: LineRecord; sums: LineSums }[], bill: BillRecord, firm: Firm, reducedBy: (line: LineRecord) => number) {
  const reduced = (line: LineRecord, amount: number) => productInCents(amount / 100, 1 - reducedBy(line));
  const taxable = lines.filter(({ line }) => line.taxable);
  const secondary = lines.filter(({ line }) => line.secondaryTaxable);
  const base = sum(taxable, ({ line, sums }) => reduced(line, sums.net));
  const secondaryNet = sum(secondary, ({ line, sums }) => reduced(line, sums.net));
  if (firm.switches.taxRounding === 'per-line') {
    const lineTax = (line: LineRecord, sums: LineSums) => reduced(line, sums.tax);
    return {
      base, secondaryBase: secondaryNet,
      tax: sum(taxable, ({ line, sums }) => lineTax(line, sums)),
      secondaryTax: sum(secondary, ({ line, sums }) => reduced(line, sums.secondaryTax)),
    };
  }
  const both = sum(secondary.filter(({ line }) => line.taxable), ({ line, sums }) => reduced(line, sums.net));
  const compound = secondaryRule(bill, firm) === 'Post' ? percentOf(both, bill.taxRate) : 0;
  return { base, secondaryBase: secondaryNet, tax: percentOf(base, bill.taxRate), secondaryTax: percentOf(secondaryNet + compound, bill.secondaryTaxRate) };
}

/** Cents taken off an amount of cents. Money discounts are whole units. */
function discountOf(discount: Discount | null, amount: number): number {
  if (!discount) return 0;
  return discount.type === 'percentage' ? percentOf(amount, discount.rate) : productInCents(discount.rate);
}

function sum<T>(items: T[], amount: (item: T) => number): number {
  return items.reduce((total, item) => total + amount(item), 0);
}
