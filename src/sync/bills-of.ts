import type { FirmContext } from './firm-context.js';

/** The bills these Xero invoices belong to; invoices that are not ours are left out. */
export async function billsOfInvoices(context: FirmContext, organisationId: string, invoiceIds: string[]): Promise<string[]> {
  const bills = new Set<string>();
  for (const id of new Set(invoiceIds)) {
    const link = await context.store.links.findUnique('xero', `${organisationId}|bill|${id}`);
    if (link?.firm === context.firm.id && link.billId) bills.add(link.billId);
  }
  return [...bills];
}
