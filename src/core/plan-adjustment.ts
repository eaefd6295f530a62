import { billToInvoice, withTotals } from './bill-to-invoice.js';
import { later } from './calendar.js';
import { creditDay } from './compose-credit.js';
import { cutStep } from './cuts.js';
import { freeNumber } from './free-number.js';
import { answerTo } from './hold.js';
import { suffixed } from './invoice-number.js';
import { differenceLines } from './merge-lines.js';
import { planReapply } from './plan-reapply.js';
import { frozen } from './plan-update.js';
import type { Known } from './known-invoice.js';
import type { BillTruth, Plan } from './plan.js';

/**
 * The bill changed after its invoice was paid, credited or closed. More money: an extra invoice for the difference, dated the day of the
 * edit. Less money: a credit note for it. A change of anything but money, or up and down at once with less money in the end: a person.
 */
export function planAdjustment(truth: BillTruth, known: Known[]): Plan {
  const main = known.find((each) => each.link.role === 'main') ?? known[0];
  if (!main) return { steps: [], holds: [], leftOut: null };
  const { bill } = truth;
  const composed = billToInvoice(truth, main.invoice.contactId);
  if (!composed.ok) return { steps: [], holds: composed.holds, leftOut: null };
  const lines = differenceLines(composed.invoice.lines, known);
  const totals = withTotals(lines);
  const again = planReapply(truth, known);
  const question = { ...frozen(truth, main.invoice), choices: truth.settings.editPaid === 'ask' ? [{ id: 'adjust', label: totals.total < 0 ? 'Make a credit note for the difference' : 'Make a second invoice for the difference' }, ...(again ? [{ id: 'reapply', label: 'Take our payments off, change the invoice and put them back' }] : [])] : [] };
  if (again && (truth.settings.editPaid === 'reapply' || answerTo(truth, question) === 'reapply')) return again;
  const held: Plan = { steps: [], holds: [question], leftOut: null };
  const allOurs = known.every(({ base }) => base.invoice.lines.every((line) => line.from.length > 0));
  const allowed = truth.settings.editPaid !== 'ask' || answerTo(truth, question) === 'adjust';
  if (!allowed || !allOurs || totals.total === 0 || !sameHeading(bill, main)) return held;

  const edited = creditDay(truth, later(bill.updatedAt.slice(0, 10), bill.issuedOn), 'invoice:main');
  if (!edited.ok) return { steps: [], holds: [edited.hold], leftOut: null };
  const day = edited.date;
  if (totals.total < 0) {
    const cut = cutStep(truth, main, lines, day);
    return cut ? { steps: [cut], holds: [], leftOut: null } : held;
  }
  const kind = lines.every((line) => line.from.includes('interest')) ? 'int' : 'adj';
  const nth = known.filter(({ link }) => link.role.startsWith(`${kind}-`)).length + 1;
  const invoice = { ...composed.invoice, ...totals, status: truth.settings.invoice.status, number: freeNumber(truth, suffixed(main.invoice.number, `${kind.toUpperCase()}${nth}`)), date: day, dueOn: later(bill.dueOn ?? day, day) };
  return { steps: [{ do: 'create-invoice', role: `${kind}-${nth}`, invoice }], holds: [], leftOut: null };
}

const sameHeading = (bill: BillTruth['bill'], { base }: Known): boolean => bill.number === base.bill.number && bill.issuedOn === base.bill.issuedOn && bill.currency === base.bill.currency && (bill.client?.clioId ?? '') === base.bill.clientId;
