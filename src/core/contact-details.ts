import type { Address } from './contact.js';

/** How somebody is called and reached. */
export interface Details {
  name: string;
  email: string | null;
  phone: string | null;
  address: Address | null;
}

/** What both sides showed when they were last looked at together. */
export interface DetailsSeen {
  inClio: Details;
  inXero: Details;
}

export const detailsOf = ({ name, email, phone, address }: Details): Details => ({ name, email, phone, address });

/**
 * What of a client's details goes over to its contact: what changed in Clio since, and in Xero did not. A blank in Clio erases nothing, as
 * contacts can be hidden in part from the connected user; what a person changed in Xero stays.
 */
export function detailsToCarry(client: Details, contact: Details, seen: DetailsSeen): Partial<Details> {
  const carried: Partial<Details> = {};
  const carry = (field: keyof Details): boolean => client[field] !== null && !same(client[field], seen.inClio[field]) && same(contact[field], seen.inXero[field]) && !same(client[field], contact[field]);
  if (carry('name')) carried.name = client.name;
  if (carry('email')) carried.email = client.email;
  if (carry('phone')) carried.phone = client.phone;
  if (carry('address')) carried.address = client.address;
  return carried;
}

function same(a: string | Address | null, b: string | Address | null): boolean {
  return plain(a) === plain(b);
}

function plain(value: string | Address | null): string {
  if (value === null) return '';
  const text = typeof value === 'string' ? value : [value.street, value.city, value.region, value.postalCode, value.country].join('\n');
  return text.replace(/\s+/g, ' ').trim();
}
