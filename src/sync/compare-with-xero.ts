import { mark } from '../jobs/mark-kinds.js';
import { pagesOf } from '../store/pages-of.js';
import type { LinkRecord } from '../store/records.js';
import { PRIORITY } from '../store/store.js';
import type { StandingInvoice } from '../xero/xero.js';
import { billsOfInvoices } from './bills-of.js';
import { nowOf, type OpenFirm } from './firm-context.js';
import { rememberStrays } from './stray-invoices.js';

const PAGE = 500;

/**
 * Marks bills whose invoices are no longer there, or no longer owe what they owed when we last looked. Lists of changes should tell of all that;
 * but a payment deleted or a credit taken off need not move its invoice's date (vendor-assumptions X13), and a list could lag by more than our overlap
 * covers. One call per thousand invoices.
 */
export async function compareWithXero(context: OpenFirm): Promise<void> {
  const { xero, organisationId, store, firm } = context;
  if (!xero || organisationId === null) return;
  const standing = new Map((await xero.standingInvoices()).map((invoice) => [invoice.xeroId, invoice]));
  const strays = await rememberStrays(context, organisationId, [...standing.values()]);
  const differing = (await invoicedBills(context, organisationId)).filter((links) => differs(links, standing)).flatMap(([link]) => link?.billId ?? []);
  const bills = [...differing, ...(await billsOfInvoices(context, organisationId, strays))];
  await store.marks.want([...new Set(bills)].map((id) => mark(firm.id, 'bill', id, PRIORITY.history)), nowOf(context));
}

/** The links of each bill that has an invoice in this organisation. */
async function invoicedBills({ store, firm, division }: OpenFirm, organisationId: string): Promise<LinkRecord[][]> {
  const bills = new Map<string, LinkRecord[]>();
  for await (const page of pagesOf(store.links, firm.id, { index: 'kind', value: 'bill' }, PAGE)) {
    for (const link of page) {
      const here = !division || (link.organisationId || division.route.home) === organisationId;
      if (here && link.billId !== null && link.xeroId !== null) bills.set(link.billId, [...(bills.get(link.billId) ?? []), link]);
    }
  }
  return [...bills.values()];
}

/** Against what the bill's page shows, where the sums are those of all its invoices. A bill that was never shown is on its way anyhow. */
function differs(links: LinkRecord[], standing: ReadonlyMap<string, StandingInvoice>): boolean {
  const shown = links.find((link) => link.role === 'main')?.shown;
  if (!shown) return false;
  const there = links.flatMap((link) => standing.get(link.xeroId ?? '') ?? []);
  const owed = there.reduce((sum, invoice) => sum + invoice.amountDue, 0);
  const mainIsThere = links.some((link) => link.role === 'main' && standing.has(link.xeroId ?? ''));
  const mainWasThere = shown.xeroState !== null && shown.xeroState !== 'voided' && shown.xeroState !== 'deleted';
  return owed !== (shown.xeroDue ?? 0) || mainIsThere !== mainWasThere;
}
