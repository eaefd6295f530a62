import { z } from 'zod';
import { type Details, detailsOf, detailsToCarry } from '../../src/core/contact-details.js';
import type { Client, Contact } from '../../src/core/contact.js';
import { matchContact, newContactFor } from '../../src/core/match-contact.js';
import { titleOf } from '../../src/core/reasons.js';
import { client, contact } from '../core/law-firm.js';
import type { Told } from './example.js';

const Texts = z.array(z.string());

/** A client in Clio and the contacts in Xero. Nothing is posted for contacts. */
export const ContactExample = z.strictObject({ client: z.string(), contacts: Texts.default([]), then: Texts.default([]), does: Texts.default([]), waits: Texts.default([]), choices: Texts.default([]) });

/** `Northgate Ltd, ap@northgate.example, tax number 12, archived`: all but the name may be missing. */
function contactIn(words: string, place: number): { contact: Contact; taken: boolean } {
  const [name = '', ...facts] = words.split(', ');
  const tax = facts.find((fact) => fact.startsWith('tax number '))?.slice('tax number '.length) ?? null;
  const supplier = facts.includes('a supplier only');
  return {
    contact: { ...contact, xeroId: `contact-${place}`, name, email: facts.find((fact) => fact.includes('@')) ?? null, taxNumber: tax, contactNumber: null, status: facts.includes('archived') ? 'archived' : 'active', isSupplier: supplier, isCustomer: !supplier },
    taken: facts.includes('linked to another client'),
  };
}

export function runContactExample(example: z.output<typeof ContactExample>): { said: Told; came: Told } {
  const [name = '', ...facts] = example.client.split(', ');
  const who: Client = { ...client, name, email: facts.find((fact) => fact.includes('@')) ?? null, taxNumber: facts.find((fact) => fact.startsWith('tax number '))?.slice('tax number '.length) ?? null };
  const known = example.contacts.map(contactIn);
  const none = { leftOut: null, debit: {}, credit: {} };
  const said = { does: example.does, waits: example.waits, choices: example.choices, ...none };
  if (example.then.length > 0) return { said, came: { does: follow(who, example.then), waits: [], choices: [], ...none } };
  const match = matchContact(who, known.map((each) => each.contact), { region: 'eu', linkedElsewhere: new Set(known.flatMap((each) => (each.taken ? [each.contact.xeroId] : []))) });
  if (match.level === 'full') return { said, came: { does: [`link the contact ${match.contact.name}`], waits: [], choices: [], ...none } };
  if (match.level === 'none') return { said, came: { does: [`make the contact ${newContactFor(who, 'eu', new Set(known.map((each) => each.contact.name))).name}`], waits: [], choices: [], ...none } };
  const { reason, facts: about, choices } = match.hold;
  return { said, came: { does: [], waits: [titleOf(reason, about)], choices: choices.map((choice) => choice.label), ...none } };
}

const CHANGE = /^(Clio|Xero): the (name|e-mail|phone) is now (.*)$/;

function follow(who: Client, changes: string[]): string[] {
  const agreed = detailsOf({ ...who, phone: '020 7946 0123' });
  const now: Record<'Clio' | 'Xero', Details> = { Clio: { ...agreed }, Xero: { ...agreed } };
  for (const words of changes) {
    const [, side, field, value] = CHANGE.exec(words) ?? [];
    if ((side !== 'Clio' && side !== 'Xero') || value === undefined) throw new Error(`Nothing is known to happen by "${words}"`);
    if (field === 'name') now[side].name = value;
    else now[side][field === 'phone' ? 'phone' : 'email'] = value === 'blank' ? null : value;
  }
  const carried = detailsToCarry(now.Clio, now.Xero, { inClio: agreed, inXero: agreed });
  return [
    ...(carried.name === undefined ? [] : [`change the name in Xero to ${carried.name}`]),
    ...(carried.email ? [`change the e-mail in Xero to ${carried.email}`] : []),
    ...(carried.phone ? [`change the phone in Xero to ${carried.phone}`] : []),
  ];
}
