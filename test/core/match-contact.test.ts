import type { Client, Contact } from '../../src/core/contact.js';
import { contactNumberFor, matchContact, newContactFor, plainName } from '../../src/core/match-contact.js';
import { sentence } from '../../src/core/reasons.js';
import { client, contact } from './law-firm.js';

const foreign: Contact = { ...contact, contactNumber: null };
const named = (change: Partial<Contact>): Contact => ({ ...foreign, ...change });
const level = (contacts: Contact[], who: Client = client, linked: string[] = []) => matchContact(who, contacts, { region: 'eu', linkedElsewhere: new Set(linked) }).level;

test.each<[string, string, Contact[], string[]]>([
  ['our own number on it', 'full', [named({ name: 'Renamed', email: null, contactNumber: 'clio-eu-41' })], []],
  ['equal name and e-mail', 'full', [foreign], []],
  ['equal name up to the legal form, equal e-mail', 'full', [named({ name: ' NORTHGATE  Fabrication Limited', email: 'Accounts@Northgate.example' })], []],
  ['nothing equal', 'none', [named({ name: 'Other', email: 'a@b.example' })], []],
  ['nobody at all', 'none', [], []],
  ['only the name', 'partial', [named({ email: null })], []],
  ['only the e-mail', 'partial', [named({ name: 'Northgate Holdings' })], []],
  ['the name, but another e-mail', 'conflict', [named({ email: 'x@y.example' })], []],
  ['two of them', 'conflict', [foreign, named({ xeroId: 'contact-42' })], []],
  ['archived', 'conflict', [named({ status: 'archived' })], []],
  ['a supplier only', 'conflict', [named({ isCustomer: false, isSupplier: true })], []],
  ["another client's", 'conflict', [foreign], ['contact-41']],
])('%s: %s', (_, expected, contacts, linked) => expect(level(contacts, client, linked)).toBe(expected));

test('a tax number is the same however it is punctuated', () => expect(level([named({ email: null, taxNumber: '12-3456789' })], { ...client, taxNumber: '123 456 789' })).toBe('full'));

test('an equal tax number confirms a name, another one contradicts it', () => {
  const taxed = { ...client, email: null, taxNumber: 'GB 123 4567 89' };
  expect(level([named({ email: null, taxNumber: 'GB123456789' })], taxed)).toBe('full');
  expect(level([named({ email: null, taxNumber: 'GB999999999' })], taxed)).toBe('conflict');
});

test('what is asked can be answered, and reads well', () => {
  const match = matchContact(client, [named({ email: null })], { region: 'eu', linkedElsewhere: new Set() });
  if (match.level !== 'partial') throw new Error(match.level);
  expect(match.hold.reason).toBe('CONTACT_PARTIAL');
  expect(match.hold.choices.map((choice) => choice.id)).toEqual(['link:contact-41', 'create']);
  expect(sentence(match.hold.reason, match.hold.facts)).toBe('Is this the same client? Northgate Fabrication Ltd in Clio is like Northgate Fabrication Ltd in Xero: same name. Link them, or create a new contact.');
});

test('accents and legal forms do not make two clients of one', () => {
  expect(['Müller & Söhne GmbH', 'muller  & sohne'].map(plainName)).toEqual(['muller & sohne', 'muller & sohne']);
  expect(plainName('Co')).toBe('co');
});

test('a taken name gets the client number; the other contact stays as it is', () => {
  expect(newContactFor(client, 'eu', new Set(['northgate fabrication LTD'])).name).toBe('Northgate Fabrication Ltd (41)');
  expect(newContactFor(client, 'eu', new Set())).toMatchObject({ name: 'Northgate Fabrication Ltd', contactNumber: contactNumberFor(client, 'eu') });
});
