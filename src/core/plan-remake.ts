import { billToInvoice, closedPeriod } from './bill-to-invoice.js';
import type { Invoice, NewInvoiceLine } from './invoice.js';
import type { Known } from './known-invoice.js';
import { linesAreOurs, mergeLines } from './merge-lines.js';
import { headingKept, isFree, keptStatus } from './plan-update.js';
import type { BillTruth, Plan } from './plan.js';

/**
 * Makes an open invoice as the settings are now, because a person asked for it after they changed; null where that is not asked, or nothing would
 * differ. Only an invoice that stands exactly as earlier settings made it: what a person changed in Xero is theirs, and what is paid,
 * credited or closed stays. Its number and state stay as well.
 */
export function planRemake(truth: BillTruth, known: Known[]): Plan | null {
  const [main, ...others] = known;
  const { remake } = truth;
  if (!main || !remake || others.length > 0 || main.base.agreedAt >= remake.at) return null;
  const { link, base, invoice } = main;
  if (!isFree(truth, invoice) || closedPeriod(truth) || !linesAreOurs(base, invoice)) return null;
  const now = billToInvoice(truth, invoice.contactId);
  const was = remake.earlier.map((settings) => billToInvoice({ ...truth, settings }, invoice.contactId)).find((each) => each.ok && sameLines(each.invoice.lines, invoice.lines));
  if (!now.ok || !was?.ok) return null;
  const brandingThemeId = invoice.brandingThemeId === was.invoice.brandingThemeId ? now.invoice.brandingThemeId : invoice.brandingThemeId;
  if (sameLines(now.invoice.lines, invoice.lines) && brandingThemeId === invoice.brandingThemeId) return null;
  const next = { ...now.invoice, number: invoice.number, ...headingKept(base, invoice, now.invoice), status: keptStatus(invoice), brandingThemeId };
  return { steps: [{ do: 'update-invoice', role: link.role, invoiceId: invoice.xeroId, invoice: next, lineIds: mergeLines(next.lines, base, invoice).map(({ lineId }) => lineId) }], holds: [], leftOut: null };
}

/** Money, coding and words, in whatever order Xero lists them. */
function sameLines(ours: NewInvoiceLine[], there: Invoice['lines']): boolean {
  const all = (lines: Pick<NewInvoiceLine | Invoice['lines'][number], 'net' | 'tax' | 'accountCode' | 'taxType' | 'text' | 'tracking'>[]) =>
    JSON.stringify(lines.map(({ net, tax, accountCode, taxType, text, tracking }) => [net, tax, accountCode, taxType, text.replace(/\s+/g, ' ').trim(), tracking.map(({ categoryId, optionId }) => [categoryId, optionId]).sort()]).map((line) => JSON.stringify(line)).sort());
  return all(ours) === all(there);
}
