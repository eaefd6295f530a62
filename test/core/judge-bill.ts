import type { Generated } from './bill-generator.js';
import { planBill } from '../../src/core/plan-bill.js';
import { taxCombinationKey } from '../../src/core/tax-combination.js';
import { settle, world } from './ideal-xero.js';

export type Verdict = { outcome: 'equal'; xeroAgrees: boolean } | { outcome: 'held'; reason: string; because: string };

/** Either the invoice equals the bill in net, taxes and total, or the plan holds with a reason. Throws on any third outcome. */
export function judge({ truth, broken }: Generated): Verdict {
  const { bill } = truth;
  const plan = planBill(truth);
  const [hold] = plan.holds;
  if (hold) {
    if (plan.steps.length > 0) throw new Error(`held for ${hold.reason}, yet has steps`);
    if (!broken && hold.reason !== 'BILL_NEGATIVE') throw new Error(`a sound bill was held for ${hold.reason}: ${JSON.stringify(hold.facts)}`);
    return { outcome: 'held', reason: hold.reason, because: broken ? 'one figure made wrong on purpose' : 'its credits exceed its charges' };
  }
  if (plan.leftOut) {
    if (bill.due !== 0) throw new Error(`left out for ${plan.leftOut.reason}`);
    return { outcome: 'held', reason: plan.leftOut.reason, because: 'it comes to nothing' };
  }
  if (broken) throw new Error('a bill that does not add up was let through');
  const [step, ...more] = plan.steps;
  if (step?.do !== 'create-invoice' || more.length > 0) throw new Error('expected one invoice');
  const { invoice } = step;
  equal('subtotal', invoice.subTotal, bill.subTotal - (bill.discount?.amount ?? 0) + bill.interest);
  equal('net', sum(invoice.lines.map((line) => line.net)), bill.due - bill.totalTax);
  equal('tax', sum(invoice.lines.map((line) => line.tax)), bill.totalTax);
  equal('total', invoice.total, bill.due);
  taxesByCode(truth, invoice.lines);
  return { outcome: 'equal', xeroAgrees: comesToRest(truth, true) && comesToRest(truth, false) };
}

/** Taxes that no line has beside another one stand alone in Xero too, so each must be equal by itself. */
function taxesByCode({ bill, settings }: Generated['truth'], lines: { taxType: string; tax: number }[]): void {
  const combinations = new Map(bill.lines.map((line) => [taxCombinationKey(line.taxes), line.taxes.map((tax) => tax.key)]));
  const mixed = [...combinations.values()].some((keys) => keys.length > 1);
  for (const tax of bill.taxes) {
    if (!mixed) equal(tax.key, sum(lines.filter((line) => line.taxType === settings.taxMap[tax.key]).map((line) => line.tax)), tax.amount);
  }
}

/** Carried out on a Xero that keeps our tax, or replaces it by its own, it comes to rest: equal, or held for the difference. */
function comesToRest(truth: Generated['truth'], ownTax: boolean): boolean {
  const at = world(truth, ownTax);
  const last = settle(at);
  const total = sum(at.truth.invoices.map((invoice) => invoice.total));
  const heldForIt = last.holds.some((hold) => hold.reason === 'TOTAL_MISMATCH');
  if (total !== truth.bill.due && !heldForIt) throw new Error(`Xero has ${total}, the bill ${truth.bill.due}, and nobody is told`);
  if (!ownTax && heldForIt) throw new Error('held although Xero keeps our tax');
  return !at.done.includes('update-invoice') && !heldForIt;
}

const sum = (amounts: number[]): number => amounts.reduce((total, amount) => total + amount, 0);

function equal(what: string, actual: number, expected: number): void {
  if (actual !== expected) throw new Error(`${what}: invoice ${actual}, bill ${expected}`);
}
