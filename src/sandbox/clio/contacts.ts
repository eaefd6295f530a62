import { z } from 'zod';
import { invalid } from './errors.js';
import type { Firm } from './firm.js';
import { containing, flag, oneOf } from './listing.js';
import { parsed } from './parsed.js';
import type { AddressRecord, ContactPoint, ContactRecord } from './records.js';
import { resource, type Resource } from './resource.js';
import type { Views } from './views.js';

const point = { id: z.number().int().optional(), _destroy: z.boolean().optional(), name: z.string().optional() };
const text = z.string().nullish();
const Changes = z.object({
  type: z.enum(['Company', 'Person']).optional(),
  name: text,
  first_name: text,
  last_name: text,
  sales_tax_number: text,
  company: z.object({ id: z.number().int() }).optional(),
  addresses: z.array(z.object({ ...point, name: z.enum(['Work', 'Home', 'Billing', 'Other']).optional(), street: text, city: text, province: text, postal_code: text, country: text })).optional(),
  email_addresses: z.array(z.object({ ...point, address: z.string().optional(), default_email: z.boolean().optional() })).optional(),
  phone_numbers: z.array(z.object({ ...point, number: z.string().optional(), default_number: z.boolean().optional() })).optional(),
});
const Creation = Changes.extend({ type: z.enum(['Company', 'Person']) });
type Body = z.infer<typeof Changes>;

export function contacts(firm: Firm, views: Views): Resource {
  return resource<ContactRecord>({
    path: 'contacts', schema: 'Contact', permission: 'Contacts', view: (contact) => views.contact(contact),
    list: {
      rows: () => firm.contacts.all(),
      filters: {
        type: oneOf(['Company', 'Person'], (contact) => contact.type),
        client_only: { values: ['true', 'false'], keeps: (contact, value) => value === 'false' || contact.isClient },
        email_only: { values: ['true', 'false'], keeps: (contact, value) => value === 'false' || contact.emails.length > 0 },
        clio_connect_only: flag(() => false),
        query: containing((contact) => [contact.name, ...contact.emails.map((each) => each.value)].join(' ')),
        initial: { keeps: (contact, value) => contact.name.toUpperCase().startsWith(value.toUpperCase()) },
      },
      orders: { name: (contact) => contact.name },
    },
    find: (id) => firm.contacts.get(id),
    create: (data) => {
      const body = parsed(Creation, data);
      const name = nameOf(body, body.type);
      return firm.contacts.add((stamp) => {
        const contact: ContactRecord = {
          ...stamp, type: body.type, ...name, isClient: false, emails: [], phones: [], addresses: [], salesTaxNumber: body.sales_tax_number ?? null,
          paymentTermDays: null, companyId: body.company?.id ?? null,
        };
        editParts(firm, contact, body);
        return contact;
      });
    },
    patch: (contact, data) => {
      const body = parsed(Changes, data);
      if (body.name !== undefined || body.first_name !== undefined || body.last_name !== undefined) {
        const before = contact.type === 'Person' ? { first_name: contact.firstName, last_name: contact.lastName } : { name: contact.name };
        Object.assign(contact, nameOf({ ...before, ...body }, contact.type));
      }
      if (body.sales_tax_number !== undefined) contact.salesTaxNumber = body.sales_tax_number;
      if (body.company) contact.companyId = body.company.id;
      editParts(firm, contact, body);
      firm.contacts.touch(contact);
    },
  });
}

function nameOf(body: Pick<Body, 'name' | 'first_name' | 'last_name'>, type: 'Company' | 'Person'): Pick<ContactRecord, 'name' | 'firstName' | 'lastName'> {
  const whole = body.name ?? '';
  if (type === 'Company') {
    if (whole.trim() === '') throw invalid('name is required');
    return { name: whole, firstName: null, lastName: null };
  }
  const [first = '', ...rest] = whole.split(' ');
  const firstName = body.first_name ?? (first === '' ? null : first);
  const lastName = body.last_name ?? (rest.length === 0 ? null : rest.join(' '));
  if (firstName === null && lastName === null) throw invalid('first_name or last_name is required');
  return { name: [firstName, lastName].filter((part) => part !== null).join(' '), firstName, lastName };
}

function editParts(firm: Firm, contact: ContactRecord, body: Body): void {
  for (const each of body.email_addresses ?? []) {
    contact.emails = edited(firm, contact.emails, { id: each.id, gone: each._destroy, name: each.name, value: each.address, primary: each.default_email });
  }
  for (const each of body.phone_numbers ?? []) {
    contact.phones = edited(firm, contact.phones, { id: each.id, gone: each._destroy, name: each.name, value: each.number, primary: each.default_number });
  }
  for (const each of body.addresses ?? []) {
    const before = contact.addresses.find((address) => address.id === each.id);
    const rest = contact.addresses.filter((address) => address.id !== each.id);
    const after: AddressRecord = {
      id: before?.id ?? firm.smallId(), name: each.name ?? before?.name ?? 'Work', street: keep(each.street, before?.street), city: keep(each.city, before?.city),
      province: keep(each.province, before?.province), postalCode: keep(each.postal_code, before?.postalCode), country: keep(each.country, before?.country),
    };
    contact.addresses = each._destroy ? rest : [...rest, after];
  }
}

function edited(firm: Firm, points: ContactPoint[], change: { id?: number | undefined; gone?: boolean | undefined; name?: string | undefined; value?: string | undefined; primary?: boolean | undefined }): ContactPoint[] {
  const before = points.find((each) => each.id === change.id);
  const rest = points.filter((each) => each.id !== change.id);
  if (change.gone) return rest;
  const value = change.value ?? before?.value;
  if (value === undefined) throw invalid('address or number is required');
  const primary = change.primary ?? before?.primary ?? rest.length === 0;
  const others = primary ? rest.map((each) => ({ ...each, primary: false })) : rest;
  return [...others, { id: before?.id ?? firm.smallId(), name: change.name ?? before?.name ?? 'Work', value, primary }];
}

function keep(given: string | null | undefined, before: string | null | undefined): string | null {
  return given === undefined ? (before ?? null) : given;
}
