import { msDate } from '../dates.js';
import { fromCents } from '../money/decimal.js';
import type { Json } from '../incoming.js';
import { amountDue } from './settlement.js';
import { addressTypes, phoneTypes, type Contact, type Organisation } from './organisation.js';

/** One POBOX and one STREET address and four phones are always listed, empty ones with empty members. */
export function contactView(organisation: Organisation, contact: Contact, full: boolean): Json {
  return {
    ...contactFields(contact),
    ...(contact.contactNumber === undefined ? {} : { ContactNumber: contact.contactNumber }),
    ...(contact.accountNumber === undefined ? {} : { AccountNumber: contact.accountNumber }),
    ...(contact.firstName === undefined ? {} : { FirstName: contact.firstName }),
    ...(contact.lastName === undefined ? {} : { LastName: contact.lastName }),
    ...(contact.taxNumber === undefined ? {} : { TaxNumber: contact.taxNumber }),
    ...(contact.companyNumber === undefined ? {} : { CompanyNumber: contact.companyNumber }),
    ...(full && contact.mergedTo !== undefined ? { MergedToContactID: contact.mergedTo } : {}),
    BankAccountDetails: '',
    Addresses: addressTypes.map((AddressType) => ({ AddressType, City: '', Region: '', PostalCode: '', Country: '', ...contact.addresses[AddressType] })),
    Phones: phoneTypes.map((PhoneType) => ({ PhoneType, PhoneNumber: '', PhoneAreaCode: '', PhoneCountryCode: '', ...contact.phones[PhoneType] })),
    ContactGroups: [],
    ContactPersons: contact.persons,
    ...(full ? balances(organisation, contact) : {}),
    HasAttachments: false,
    HasValidationErrors: false,
  };
}

export function contactFields(contact: Contact): Json {
  return {
    ContactID: contact.id,
    ContactStatus: contact.status,
    Name: contact.name,
    EmailAddress: contact.email ?? '',
    IsSupplier: contact.isSupplier,
    IsCustomer: contact.isCustomer,
    UpdatedDateUTC: msDate(contact.updatedAt),
  };
}

/** The contact inside a document. */
export function contactStub(organisation: Organisation, id: string): Json {
  const contact = organisation.contacts.get(id);
  return {
    ContactID: id,
    ...(contact?.contactNumber === undefined ? {} : { ContactNumber: contact.contactNumber }),
    ContactStatus: contact?.status ?? 'ACTIVE',
    Name: contact?.name ?? '',
    ...(contact?.email === undefined ? {} : { EmailAddress: contact.email }),
    ContactPersons: [],
    IsSupplier: contact?.isSupplier ?? false,
    IsCustomer: contact?.isCustomer ?? false,
    HasValidationErrors: false,
  };
}

/** Only shown when there is something outstanding. */
function balances(organisation: Organisation, contact: Contact): Json {
  const open = organisation.invoices.by('contact', contact.id).filter((each) => each.status === 'AUTHORISED');
  const side = (type: string): Json => {
    const outstanding = open.filter((each) => each.type === type).reduce((sum, each) => sum + amountDue(organisation, each), 0);
    return { Outstanding: fromCents(outstanding), Overdue: 0 };
  };
  if (open.length === 0) return {};
  return { Balances: { AccountsReceivable: side('ACCREC'), AccountsPayable: side('ACCPAY') } };
}
