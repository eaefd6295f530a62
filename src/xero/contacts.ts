import { z } from 'zod';
import type { Contact, NewContact } from '../core/contact.js';
import { absentAsNull } from './absent.js';
import type { Calls } from './call.js';
import { equals, searchTermFor } from './filters.js';
import { filled } from './filled.js';
import { detailsOf, tidyName, toNewContact } from './from-core.js';
import { allPages, pageOf } from './pages.js';
import { Contact as SdkContact, Contacts } from './sdk.js';
import { toContact } from './to-core.js';
import { contact as wireContact } from './wire.js';
import { type Matching, oneResultOf, resultsOf, rowsOf } from './write-results.js';
import type { Xero } from './xero.js';

export function contactsIn(calls: Calls): Pick<Xero, 'contact' | 'contacts' | 'contactByNumber' | 'contactsLike' | 'allContacts' | 'createContacts' | 'updateContact'> {
  async function list(filter: { where?: string; searchTerm?: string; ids?: string[] }, pageSize = 100): Promise<Contact[]> {
    const { rows } = await allPages((page) =>
      calls.read(
        'look for contacts',
        (api, tenant) => api.getContacts(tenant, undefined, filter.where, undefined, filter.ids, page, true, undefined, filter.searchTerm, pageSize),
        (body) => pageOf(body, 'Contacts', (row) => [toContact(wireContact.parse(row))]),
      ),
    );
    return rows;
  }

  const first = (body: unknown): Contact | null => rowsOf(body, 'Contacts').map((row) => toContact(wireContact.parse(row)))[0] ?? null;

  return {
    contact: (id) => absentAsNull(calls.read('read a contact', (api, tenant) => api.getContact(tenant, id), first)),

    contacts: async (ids) => (ids.length === 0 ? [] : list({ ids })),

    contactByNumber: (number) => absentAsNull(calls.read('read a contact by its number', (api, tenant) => api.getContactByContactNumber(tenant, number), first)),

    async contactsLike(name, email, contactNumber) {
      const wanted = { name: tidyName(name), email: email?.trim() ?? '' };
      const filters = [equals('Name', wanted.name), wanted.email === '' ? null : equals('EmailAddress', wanted.email), contactNumber === undefined ? null : equals('ContactNumber', contactNumber)].filter((each) => each !== null);
      const found = filters.length > 0 ? await list({ where: filters.join(' OR ') }) : [];
      if (equals('Name', wanted.name) === null) found.push(...(await list({ searchTerm: searchTermFor(wanted.name) })).filter((each) => folded(each.name) === folded(wanted.name)));
      return [...new Map(found.map((each) => [each.xeroId, each])).values()];
    },

    allContacts: () => list({}, 1_000),

    createContacts: (contacts, key) =>
      calls.write('create contacts', (api, tenant) => api.createContacts(tenant, filled(new Contacts(), { contacts: contacts.map(toNewContact) }), false, key), (body) => resultsOf(body, contacts, byContactNumber)),

    updateContact: (id, details, key) =>
      calls.write('change a contact', (api, tenant) => api.updateContact(tenant, id, filled(new Contacts(), { contacts: [filled(new SdkContact(), { contactID: id, ...detailsOf(details) })] }), key), (body) => oneResultOf(body, id, byId)),
  };
}

/** Xero compares names without regard to case and accents. */
const folded = (name: string): string => tidyName(name).normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

const byId: Matching<string, Contact> = { plural: 'Contacts', idField: 'ContactID', keySent: (id) => id, keyOf: (element) => z.object({ ContactID: z.string().optional() }).parse(element).ContactID ?? null, toValue: (element) => toContact(wireContact.parse(element)) };

const byContactNumber: Matching<NewContact, Contact> = {
  plural: 'Contacts',
  idField: 'ContactID',
  keySent: (contact) => contact.contactNumber,
  keyOf: (element) => z.object({ ContactNumber: z.string().optional() }).parse(element).ContactNumber ?? null,
  toValue: (element) => toContact(wireContact.parse(element)),
};
