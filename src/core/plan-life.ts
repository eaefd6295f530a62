import { billFigures } from './base.js';
import { billToInvoice, closedPeriod } from './bill-to-invoice.js';
import { goneCuts, knownCuts } from './cuts.js';
import { drift, recoded } from './drift.js';
import { nextFree, refusedNumbers } from './free-number.js';
import { answerTo, hold } from './hold.js';
import type { Invoice } from './invoice.js';
import type { BillBase, BillLink } from './link.js';
import { formatAmount, sum } from './money.js';
import { planAdjustment } from './plan-adjustment.js';
import { planCents } from './plan-cents.js';
import { isFree, planUpdate } from './plan-update.js';
import { planWording } from './plan-wording.js';
import type { BillTruth, Hold, Plan, Step } from './plan.js';

/** One of the bill's invoices with its link and what both last agreed on. */
export interface Known {
  link: BillLink;
  base: BillBase;
  invoice: Invoice;
}

/** A bill that has its invoice: what changed on either side since both agreed, field by field, Clio owning amounts and Xero coding. */
export function planLife(truth: BillTruth): Plan & { removed: boolean } {
  const gone = truth.links.filter((link) => link.invoiceId !== null && !isThere(truth, link));
  if (gone[0]) return { ...planRemoved(truth, gone[0]), removed: true };
  const [goneCut] = goneCuts(truth);
  if (goneCut) return { ...planRemoved(truth, { role: goneCut.cut.role, invoiceNumber: goneCut.number }), removed: true };
  const unbased = truth.links.filter((link) => link.invoiceId !== null && link.base === null);
  if (unbased.length > 0) return { ...plan(unbased.map((link) => ({ do: 'rebase', role: link.role, invoiceId: link.invoiceId ?? '' }))), removed: false };

  const known = truth.links.flatMap((link): Known[] => {
    const invoice = truth.invoices.find((each) => each.xeroId === link.invoiceId);
    return invoice && link.base ? [{ link, base: link.base, invoice }] : [];
  });
  return { ...compare(truth, [...known, ...knownCuts(truth)]), removed: false };
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
  const recodings = rebases(known.filter(({ base, invoice }) => recoded(base, invoice)));
  if (recodings.length > 0) return plan(recodings);
  const cents = planCents(truth, known);
  return cents ?? stuckDraft(truth, main.invoice) ?? plan([]);
}

/** Notes have no base to renew. */
export const rebases = (known: Known[]): Step[] => known.flatMap(({ link, invoice }): Step[] => (link.base === null ? [] : [{ do: 'rebase', role: link.role, invoiceId: invoice.xeroId }]));

/** Compared with the newest of the bases: an adjustment agreed on newer figures than the invoice it adjusts. */
function hasChanged({ bill }: BillTruth, known: Known[]): boolean {
  const now = billFigures(bill);
  const newest = newestOf(known);
  return now.digest !== newest.digest || now.due !== newest.due || now.totalTax !== newest.totalTax || now.number !== newest.number || now.issuedOn !== newest.issuedOn || now.clientId !== newest.clientId || now.currency !== newest.currency;
}

/** Words and the due day, which are Clio's to suggest only. */
function hasNewWords({ bill }: BillTruth, known: Known[]): boolean {
  const newest = newestOf(known);
  return bill.dueOn !== newest.dueOn || (newest.wording !== '' && newest.wording !== billFigures(bill).wording);
}

const newestOf = (known: Known[]): BillBase['bill'] => known.map((each) => each.base).reduce((a, b) => (b.agreedAt > a.agreedAt ? b : a)).bill;

/** Both sides moved to the same figures, as when somebody made the same correction twice. */
function agrees(truth: BillTruth, known: Known[]): boolean {
  const main = known.find((each) => each.link.role === 'main');
  const composed = billToInvoice(truth, truth.contact?.xeroId ?? '');
  if (!main || !composed.ok) return false;
  const { invoice: wanted } = composed;
  const { invoice } = main;
  const total = sum(known.map((each) => each.invoice.total));
  const tax = sum(known.map((each) => each.invoice.totalTax));
  const heading = wanted.number === invoice.number && wanted.date === invoice.date && wanted.contactXeroId === invoice.contactId && wanted.currency === invoice.currency;
  const wordsFollow = isFree(truth, invoice) && hasNewWords(truth, known);
  return total === truth.bill.due && tax === truth.bill.totalTax && heading && !wordsFollow && sameNets(wanted.lines, known);
}

function sameNets(lines: { net: number }[], known: Known[]): boolean {
  const nets = (list: { net: number }[]): string => JSON.stringify(list.map((line) => line.net).sort((a, b) => a - b));
  return known.length > 1 || nets(lines) === nets(known.flatMap((each) => each.invoice.lines)) || known.some(({ base }) => base.invoice.lines.some((line) => line.from.length === 0));
}

function isThere(truth: BillTruth, link: BillLink): boolean {
  const invoice = truth.invoices.find((each) => each.xeroId === link.invoiceId);
  return invoice !== undefined && invoice.status !== 'voided' && invoice.status !== 'deleted';
}

/** Voided, deleted or not found in Xero while the bill stands. */
function planRemoved(truth: BillTruth, link: Pick<BillLink, 'role' | 'invoiceNumber'>): Plan {
  const number = link.invoiceNumber ?? truth.bill.number;
  const choices = [...(link.role === 'main' ? [{ id: 'recreate', label: 'Create the invoice again' }] : []), { id: 'accept', label: 'Accept that it is gone' }];
  const question = hold(`invoice:${link.role}`, 'REMOVED_IN_XERO', { number }, choices);
  const answer = answerTo(truth, question);
  if (answer === 'accept') return { steps: [], holds: [], leftOut: { reason: 'ACCEPTED_DIFFERENCE', facts: { number } } };
  if (answer === null || !truth.contact) return plan([], [question]);
  const closed = closedPeriod(truth);
  const composed = billToInvoice(truth, truth.contact.xeroId);
  if (!composed.ok) return plan([], composed.holds);
  if (closed) return plan([], [closed]);
  return plan([{ do: 'create-invoice', role: 'main', invoice: { ...composed.invoice, number: nextFree(composed.invoice.number, [...truth.invoices, ...refusedNumbers(truth)]) } }]);
}

/** The firm wants approved invoices, and this one waits for somebody. */
function stuckDraft(truth: BillTruth, invoice: Invoice): Plan | null {
  if (truth.settings.invoice.status !== 'authorised' || (invoice.status !== 'draft' && invoice.status !== 'submitted')) return null;
  const question = hold('invoice:main', 'STUCK_DRAFT', { number: invoice.number, amount: formatAmount(invoice.total, invoice.currency) }, [{ id: 'approve', label: `Approve invoice ${invoice.number}` }]);
  return answerTo(truth, question) === 'approve' ? plan([{ do: 'approve-invoice', role: 'main', invoiceId: invoice.xeroId }]) : plan([], [question]);
}

const plan = (steps: Step[], holds: Hold[] = []): Plan => ({ steps, holds, leftOut: null });
