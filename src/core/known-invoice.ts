import type { Invoice } from './invoice.js';
import type { BillBase, BillLink } from './link.js';
import type { Step } from './plan.js';

/** One of the bill's invoices with its link and what both last agreed on. */
export interface Known {
  link: BillLink;
  base: BillBase;
  invoice: Invoice;
}

/** Notes have no base to renew. */
export const rebases = (known: Known[]): Step[] => known.flatMap(({ link, invoice }): Step[] => (link.base === null ? [] : [{ do: 'rebase', role: link.role, invoiceId: invoice.xeroId }]));
