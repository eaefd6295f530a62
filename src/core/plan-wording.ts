import { asItStands } from './as-it-stands.js';
import { billToInvoice } from './bill-to-invoice.js';
import type { NewInvoiceLine } from './invoice.js';
import { type Known, rebases } from './known-invoice.js';
import { headingKept, isFree } from './plan-update.js';
import type { BillTruth, Plan } from './plan.js';
import { isReworded } from './reworded.js';

/**
 * Only words or the due day changed in Clio. They follow while the invoice may change, except where a person put other words in Xero;
 * an invoice that is paid, credited or closed is not touched for them. No amount and no coding moves.
 */
export function planWording(truth: BillTruth, known: Known[]): Plan {
  const [main, ...others] = known;
  if (!main || others.length > 0 || !isFree(truth, main.invoice)) return plan(rebases(known));
  const composed = billToInvoice(truth, main.invoice.contactId);
  if (!composed.ok) return plan([]);
  const standing = asItStands(truth, main);
  const lines = standing.lines.map((line, index) => ({ ...line, text: textOf(main, index, line, composed.invoice.lines) }));
  const next = { ...standing, ...headingKept(main.base, main.invoice, composed.invoice), lines };
  if (JSON.stringify(next) === JSON.stringify(standing)) return plan(rebases(known));
  return plan([{ do: 'update-invoice', role: main.link.role, invoiceId: main.invoice.xeroId, invoice: next, lineIds: main.invoice.lines.map((line) => line.xeroId) }]);
}

/** The bill's words for the very same lines of Clio, unless the line stands for others by now, or is worded by a person. */
function textOf({ base, invoice }: Known, index: number, line: NewInvoiceLine, wanted: NewInvoiceLine[]): string {
  const was = base.invoice.lines.find((each) => each.xeroId === invoice.lines[index]?.xeroId);
  const same = wanted.find((each) => each.from.length > 0 && JSON.stringify(each.from.toSorted()) === JSON.stringify(line.from.toSorted()));
  return was && same && !isReworded(was, line) ? same.text : line.text;
}

const plan = (steps: Plan['steps']): Plan => ({ steps, holds: [], leftOut: null });
