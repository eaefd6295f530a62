import { byHand } from '../by-hand.js';
import { createContact } from '../books/contacts.js';
import type { Contact, Organisation } from '../books/organisation.js';
import { createInvoice } from '../documents/invoice-create.js';
import { createPayment } from '../documents/payment-create.js';
import { Incoming, type Json } from '../incoming.js';
import type { World } from '../world.js';

/** What the firms had in their books before any app was connected. */
export function fillLawFirm(world: World, organisation: Organisation): void {
  const american = organisation.facts.countryCode === 'US';
  const contact = (facts: Json): Contact => byHand(world, organisation, (call) => createContact(call, new Incoming(facts)));
  const old = contact({ Name: american ? 'Quarry Lane Holdings Inc.' : 'Fenwick Mill Ltd', EmailAddress: 'office@old-client.example' });
  archive(organisation, old);
  contact({ Name: american ? 'Marlow Estates LLC' : 'Marlow Estates Ltd', EmailAddress: 'accounts@marlow-estates.example' });
  contact({ Name: 'Marlow Estates', EmailAddress: 'info@marlow-estates.example' });
  const kept = contact({ Name: american ? 'Daniela Ortega' : 'Priya Raman', FirstName: american ? 'Daniela' : 'Priya', LastName: american ? 'Ortega' : 'Raman', EmailAddress: american ? 'daniela.ortega@example.com' : 'priya.raman@example.com' });
  const merged = contact({ Name: american ? 'D. Ortega' : 'P. Raman' });
  organisation.contacts.put({ ...merged, status: 'ARCHIVED', mergedTo: kept.id });
  if (american) contact({ Name: 'Bellweather Cafe Inc.', EmailAddress: 'owner@bellweather.example' });
  const landlord = contact({ Name: american ? 'Copley Square Offices' : 'Corn Street Offices' });
  const other = contact({ Name: 'Seminar guests' });
  const line = (Description: string, UnitAmount: number): Json => ({ Description, Quantity: 1, UnitAmount, AccountCode: '200', TaxType: 'NONE' });
  const invoice = (facts: Json): string => byHand(world, organisation, (call) => createInvoice(call, new Incoming(facts), undefined).record.id);
  const seminar = invoice({ Type: 'ACCREC', Status: 'AUTHORISED', Contact: { ContactID: other.id }, InvoiceNumber: 'SEM-001', Reference: 'Seminar', Date: '2026-09-14', DueDate: '2026-10-14', LineItems: [line('Employment law seminar, 12 seats', 1_440)] });
  byHand(world, organisation, (call) => createPayment(call, new Incoming({ Invoice: { InvoiceID: seminar }, Account: { Code: '090' }, Date: '2026-10-02', Amount: 1_440, Reference: 'SEM-001' })));
  invoice({ Type: 'ACCREC', Status: 'AUTHORISED', Contact: { ContactID: kept.id }, InvoiceNumber: '1007', Reference: '', Date: '2026-10-30', DueDate: '2026-11-29', LineItems: [line('Professional services', 850)] });
  invoice({ Type: 'ACCPAY', Status: 'AUTHORISED', Contact: { ContactID: landlord.id }, InvoiceNumber: 'RENT-11', Date: '2026-11-01', DueDate: '2026-11-15', LineItems: [{ Description: 'Office rent, November', Quantity: 1, UnitAmount: 3_200, AccountCode: '400', TaxType: 'NONE' }] });
  organisation.settle();
}

function archive(organisation: Organisation, contact: Contact): void {
  organisation.contacts.put({ ...contact, status: 'ARCHIVED' });
}
