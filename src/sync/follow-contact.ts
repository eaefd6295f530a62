import { parseContact } from '../store/base-schema.js';
import type { Contact } from '../core/contact.js';
import type { LinkRecord } from '../store/records.js';
import { saveLink } from './link-records.js';
import type { OpenFirm } from './firm-context.js';

/** Contacts changed in Xero: keeps what we know of ours fresh, follows merges, and names the bills that may go on because of it. */
export async function followContacts(context: OpenFirm, contactIds: string[]): Promise<string[]> {
  const { store, xero, organisationId, firm } = context;
  if (!xero || organisationId === null) return [];
  const links = await Promise.all(contactIds.map((id) => store.links.findUnique('xero', `${organisationId}|contact|${id}`)));
  const ours = links.filter((link) => link !== undefined).filter((link) => link.firm === firm.id);
  if (ours.length === 0) return [];
  const contacts = await xero.contacts(ours.map((link) => link.xeroId ?? ''));
  const bills: string[] = [];
  for (const link of ours) {
    const contact = contacts.find((each) => each.xeroId === link.xeroId);
    if (contact && (await keep(context, organisationId, link, contact))) bills.push(...(await billsOfClient(context, link.clioId ?? '')));
  }
  return bills;
}

/** True when something changed that bills depend on. Our own writes come back as notices too, and change nothing. */
async function keep(context: OpenFirm, organisationId: string, link: LinkRecord, contact: Contact): Promise<boolean> {
  const survivor = contact.mergedToId === null ? contact : ((await context.xero?.contact(contact.mergedToId)) ?? contact);
  const known = parseContact(link.base);
  if (known && known.xeroId === survivor.xeroId && known.status === survivor.status && known.name === survivor.name) return false;
  const taken = survivor.xeroId === contact.xeroId ? undefined : await context.store.links.findUnique('xero', `${organisationId}|contact|${survivor.xeroId}`);
  await saveLink(context, link, { base: survivor, ...(taken ? {} : { xeroId: survivor.xeroId }) });
  return true;
}

async function billsOfClient(context: OpenFirm, clientId: string): Promise<string[]> {
  const links = await context.store.links.list(context.firm.id, { index: 'client', value: clientId, limit: 1_000 });
  return links.filter((link) => link.kind === 'bill').flatMap((link) => link.clioId ?? []);
}
