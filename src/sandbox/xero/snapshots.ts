import type { BankTransaction, Contact, CreditNote, Invoice, Note, Organisation, Payment } from './books/organisation.js';
import { amountCredited, amountDue, amountPaid } from './books/settlement.js';
import type { World } from './world.js';

export type AnyInvoice = Invoice;

/** An invoice with what is paid, credited and due, in cents. */
export type InvoiceSnapshot = Invoice & { organisationId: string; amountPaid: number; amountCredited: number; amountDue: number };

/** What the books hold now; of every organisation, or of the one named by id, short code or name. */
export interface Snapshots {
  organisations(): { id: string; name: string; shortCode: string; baseCurrency: string }[];
  invoices(organisation?: string): InvoiceSnapshot[];
  payments(organisation?: string): Payment[];
  contacts(organisation?: string): Contact[];
  creditNotes(organisation?: string): CreditNote[];
  bankTransactions(organisation?: string): BankTransaction[];
  accounts(organisation?: string): ReturnType<Organisation['accounts']['all']>;
  history(recordId: string): Note[];
  connections(): { id: string; clientId: string; tenantId: string; authEventId: string }[];
}

export function snapshots(world: World): Snapshots {
  const chosen = (key: string | undefined): Organisation[] => [...world.organisations.values()].filter((each) => key === undefined || [each.id, each.facts.shortCode, each.facts.name].includes(key));
  return {
    organisations: () => chosen(undefined).map(({ facts }) => ({ id: facts.id, name: facts.name, shortCode: facts.shortCode, baseCurrency: facts.baseCurrency })),
    invoices: (key) =>
      chosen(key).flatMap((books) => books.invoices.all().map((each) => ({ ...each, organisationId: books.id, amountPaid: amountPaid(books, each), amountCredited: amountCredited(books, each), amountDue: amountDue(books, each) }))),
    payments: (key) => chosen(key).flatMap((books) => books.payments.all()),
    contacts: (key) => chosen(key).flatMap((books) => books.contacts.all()),
    creditNotes: (key) => chosen(key).flatMap((books) => books.creditNotes.all()),
    bankTransactions: (key) => chosen(key).flatMap((books) => books.bankTransactions.all()),
    accounts: (key) => chosen(key).flatMap((books) => books.accounts.all()),
    history: (recordId) => chosen(undefined).flatMap((books) => books.notes.by('subject', recordId)),
    connections: () => world.grants.connections.map(({ id, clientId, tenantId, authEventId }) => ({ id, clientId, tenantId, authEventId })),
  };
}
