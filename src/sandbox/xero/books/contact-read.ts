import type { Incoming } from '../incoming.js';
import { refuseIf } from '../refusal.js';
import { addressTypes, phoneTypes, type Contact } from './organisation.js';

const longest: Record<string, number> = { Name: 255, FirstName: 255, LastName: 255, EmailAddress: 255, ContactNumber: 50, AccountNumber: 50, TaxNumber: 50, CompanyNumber: 50 };
const addressMembers = ['AddressLine1', 'AddressLine2', 'AddressLine3', 'AddressLine4', 'City', 'Region', 'PostalCode', 'Country', 'AttentionTo'];
const phoneMembers = ['PhoneNumber', 'PhoneAreaCode', 'PhoneCountryCode'];

/** The contact after a write: members not sent stay, except that a sent list of persons replaces the old one. */
export function readContact(element: Incoming, before: Contact): Contact {
  for (const [name, most] of Object.entries(longest)) refuseIf((element.text(name) ?? '').length > most, `${name} must be at most ${most} characters.`);
  const name = element.filled('Name') ?? before.name;
  refuseIf(/[<>]/.test(name), 'The contact name must not contain angle brackets.');
  const email = element.filled('EmailAddress');
  refuseIf(email !== undefined && !/^[\x21-\x7e]+@[\x21-\x7e]+\.[\x21-\x7e]+$/.test(email), 'Email address must be valid.');
  const persons = element.list('ContactPersons');
  refuseIf((persons?.length ?? 0) > 5, 'A contact can have at most 5 contact persons.');
  const status = element.filled('ContactStatus')?.toUpperCase();
  return {
    ...before,
    name: name.replace(/\s+/g, ' '),
    status: status === 'ARCHIVED' || status === 'ACTIVE' ? status : before.status,
    ...texts(element),
    addresses: { ...before.addresses, ...byType(element.list('Addresses'), 'AddressType', addressTypes, addressMembers) },
    phones: { ...before.phones, ...byType(element.list('Phones'), 'PhoneType', phoneTypes, phoneMembers) },
    ...(persons === undefined ? {} : { persons: persons.map(readPerson) }),
  };
}

function texts(element: Incoming): Partial<Contact> {
  const found: Partial<Contact> = {};
  const take = (name: string, key: 'firstName' | 'lastName' | 'email' | 'contactNumber' | 'accountNumber' | 'taxNumber' | 'companyNumber'): void => {
    const text = element.filled(name);
    if (text !== undefined) found[key] = text;
  };
  take('FirstName', 'firstName');
  take('LastName', 'lastName');
  take('EmailAddress', 'email');
  take('ContactNumber', 'contactNumber');
  take('AccountNumber', 'accountNumber');
  take('TaxNumber', 'taxNumber');
  take('CompanyNumber', 'companyNumber');
  return found;
}

function readPerson(person: Incoming): Contact['persons'][number] {
  return { FirstName: person.text('FirstName') ?? '', LastName: person.text('LastName') ?? '', EmailAddress: person.text('EmailAddress') ?? '', IncludeInEmails: person.flag('IncludeInEmails') ?? false };
}

function byType<T extends string>(parts: Incoming[] | undefined, typeName: string, types: readonly T[], members: string[]): Partial<Record<T, Record<string, string>>> {
  const found: Partial<Record<T, Record<string, string>>> = {};
  for (const part of parts ?? []) {
    const type = types.find((each) => each === part.filled(typeName)?.toUpperCase());
    if (type === undefined) continue;
    const values = members.map((member) => [member, part.filled(member)] as const).filter((pair): pair is [string, string] => pair[1] !== undefined);
    found[type] = Object.fromEntries(values);
  }
  return found;
}
