import type { FirmContext, OpenFirm } from './firm-context.js';
import { linkInXero } from './link-records.js';

/** The bills these Xero invoices belong to; invoices that are not ours are left out. */
export async function billsOfInvoices(context: FirmContext, organisationId: string, invoiceIds: string[]): Promise<string[]> {
  const bills = new Set<string>();
  for (const id of new Set(invoiceIds)) {
    const link = (await linkInXero(context, organisationId, 'bill', id)) ?? (await linkInXero(context, organisationId, 'stray', id));
    if (link?.firm === context.firm.id && link.billId) bills.add(link.billId);
  }
  return [...bills];
}

/** The bill a payment or credit note in Xero was linked to; null for one we do not know. */
export async function billOfRecord({ store, firm, organisationId }: OpenFirm, kind: 'payment' | 'credit', xeroId: string): Promise<string | null> {
  const link = organisationId === null ? undefined : await linkInXero({ store }, organisationId, kind, xeroId);
  return link?.firm === firm.id ? link.billId : null;
}

/** Every bill of a client of Clio's that has a link. */
export async function billsOfClient({ store, firm }: Pick<FirmContext, 'store' | 'firm'>, clientId: string): Promise<string[]> {
  const links = await store.links.list(firm.id, { index: 'client', value: clientId });
  return links.filter((link) => link.kind === 'bill').flatMap((link) => link.billId ?? []);
}
