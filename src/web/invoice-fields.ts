import { LONGEST_NUMBER } from '../core/invoice-number.js';
import type { Settings } from '../core/settings.js';
import { choice, oneOf, tick, type FieldGroup } from './setting-field.js';
import type { Choices } from './settings-choices.js';

/** How a bill looks as an invoice. */
export function invoiceFields({ themes }: Choices): FieldGroup {
  const invoice = (s: Settings, change: Partial<Settings['invoice']>): Settings => ({ ...s, invoice: { ...s.invoice, ...change } });
  return {
    title: 'The invoice',
    fields: [
      choice('invoice.status', 'New invoices arrive as', 'Approved keeps receivables equal on both sides. Drafts wait for somebody to approve them in Xero.', [['authorised', 'Approved'], ['submitted', 'Awaiting approval'], ['draft', 'Draft']], (s) => s.invoice.status, (s, status) => invoice(s, { status: oneOf(['authorised', 'submitted', 'draft'], status) })),
      choice('invoice.detail', 'Lines on the invoice', 'Fewer lines keep details private and the ledger readable; totals are the same.', [['category', 'One per kind of work and tax'], ['bill', 'One per account and tax'], ['timekeeper', 'One per person who did the work'], ['activity', 'One per line of the bill']], (s) => s.invoice.detail, (s, detail) => invoice(s, { detail: oneOf(['category', 'bill', 'timekeeper', 'activity'], detail) })),
      tick('invoice.narratives', 'Send descriptions of the work', 'They may be privileged, so they stay in Clio unless you switch this on. With one line per line of the bill only.', (s) => s.invoice.narratives, (s, narratives) => invoice(s, { narratives })),
      tick('invoice.timekeepers', 'Name who did the work', 'With one line per line of the bill only.', (s) => s.invoice.timekeepers, (s, timekeepers) => invoice(s, { timekeepers })),
      {
        name: 'invoice.numberTemplate', kind: 'text', options: [], blank: null, adminsOnly: false, label: 'Invoice number', help: '{bill} stands for the bill’s number in Clio; text may stand before and after it.',
        get: (s) => s.invoice.numberTemplate, set: (s, numberTemplate) => invoice(s, { numberTemplate }), check: wrongWithTemplate,
      },
      choice('invoice.brandingThemeId', 'Branding theme', 'How the invoice looks when somebody prints or sends it from Xero.', themes, (s) => s.invoice.brandingThemeId ?? '', (s, id) => invoice(s, { brandingThemeId: id || null }), { blank: 'Xero’s default' }),
      tick('invoice.markSent', 'Mark new invoices as sent', 'The client has the bill from Clio already; so nobody sends it a second time from Xero.', (s) => s.invoice.markSent, (s, markSent) => invoice(s, { markSent })),
    ],
  };
}

/** Xero reads a comma as the end of a number where it takes lists of them. */
function wrongWithTemplate(text: string): string | null {
  if (text.split('{bill}').length !== 2) return 'Write {bill} once, where the bill’s number belongs.';
  if (text.includes(',')) return 'Leave commas out: Xero cannot look for such a number.';
  return text.length > LONGEST_NUMBER / 2 ? 'Make it shorter.' : null;
}
