import type { Bill } from '../../src/core/bill.js';
import type { Invoice } from '../../src/core/invoice.js';
import type { BillTruth } from '../../src/core/plan.js';
import { planBill } from '../../src/core/plan-bill.js';
import { settle, world, type World } from './ideal-xero.js';
import { aTruth } from './law-firm.js';

/** One row of a table: what is true, and what is planned then, in words. */
export interface Case {
  says: string;
  truth: () => BillTruth;
  plans: string[];
}

/** Both sides in step: the bill's invoice was made and nothing is left to do. */
export function inStep(change: Partial<BillTruth> = {}): World {
  const at = world(aTruth(change));
  settle(at);
  return at;
}

/** In step, then something happens. */
export function after(happens: (at: World) => unknown, change: Partial<BillTruth> = {}): BillTruth {
  const at = inStep(change);
  happens(at);
  return at.truth;
}

/** The same truth after a person chose this answer to the only question with such a choice. */
export function answered(truth: BillTruth, choice: string): BillTruth {
  const asked = planBill(truth).holds.filter((hold) => hold.choices.some((each) => each.id === choice));
  const [hold] = asked;
  if (!hold || asked.length > 1) throw new Error(`${asked.length} questions offer "${choice}"`);
  return { ...truth, answers: [...(truth.answers ?? []), { about: hold.about, reason: hold.reason, facts: hold.facts, choice }] };
}

export function mainInvoice(at: World): Invoice {
  const [invoice] = at.truth.invoices;
  if (!invoice) throw new Error('no invoice yet');
  return invoice;
}

/** The bill as Clio shows it after an edit; its own id and version of the world stay. */
export function editBill(at: World, edited: Bill): World {
  at.truth.bill = { ...edited, updatedAt: '2026-10-25T09:00:00Z' };
  return at;
}
