import type { Answer } from '../answer.js';
import type { Call, Route } from '../call.js';
import { envelope } from '../envelope.js';
import type { Incoming } from '../incoming.js';
import { BadQuery, NotFound, Refusal, refuseIf } from '../refusal.js';
import { contactFields, contactView } from './contact-view.js';
import { readContact } from './contact-read.js';
import { commaList, list } from './listing.js';
import type { Contact, Organisation } from './organisation.js';
import { writeBatch } from './write.js';

const scope = 'accounting.contacts';

export const contactRoutes: Route[] = [
  { method: 'GET', path: '/Contacts', scope, handle: listContacts },
  { method: 'GET', path: '/Contacts/*', scope, handle: (call) => envelope(call, 'Contacts', [contactView(call.organisation, known(call), true)]) },
  { method: 'PUT', path: '/Contacts', scope, handle: (call) => write(call, (element) => createContact(call, element)) },
  { method: 'POST', path: '/Contacts', scope, handle: (call) => write(call, (element) => createOrUpdate(call, element)) },
  { method: 'POST', path: '/Contacts/*', scope, handle: (call) => write(call, (element) => updateContact(call, known(call), element)) },
];

function write(call: Call, store: (element: Incoming) => Contact): Answer {
  return writeBatch(call, { plural: 'Contacts', idName: 'ContactID', summarises: true, write: (element) => ({ json: contactView(call.organisation, store(element), true) }) });
}

function listContacts(call: Call): Answer {
  const ids = commaList(call, 'IDs');
  const archived = call.query.get('includeArchived')?.toLowerCase() === 'true';
  const term = call.query.get('searchTerm')?.toLowerCase() ?? '';
  if (term.length > 50) throw new BadQuery('searchTerm must be at most 50 characters');
  const rows = call.organisation.contacts
    .all()
    .filter((each) => archived || each.status === 'ACTIVE' || ids?.has(each.id) === true)
    .filter((each) => ids === undefined || ids.has(each.id))
    .filter((each) => term === '' || searchable(each).some((text) => text?.toLowerCase().includes(term)));
  return list(call, {
    plural: 'Contacts',
    rows,
    fields: (each) => ({ ...contactFields(each), ContactNumber: each.contactNumber ?? null, AccountNumber: each.accountNumber ?? null, FirstName: each.firstName ?? null, LastName: each.lastName ?? null, TaxNumber: each.taxNumber ?? null, CompanyNumber: each.companyNumber ?? null }),
    view: (each, full) => contactView(call.organisation, each, full),
    paged: true,
    alwaysPaged: call.query.get('summaryOnly')?.toLowerCase() === 'true',
  });
}

function searchable(contact: Contact): (string | undefined)[] {
  return [contact.name, contact.firstName, contact.lastName, contact.contactNumber, contact.companyNumber, contact.email];
}

function known(call: Call): Contact {
  const key = decodeURIComponent(call.params[0] ?? '').toLowerCase();
  const contact = call.organisation.contacts.get(key) ?? call.organisation.contacts.by('contactNumber', key)[0];
  if (!contact) throw new NotFound();
  return contact;
}

/** Looks a contact up by ContactID, else by ContactNumber, else by the name of an active one. */
export function findContact(organisation: Organisation, element: Incoming): Contact | undefined {
  const id = element.filled('ContactID')?.toLowerCase();
  if (id !== undefined) return organisation.contacts.get(id);
  const number = element.filled('ContactNumber')?.toLowerCase();
  const byNumber = number === undefined ? undefined : organisation.contacts.by('contactNumber', number)[0];
  return byNumber ?? activeByName(organisation, element.filled('Name'));
}

function activeByName(organisation: Organisation, name: string | undefined): Contact | undefined {
  return name === undefined ? undefined : organisation.contacts.by('name', name.toLowerCase()).find((each) => each.status === 'ACTIVE');
}

export function createContact(call: Call, element: Incoming): Contact {
  const name = element.filled('Name');
  if (name === undefined) throw new Refusal(['The contact name must be specified.']);
  refuseTaken(call.organisation, element, undefined);
  const contact = readContact(element, {
    id: call.world.newId(), status: 'ACTIVE', name, addresses: {}, phones: {}, persons: [], isCustomer: false, isSupplier: false, createdAt: call.now, updatedAt: call.now,
  });
  call.organisation.tell({ category: 'CONTACT', type: 'CREATE', id: contact.id, at: call.now });
  return call.organisation.contacts.put(contact);
}

function createOrUpdate(call: Call, element: Incoming): Contact {
  const before = findContact(call.organisation, element);
  refuseIf(!before && element.has('ContactID'), 'The contact with the specified ContactID could not be found.');
  return before ? updateContact(call, before, element) : createContact(call, element);
}

export function updateContact(call: Call, before: Contact, element: Incoming): Contact {
  refuseTaken(call.organisation, element, before);
  const contact = { ...readContact(element, before), updatedAt: call.now };
  call.organisation.tell({ category: 'CONTACT', type: 'UPDATE', id: contact.id, at: call.now });
  return call.organisation.contacts.put(contact);
}

/** Names are unique among active contacts, contact numbers and account numbers also against archived ones. */
function refuseTaken(organisation: Organisation, element: Incoming, self: Contact | undefined): void {
  const name = element.filled('Name');
  const sameName = activeByName(organisation, name);
  if (name !== undefined && sameName && sameName.id !== self?.id && (self?.status ?? 'ACTIVE') === 'ACTIVE') {
    throw new Refusal([`The contact name ${name} is already assigned to another contact. The contact name must be unique across all active contacts.`]);
  }
  const number = element.filled('ContactNumber');
  const sameNumber = number === undefined ? undefined : organisation.contacts.by('contactNumber', number.toLowerCase())[0];
  refuseIf(sameNumber !== undefined && sameNumber.id !== self?.id, 'The Contact Number already exists. Please enter a different Contact Number.');
  const account = element.filled('AccountNumber')?.toLowerCase();
  const sameAccount = account !== undefined && organisation.contacts.all().some((each) => each.accountNumber?.toLowerCase() === account && each.id !== self?.id);
  refuseIf(sameAccount, 'The Account Number already exists. Please enter a different Account Number.');
}

/** The contact of a document being written: found, changed by further members, or silently created from its name. */
export function documentContact(call: Call, element: Incoming | undefined): Contact {
  if (!element || !['ContactID', 'ContactNumber', 'Name'].some((name) => element.filled(name) !== undefined)) {
    throw new Refusal(['The Contact must contain at least 1 of the following elements to identify the contact: Name, ContactID, ContactNumber']);
  }
  const found = findContact(call.organisation, element);
  refuseIf(!found && element.has('ContactID'), 'The contact with the specified ContactID could not be found.');
  if (!found) return createContact(call, element);
  refuseIf(found.status !== 'ACTIVE', 'Unable to assign an Archived contact.');
  const changes = ['Name', 'FirstName', 'LastName', 'EmailAddress', 'Addresses', 'Phones', 'ContactPersons', 'TaxNumber'].some((name) => element.has(name) && element.text(name) !== found.name);
  return changes ? updateContact(call, found, element) : found;
}

/** The first sales invoice makes a customer, the first bill a supplier. Balances and these marks leave UpdatedDateUTC alone. */
export function markTrading(organisation: Organisation, contact: Contact, as: 'isCustomer' | 'isSupplier'): void {
  const now = organisation.contacts.get(contact.id) ?? contact;
  if (!now[as]) organisation.contacts.put({ ...now, [as]: true });
}
