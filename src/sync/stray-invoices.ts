import type { ChangedInvoice } from '../xero/xero.js';
import { billOfPage } from './bill-page.js';
import type { FirmContext } from './firm-context.js';
import { linkFor, linkInXero } from './link-records.js';

/**
 * Live invoices that carry one of our pages as their link back while no bill is linked to them are remembered for the bill they were made for;
 * its next plan links them, or says that they are there. Gives the ids of those that are new.
 */
export async function rememberStrays(context: FirmContext, organisationId: string, changed: ChangedInvoice[]): Promise<string[]> {
  const found: string[] = [];
  for (const { xeroId, number, status, url } of changed) {
    const billId = url === null || status === 'voided' || status === 'deleted' ? null : billOfPage(context.appUrl, url);
    if (billId === null || (await isKnown(context, organisationId, xeroId))) continue;
    await linkFor(context, organisationId, { id: `stray:${xeroId}`, kind: 'stray', role: 'main', xeroId, organisationId, billId, facts: { number } });
    context.log.warn('an invoice of ours is linked to nothing', { firm: context.firm.id, detail: `invoice ${xeroId} of bill ${billId}` });
    found.push(xeroId);
  }
  return found;
}

async function isKnown({ store }: FirmContext, organisationId: string, invoiceId: string): Promise<boolean> {
  const links = await Promise.all((['bill', 'stray'] as const).map((kind) => linkInXero({ store }, organisationId, kind, invoiceId)));
  return links.some((link) => link !== undefined);
}
