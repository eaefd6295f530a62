import { contactNumberFor, matchContact, newContactFor, type ContactMatch } from '../core/match-contact.js';
import { detailsOf } from '../core/contact-details.js';
import type { Client, Contact } from '../core/contact.js';
import type { Hold } from '../core/plan.js';
import type { LinkRecord } from '../store/records.js';
import type { Task } from './bill-work.js';
import type { SyncContext } from './firm-context.js';
import { contactLink, linkFor, saveLink } from './link-records.js';
import { createContact } from './operations.js';
import { holdOf } from './refusal-holds.js';
import { writeOnce } from './write-once.js';

/** From this many clients on, reading all contacts once costs less than looking for each. */
const LOOK_SINGLY_UP_TO = 2;

type ContactTask = Task<'ensure-contact'>;

/** Links each client to the contact it clearly is, makes the ones that are new, and asks a person about the rest. */
export async function ensureContacts(context: SyncContext, tasks: ContactTask[]): Promise<void> {
  const byClient = new Map<string, ContactTask[]>();
  for (const task of tasks) byClient.set(task.step.client.clioId, [...(byClient.get(task.step.client.clioId) ?? []), task]);
  const clients = [...byClient.values()].flatMap(([first]) => (first ? [first.step.client] : []));
  const contacts = await candidates(context, clients);
  const creating: { client: Client; link: LinkRecord }[] = [];
  for (const client of clients) {
    const link = await linkFor(context, context.organisationId, contactLink(context, client));
    const match = await answered(context, byClient.get(client.clioId) ?? [], contacts, matchContact(client, contacts, { region: context.firm.region, linkedElsewhere: await linkedTo(context, contacts, client) }));
    if (match.level === 'full') await linkContact(context, link, match.contact, client);
    else if (match.level === 'none' || (match.level === 'partial' && context.settings.contacts.partialMatch === 'create')) creating.push({ client, link });
    else stop(byClient.get(client.clioId) ?? [], match.hold);
  }
  if (creating.length > 0) await createContacts(context, byClient, creating, contacts);
}

/** What could be these clients in Xero, archived ones included. */
async function candidates(context: SyncContext, clients: Client[]): Promise<Contact[]> {
  if (clients.length > LOOK_SINGLY_UP_TO) return context.xero.allContacts();
  const found: Contact[] = [];
  for (const client of clients) {
    found.push(...(await context.xero.contactsLike(client.name, client.email, contactNumberFor(client, context.firm.region))));
  }
  return [...new Map(found.map((contact) => [contact.xeroId, contact])).values()];
}

/** Contacts that another client of the firm is linked to already. */
async function linkedTo(context: SyncContext, contacts: Contact[], client: Client): Promise<Set<string>> {
  const links = await context.store.links.list(context.firm.id, { index: 'kind', value: 'contact', limit: 100_000 });
  const known = new Set(contacts.map((contact) => contact.xeroId));
  return new Set(links.flatMap((link) => (link.xeroId !== null && link.clioId !== client.clioId && known.has(link.xeroId) ? [link.xeroId] : [])));
}

async function linkContact(context: SyncContext, link: LinkRecord, contact: Contact, client: Client): Promise<void> {
  const seen = { inClio: detailsOf(client), inXero: detailsOf(contact) };
  await saveLink(context, link, { xeroId: contact.xeroId, organisationId: context.organisationId, base: { ...contact, seen }, status: 'up-to-date' }, { what: 'contact-linked', text: `Client linked to the contact ${contact.name} in Xero` });
}

async function createContacts(context: SyncContext, byClient: Map<string, ContactTask[]>, creating: { client: Client; link: LinkRecord }[], contacts: Contact[]): Promise<void> {
  const taken = new Set(contacts.filter((contact) => contact.status === 'active').map((contact) => contact.name));
  const pending = creating.map(({ client, link }) => {
    const request = newContactFor(client, context.firm.region, taken);
    taken.add(request.name);
    return { link, marker: request.contactNumber, request };
  });
  const written = await writeOnce(context, createContact, pending);
  for (const [index, { result }] of written.entries()) {
    const client = creating[index]?.client;
    if (client && !result.ok) stop(byClient.get(client.clioId) ?? [], holdOf(result, 'contact', { client: client.name }));
  }
}

/** A person's answer to the question about this client counts before the match does. */
async function answered(context: SyncContext, tasks: ContactTask[], contacts: Contact[], match: ContactMatch): Promise<ContactMatch> {
  for (const { work } of tasks) {
    const hold = await context.store.holds.get(context.firm.id, `${work.truth.bill.clioId}:contact`);
    const chosen = contacts.find((contact) => hold?.answer === `link:${contact.xeroId}` && contact.status === 'active');
    if (chosen) return { level: 'full', contact: chosen };
    if (hold?.answer === 'create') return { level: 'none' };
  }
  return match;
}

const stop = (tasks: ContactTask[], hold: Hold): void => {
  for (const { work } of tasks) work.stopped.push(hold);
};
