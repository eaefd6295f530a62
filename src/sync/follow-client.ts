import { type Details, detailsOf, detailsToCarry } from '../core/contact-details.js';
import type { Client, Contact } from '../core/contact.js';
import { parseContact } from '../store/base-schema.js';
import type { LinkRecord } from '../store/records.js';
import { note } from './activity.js';
import { type OpenFirm, stillHeld, type SyncContext } from './firm-context.js';
import { contactLinkId, saveLink } from './link-records.js';
import { readyToSync } from './open-firm.js';

const BATCH = 50;

/** Details changed in Clio after the contact was made, carried to Xero where the firm wants that: of these clients, or of all that are linked. */
export async function followClients(open: OpenFirm, clientIds: string[] | 'all'): Promise<void> {
  const context = await readyToSync(open);
  // Review means that nothing is written before somebody saw it; what changed meanwhile goes once the firm works by itself.
  if (!context || context.settings.contacts.direction === 'create' || context.settings.mode !== 'automatic') return;
  const links = await linksOf(context, clientIds);
  for (let from = 0; from < links.length; from += BATCH) await followBatch(context, links.slice(from, from + BATCH));
}

async function linksOf({ store, firm, organisationId, further }: SyncContext, clientIds: string[] | 'all'): Promise<LinkRecord[]> {
  const links = clientIds === 'all' ? await store.links.list(firm.id, { index: 'kind', value: 'contact', limit: 100_000 }) : await store.links.getMany(firm.id, clientIds.map((id) => contactLinkId(id, further)));
  return links.filter((link) => link.xeroId !== null && link.organisationId === organisationId && link.intent === null);
}

async function followBatch(context: SyncContext, links: LinkRecord[]): Promise<void> {
  if (links.length === 0) return;
  const clients = await context.clio.clients(links.flatMap((link) => link.clioId ?? []));
  const contacts = await context.xero.contacts(links.flatMap((link) => link.xeroId ?? []));
  for (const link of links) {
    const client = clients.find((each) => each.clioId === link.clioId);
    const contact = contacts.find((each) => each.xeroId === link.xeroId);
    if (client && contact?.status === 'active') await follow(context, link, client, contact);
  }
}

/** Values, not steps: writing them twice comes to the same, so no intent is needed. What Xero refuses is told, and tried again at the next change. */
async function follow(context: SyncContext, link: LinkRecord, client: Client, contact: Contact): Promise<void> {
  const seen = parseContact(link.base)?.seen ?? null;
  const carried = seen ? detailsToCarry(detailsOf(client), detailsOf(contact), seen) : {};
  let now = contact;
  if (Object.keys(carried).length > 0) {
    stillHeld(context);
    const result = await context.xero.updateContact(contact.xeroId, carried, `${context.organisationId.slice(0, 8)}:change-contact:${context.newId()}`);
    if (result.ok) now = result.value;
    await note(context, { what: result.ok ? 'contact-followed' : 'contact-refused', text: result.ok ? `${inWords(carried)} of ${client.name} changed in Xero, as in Clio` : `Xero refused the new ${inWords(carried).toLowerCase()} of ${client.name}. Change it in Xero by hand.` });
  }
  const base = { ...now, seen: { inClio: detailsOf(client), inXero: detailsOf(now) } };
  if (JSON.stringify(parseContact(link.base)) !== JSON.stringify(parseContact(base))) await saveLink(context, link, { base });
}

const WORDS: Record<keyof Details, string> = { name: 'Name', email: 'E-mail', phone: 'Phone', address: 'Address' };

function inWords(carried: Partial<Details>): string {
  const words = (['name', 'email', 'phone', 'address'] as const).filter((field) => carried[field] !== undefined).map((field, index) => (index === 0 ? WORDS[field] : WORDS[field].toLowerCase()));
  return words.join(' and ');
}
