import { parseContact } from '../store/base-schema.js';
import type { Contact } from '../core/contact.js';
import type { LinkRecord } from '../store/records.js';
import type { Mark } from '../store/store.js';
import { billsOfClient } from './bills-of.js';
import { linkInXero, saveLink } from './link-records.js';
import type { OpenFirm } from './firm-context.js';

/** Contacts changed in Xero: keeps what we know of ours fresh, follows merges, and names the bills that may go on because of it. */
export async function followContacts(context: OpenFirm, owed: Pick<Mark, 'id' | 'changedAt'>[]): Promise<string[]> {
  const { store, xero, organisationId, firm } = context;
  if (!xero || organisationId === null) return [];
  const links = await Promise.all(owed.map(async (mark) => ({ mark, link: await linkInXero({ store }, organisationId, 'contact', mark.id) })));
  const ours = links.flatMap(({ mark, link }) => (link?.firm === firm.id && !isSeen(link, mark.changedAt) ? [link] : []));
  if (ours.length === 0) return [];
  const contacts = await xero.contacts(ours.map((link) => link.xeroId ?? ''));
  const bills: string[] = [];
  for (const link of ours) {
    const contact = contacts.find((each) => each.xeroId === link.xeroId);
    if (contact && (await keep(context, organisationId, link, contact))) bills.push(...(await billsOfClient(context, link.clioId ?? '')));
  }
  return bills;
}

/** Our own making of a contact comes back as a notice too; Xero's date on what we got back tells. */
function isSeen(link: LinkRecord, changedAt: string | null): boolean {
  const known = parseContact(link.base);
  return changedAt !== null && known?.xeroId === link.xeroId && known.changedAt !== null && known.changedAt >= changedAt;
}

/** True when something changed that bills depend on. Our own writes come back as notices too, and change nothing. */
async function keep(context: OpenFirm, organisationId: string, link: LinkRecord, contact: Contact): Promise<boolean> {
  const survivor = contact.mergedToId === null ? contact : ((await context.xero?.contact(contact.mergedToId)) ?? contact);
  const known = parseContact(link.base);
  if (known && known.xeroId === survivor.xeroId && known.status === survivor.status && known.name === survivor.name) return false;
  const taken = survivor.xeroId === contact.xeroId ? undefined : await linkInXero(context, organisationId, 'contact', survivor.xeroId);
  await saveLink(context, link, { base: { ...survivor, seen: known?.seen ?? null }, ...(taken ? {} : { xeroId: survivor.xeroId }) });
  return true;
}
