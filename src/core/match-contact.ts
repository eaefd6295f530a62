import type { Client, Contact, NewContact } from './contact.js';
import { hold } from './hold.js';
import type { Choice, Hold } from './plan.js';

export type ContactMatch = { level: 'full'; contact: Contact } | { level: 'none' } | { level: 'partial' | 'conflict'; hold: Hold };

/** Xero's limit for a contact's name. */
const LONGEST_NAME = 255;

/** Our key on contacts we made: unique in Xero, at most 50 characters, and never shown to clients. */
export const contactNumberFor = (client: Pick<Client, 'clioId'>, region: string): string => `clio-${region}-${client.clioId}`;

/**
 * Which contact a client is. `full` links by itself, `none` is created, the rest is asked. `linkedElsewhere` are contacts that
 * belong to other clients already. Two equals are never settled by taking the first.
 */
export function matchContact(client: Client, contacts: readonly Contact[], known: { region: string; linkedElsewhere: ReadonlySet<string>; asSupplier?: boolean }): ContactMatch {
  const ours = contacts.filter((contact) => contact.contactNumber === contactNumberFor(client, known.region));
  if (ours.length === 1 && ours[0]?.status === 'active' && !known.linkedElsewhere.has(ours[0].xeroId)) return { level: 'full', contact: ours[0] };
  const like = contacts.map((contact) => ({ contact, same: sameFields(client, contact), against: contradictions(client, contact) })).filter(({ same }) => same.length > 0);
  const [only, ...others] = like.filter(({ contact }) => contact.status === 'active');
  if (!only) return like.length === 0 ? { level: 'none' } : conflict(client, like.map(({ contact }) => contact), 'the contact of this name is archived in Xero');
  const all = [only, ...others].map(({ contact }) => contact);
  if (others.length > 0) return conflict(client, all, `${all.length} contacts in Xero could be this client`);
  if (known.linkedElsewhere.has(only.contact.xeroId)) return conflict(client, all, `${only.contact.name} is linked to another client already`);
  if (known.asSupplier !== true && only.contact.isSupplier && !only.contact.isCustomer) return conflict(client, all, `${only.contact.name} is a supplier in Xero`);
  if (only.against.length > 0 && only.same.includes('name')) return conflict(client, all, `${only.contact.name} has another ${only.against.join(' and ')} in Xero`);
  if (only.same.includes('name') && only.same.length > 1) return { level: 'full', contact: only.contact };
  return { level: 'partial', hold: hold('contact', 'CONTACT_PARTIAL', { client: client.name, contact: only.contact.name, same: only.same.join(' and ') }, choices(all)) };
}

/** A new contact under the client's name; a taken name gets the client's number, never another contact renamed. */
export function newContactFor(client: Client, region: string, taken: ReadonlySet<string>): NewContact {
  const { name, firstName, lastName, email, phone, taxNumber, address, clioId } = client;
  const clash = [...taken].some((other) => other.trim().toLowerCase() === name.trim().toLowerCase());
  const suffix = clash ? ` (${clioId})` : '';
  return { name: `${name.trim().slice(0, LONGEST_NAME - suffix.length)}${suffix}`, contactNumber: contactNumberFor(client, region), firstName, lastName, email, phone, taxNumber, address };
}

/** The client's own name, where the contact's had to be told apart from another. */
export const clientNameIn = ({ name }: Pick<NewContact, 'name'>, clioId: string | null): string => (clioId !== null && name.endsWith(` (${clioId})`) ? name.slice(0, -` (${clioId})`.length) : name);

/** "Müller & Söhne  Ltd." and "Muller & Sohne" are one name. */
export function plainName(name: string): string {
  const folded = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[.,]/g, ' ').replace(/\s+/g, ' ').trim();
  return folded.replace(/(?: (?:limited|ltd|llc|llp|lp|inc|incorporated|corp|corporation|co|company|plc|pty|gmbh|ag|sa|srl|bv))+$/, '');
}

type Field = 'name' | 'e-mail' | 'tax number';

function sameFields(client: Client, contact: Contact): Field[] {
  const fields: [Field, boolean][] = [
    ['name', plainName(client.name) === plainName(contact.name)],
    ['e-mail', equal(client.email, contact.email) === true],
    ['tax number', equal(bare(client.taxNumber), bare(contact.taxNumber)) === true],
  ];
  return fields.flatMap(([field, same]) => (same ? [field] : []));
}

function contradictions(client: Client, contact: Contact): Field[] {
  const fields: [Field, boolean][] = [['e-mail', equal(client.email, contact.email) === false], ['tax number', equal(bare(client.taxNumber), bare(contact.taxNumber)) === false]];
  return fields.flatMap(([field, differs]) => (differs ? [field] : []));
}

/** 12-3456789 and 12 3456789 are one tax number. */
const bare = (number: string | null): string | null => number?.replace(/[^\p{L}\p{N}]/gu, '') ?? null;

/** Null when one side does not say. */
function equal(a: string | null, b: string | null): boolean | null {
  const plain = (text: string | null): string => (text ?? '').replace(/\s+/g, '').toLowerCase();
  return plain(a) === '' || plain(b) === '' ? null : plain(a) === plain(b);
}

function conflict(client: Client, contacts: Contact[], why: string): ContactMatch {
  return { level: 'conflict', hold: hold('contact', 'CONTACT_CONFLICT', { client: client.name, why }, choices(contacts)) };
}

const choices = (contacts: Contact[]): Choice[] => [
  ...contacts.filter((contact) => contact.status === 'active').map((contact) => ({ id: `link:${contact.xeroId}`, label: `Link ${contact.name}${contact.email === null ? '' : ` (${contact.email})`}` })),
  { id: 'create', label: 'Create a new contact' },
];
