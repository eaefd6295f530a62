import { withTotals } from './bill-to-invoice.js';
import type { NewInvoice } from './invoice.js';
import type { Known } from './known-invoice.js';
import { keptStatus } from './plan-update.js';
import type { BillTruth } from './plan.js';

/** The invoice exactly as Xero has it, as a writing of it, for a change of some of its parts only. Lines in Xero's order. */
export function asItStands({ pageUrl }: BillTruth, { base, invoice }: Known): NewInvoice {
  const fromOf = (xeroId: string): string[] => base.invoice.lines.find((line) => line.xeroId === xeroId)?.from ?? [];
  const lines = invoice.lines.map(({ xeroId, text, net, tax, accountCode, taxType, tracking }) => ({ text, net, tax, accountCode: accountCode ?? '', taxType: taxType ?? 'NONE', tracking, from: fromOf(xeroId) }));
  const { number, contactId, currency, date, dueOn, brandingThemeId } = invoice;
  return { number, reference: invoice.reference ?? '', contactXeroId: contactId, currency, date, dueOn: dueOn ?? date, status: keptStatus(invoice), brandingThemeId, url: pageUrl, ...withTotals(lines) };
}
