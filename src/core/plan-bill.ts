import { eligible } from './eligible.js';
import { asInXero } from './payments-as-in-xero.js';
import { planCredits } from './plan-credits.js';
import { planEnd } from './plan-end.js';
import { planFirst } from './plan-first.js';
import { planLife } from './plan-life.js';
import { planPayments } from './plan-payments.js';
import { planSplit } from './plan-split.js';
import { withStrays } from './strays.js';
import type { BillTruth, Plan } from './plan.js';

/**
 * What to do about one bill, given everything both sides show now: the same for a webhook, a button, a sweep or a backfill. No clock,
 * no calls. Carrying the steps out and planning again comes to rest with no steps left.
 */
export function planBill(truth: BillTruth): Plan {
  return withStrays(truth, planned(asInXero(truth)));
}

function planned(truth: BillTruth): Plan {
  const { state } = truth.bill;
  if (state === 'void' || state === 'deleted') return planEnd(truth);

  const fit = eligible(truth);
  if (!fit.go) return { steps: [], holds: fit.holds, leftOut: fit.leftOut };

  const split = planSplit(truth);
  if (split) return split;

  const hasInvoice = truth.links.some((link) => link.role === 'main' && link.invoiceId !== null);
  if (!hasInvoice) return planFirst(truth);

  const life = planLife(truth);
  if (life.removed) return { steps: life.steps, holds: life.holds, leftOut: life.leftOut };

  const payments = planPayments(truth, life.steps.every((step) => step.do === 'rebase'));
  const credits = planCredits(truth, [...life.steps, ...payments.steps]);
  return { steps: [...life.steps, ...payments.steps, ...credits.steps], holds: [...life.holds, ...payments.holds, ...credits.holds], leftOut: null };
}
