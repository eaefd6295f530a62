import type { Bill } from '../core/bill.js';
import { TakenError } from '../store/collection.js';
import { xeroKey } from '../store/keys.js';
import type { LinkRecord } from '../store/records.js';
import { lineOf, tell, type ActivityLine } from './activity.js';
import { nowOf, stillHeld, type FirmContext, type Keeping, type SyncContext } from './firm-context.js';
import { shownOf } from './shown.js';

export const billLinkId = (billId: string, role: string): string => `bill:${billId}:${role}`;
/** `further`: the organisation's id, unless it is the one the firm began with. The same client is a contact in each. */
export const contactLinkId = (clioId: string, further: string | null): string => (further === null ? `contact:${clioId}` : `contact:${clioId}@${further}`);
export const allocationLinkId = (allocationId: string): string => `payment:c${allocationId}`;
export const xeroPaymentLinkId = (paymentId: string): string => `payment:x${paymentId}`;

/** A client or supplier at this organisation. */
export const contactLink = ({ further }: Pick<SyncContext, 'further'>, { clioId }: { clioId: string }): NewLink => ({ id: contactLinkId(clioId, further), kind: 'contact', role: further ?? 'main', clioId, clientId: clioId });

/** Whoever's it is: a record of Xero stands for one thing only. */
export const linkInXero = ({ store }: Pick<Keeping, 'store'>, organisationId: string, kind: LinkRecord['kind'], xeroId: string): Promise<LinkRecord | undefined> => store.links.findUnique('xero', xeroKey({ organisationId, kind, xeroId }));

type NewLink = Pick<LinkRecord, 'id' | 'kind' | 'role'> & Partial<Omit<LinkRecord, 'firm' | 'version' | 'epoch'>>;

/** The link with this id, made when it is not there yet. */
export async function linkFor(context: Keeping & { held: Pick<FirmContext['held'], 'signal' | 'inTime'> }, organisationId: string, link: NewLink): Promise<LinkRecord> {
  const known = await context.store.links.get(context.firm.id, link.id);
  if (known) return known;
  stillHeld(context);
  try {
    return await context.store.links.insert(
      { firm: context.firm.id, clioId: null, xeroId: null, organisationId, billId: null, clientId: null, matterIds: [], status: 'on-its-way', reason: null, facts: {}, shown: null, base: null, intent: null, updatedAt: nowOf(context), ...link },
      context.held.epoch,
    );
  } catch (error) {
    const other = error instanceof TakenError ? await context.store.links.get(context.firm.id, link.id) : undefined;
    if (other) return other;
    throw error;
  }
}

/** `line` tells people what this was; it is kept with the link in one write, so that whoever finds the one can make up for the other. */
export async function saveLink(context: Keeping, record: LinkRecord, change: Partial<LinkRecord>, line?: ActivityLine): Promise<LinkRecord> {
  const next = { ...record, ...change };
  if (!line) return context.store.links.replace({ ...next, updatedAt: nowOf(context) }, context.held.epoch);
  const told = lineOf(context, line, { id: next.id, xeroId: next.xeroId });
  const saved = await context.store.links.replace({ ...next, told, updatedAt: told.at }, context.held.epoch);
  await tell(context, told);
  return saved;
}

/** The bill's main link, showing Clio's side as just read. */
export async function mainLinkFor(context: FirmContext, organisationId: string, bill: Bill): Promise<LinkRecord> {
  return linkFor(context, organisationId, {
    id: billLinkId(bill.clioId, 'main'),
    kind: 'bill',
    role: 'main',
    clioId: bill.clioId,
    billId: bill.clioId,
    clientId: bill.client?.clioId ?? null,
    matterIds: bill.matters.map((matter) => matter.clioId),
    shown: shownOf(bill, null, nowOf(context)),
  });
}
