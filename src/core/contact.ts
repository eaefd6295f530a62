import type { Instant } from './calendar.js';

/** A client of the firm, as Clio has it. */
export interface Client {
  clioId: string;
  kind: 'person' | 'company';
  name: string;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  phone: string | null;
  taxNumber: string | null;
  address: Address | null;
  version: string;
}

export interface Address {
  street: string;
  city: string;
  region: string;
  postalCode: string;
  country: string;
}

/** A contact, as Xero has it. */
export interface Contact {
  xeroId: string;
  name: string;
  email: string | null;
  phone: string | null;
  /** Where post goes. */
  address: Address | null;
  taxNumber: string | null;
  /** Our own key, where we made or claimed the contact. */
  contactNumber: string | null;
  status: 'active' | 'archived';
  isCustomer: boolean;
  isSupplier: boolean;
  mergedToId: string | null;
  /** When it last changed, by Xero's clock; null where that is not known. */
  changedAt: Instant | null;
}

export interface NewContact {
  name: string;
  contactNumber: string;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  phone: string | null;
  taxNumber: string | null;
  address: Address | null;
}
