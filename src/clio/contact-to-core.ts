import type { Address, Client } from '../core/contact.js';
import type { AddressWire, ContactWire } from './wire.js';

/** A null e-mail is no proof that there is none: contacts can be hidden in part from the connected user. */
export function contactToCore(contact: ContactWire): Client {
  return {
    clioId: contact.id,
    kind: contact.type === 'Company' ? 'company' : 'person',
    name: contact.name ?? [contact.first_name, contact.last_name].filter((part) => part !== null).join(' '),
    firstName: contact.first_name,
    lastName: contact.last_name,
    email: filled(contact.primary_email_address),
    phone: filled(contact.primary_phone_number),
    taxNumber: filled(contact.sales_tax_number),
    address: addressOf(contact.addresses ?? []),
    version: contact.etag ?? '',
  };
}

/** Where bills go: the address named so, else the primary one, else the first. */
function addressOf(addresses: AddressWire[]): Address | null {
  const address = addresses.find(({ name }) => name === 'Billing') ?? addresses.find(({ primary }) => primary === true) ?? addresses[0];
  if (!address) return null;
  return {
    street: address.street ?? '',
    city: address.city ?? '',
    region: address.province ?? '',
    postalCode: address.postal_code ?? '',
    country: address.country ?? '',
  };
}

const filled = (text: string | null): string | null => (text?.trim() === '' ? null : (text?.trim() ?? null));
