import { agrees, hasChanged, hasNewWords } from './changed-in-clio.js';
import { goneCuts, knownCuts } from './cuts.js';
import { drift, recoded } from './drift.js';
import { answerTo, hold } from './hold.js';
import type { Invoice } from './invoice.js';
import { type Known, rebases } from './known-invoice.js';
import { formatAmount } from './money.js';
import { planAdjustment } from './plan-adjustment.js';
import { planCents } from './plan-cents.js';
import { planRemake } from './plan-remake.js';
import { isThere, planRemoved } from './plan-removed.js';
import { isFree, planUpdate } from './plan-update.js';
import { planWording } from './plan-wording.js';
import { strayInItsPlace } from './strays.js';
import type { BillTruth, Hold, Plan, Step } from './plan.js';

/** A bill that has its invoice: what changed on either side since both agreed, field by field, Clio owning amounts and Xero coding. */
export function planLife(truth: BillTruth): Plan & { removed: boolean } {
  const gone = truth.links.filter((link) => link.invoiceId !== null && !isThere(truth, link));
  const instead = gone[0]?.role === 'main' ? strayInItsPlace(truth) : null;
  if (instead) return { ...plan([instead]), removed: true };
  if (gone[0]) return { ...planRemoved(truth, gone[0]), removed: true };
  const [goneCut] = goneCuts(truth);
  if (goneCut) return { ...planRemoved(truth, { role: goneCut.cut.role, invoiceNumber: goneCut.number }), removed: true };
  const unbased = truth.links.filter((link) => link.invoiceId !== null && link.base === null);
  if (unbased.length > 0) return { ...plan(unbased.map((link) => ({ do: 'rebase', role: link.role, invoiceId: link.invoiceId ?? '' }))), removed: false };

  return { ...compare(truth, knownInvoices(truth)), removed: false };
}

/** The bill's own invoices on which both agreed before, and the notes that lowered them since. */
function knownInvoices(truth: BillTruth): Known[] {
  const invoices = truth.links.flatMap((link): Known[] => {
    const invoice = truth.invoices.find((each) => each.xeroId === link.invoiceId);
    return invoice && link.base ? [{ link, base: link.base, invoice }] : [];
  });
  return [...invoices, ...knownCuts(truth)];
}

function compare(truth: BillTruth, known: Known[]): Plan {
  const main = known.find((each) => each.link.role === 'main');
  if (!main) return plan([]);
  const changedInClio = hasChanged(truth, known);
  const rewordedInClio = hasNewWords(truth, known);
  const drifted = known.flatMap(({ link, base, invoice }) => drift(truth, link.role, base, invoice) ?? []);
  if (changedInClio && agrees(truth, known)) return plan(rebases(known));
  const [question] = drifted;
  if (question) {
    const answer = answerTo(truth, question);
    if (answer === 'keep') return plan([]);
    return answer === 'restore' && known.length === 1 ? planUpdate(truth, main) : plan([], [question]);
  }
  if (changedInClio) return known.length === 1 && isFree(truth, main.invoice) ? planUpdate(truth, main) : planAdjustment(truth, known);
  if (rewordedInClio) return planWording(truth, known);
  const remade = planRemake(truth, known);
  if (remade) return remade;
  const recodings = rebases(known.filter(({ base, invoice }) => recoded(base, invoice)));
  if (recodings.length > 0) return plan(recodings);
  const cents = planCents(truth, known);
  return cents ?? stuckDraft(truth, main.invoice) ?? plan([]);
}

/** The firm wants approved invoices, and this one waits for somebody. */
function stuckDraft(truth: BillTruth, invoice: Invoice): Plan | null {
  if (truth.settings.invoice.status !== 'authorised' || (invoice.status !== 'draft' && invoice.status !== 'submitted')) return null;
  const question = hold('invoice:main', 'STUCK_DRAFT', { number: invoice.number, amount: formatAmount(invoice.total, invoice.currency) }, [{ id: 'approve', label: `Approve invoice ${invoice.number}` }]);
  return answerTo(truth, question) === 'approve' ? plan([{ do: 'approve-invoice', role: 'main', invoiceId: invoice.xeroId }]) : plan([], [question]);
}

const plan = (steps: Step[], holds: Hold[] = []): Plan => ({ steps, holds, leftOut: null });
