import type { Call } from '../call.js';
import { todayIn } from '../dates.js';
import { Incoming } from '../incoming.js';
import { Refusal, refuseIf } from '../refusal.js';
import { documentContact } from '../books/contacts.js';
import { readCurrency } from '../books/currencies.js';
import { addNote } from '../books/history.js';
import { refuseLocked } from '../books/lock-dates.js';
import type { CreditNote } from '../books/organisation.js';
import { livePayments } from '../books/settlement.js';
import { checkDocument, type Saved } from './invoice-create.js';
import { readLines, readTypes, totals } from './lines.js';
import { holdsNumber, nextNumber } from './numbers.js';
import { firstStatus, nextStatus } from './status.js';

export function createCreditNote(call: Call, element: Incoming): Saved<CreditNote> {
  const { organisation, now } = call;
  const type = (['ACCRECCREDIT', 'ACCPAYCREDIT'] as const).find((each) => each === element.filled('Type'));
  if (!type) throw new Refusal(['Credit Note Type must be specified.']);
  const status = firstStatus(element, 'Credit note');
  const sent = element.filled('CreditNoteNumber');
  refuseIf(type === 'ACCRECCREDIT' && sent !== undefined && numberTaken(call, sent, undefined), 'Credit note # must be unique.');
  const contact = documentContact(call, element.part('Contact'));
  const types = readTypes(element, 'Exclusive');
  const { warnings: rateWarnings, ...currency } = readCurrency(call, element);
  const { lines, warnings } = readLines(call, element.list('LineItems') ?? [], [], { types, approved: status === 'AUTHORISED', discounts: false });
  const note: CreditNote = {
    id: call.world.newId(),
    type,
    number: sent ?? (type === 'ACCRECCREDIT' ? nextNumber('CN', (number) => numberTaken(call, number, undefined)) : ''),
    reference: type === 'ACCRECCREDIT' ? (element.text('Reference') ?? '') : '',
    contactId: contact.id,
    date: element.date('Date') ?? todayIn(organisation.facts.timezone, now),
    ...(type === 'ACCRECCREDIT' ? { brandingThemeId: element.filled('BrandingThemeID') ?? organisation.facts.brandingThemes[0]?.id ?? '' } : {}),
    status,
    ...currency,
    lineAmountTypes: types,
    lines,
    ...totals(lines, types),
    sentToContact: false,
    createdByApp: call.app.clientId,
    createdAt: now,
    updatedAt: now,
  };
  refuseLocked(call.world, organisation, note.date);
  checkDocument({ ...note, type: 'CREDIT' });
  organisation.creditNotes.put(note);
  addNote(call, note.id, 'Created', `Credit note ${note.number} to ${contact.name} for ${(note.total / 100).toFixed(2)}.`);
  organisation.tell({ category: 'CREDITNOTE', type: 'CREATE', id: note.id, at: now, data: { Type: type, Status: status } });
  return { record: note, warnings: [...warnings, ...rateWarnings] };
}

export function updateCreditNote(call: Call, before: CreditNote, element: Incoming): Saved<CreditNote> {
  const { organisation, now } = call;
  const settled = livePayments(organisation, before.id).length > 0 || organisation.allocations.by('source', before.id).some((each) => !each.isDeleted);
  const status = nextStatus(element, 'Credit note', before.status, settled);
  refuseLocked(call.world, organisation, before.date);
  const sent = element.list('LineItems');
  refuseIf(settled && (sent !== undefined || element.has('Date') || element.has('LineAmountTypes')), 'This document cannot be edited as it has a payment or credit note allocated to it.');
  const types = readTypes(element, before.lineAmountTypes);
  const number = element.filled('CreditNoteNumber') ?? before.number;
  refuseIf(before.type === 'ACCRECCREDIT' && number !== before.number && numberTaken(call, number, before.id), 'Credit note # must be unique.');
  const approving = status === 'AUTHORISED' && before.status !== 'AUTHORISED';
  const read = sent ?? (approving || types !== before.lineAmountTypes ? before.lines.map((each) => new Incoming({ LineItemID: each.id })) : undefined);
  const { lines, warnings } = read ? readLines(call, read, before.lines, { types, approved: status === 'AUTHORISED', discounts: false, taxAnew: types !== before.lineAmountTypes }) : { lines: before.lines, warnings: [] };
  const note: CreditNote = {
    ...before,
    number,
    status,
    reference: before.type === 'ACCRECCREDIT' ? (element.text('Reference') ?? before.reference) : before.reference,
    contactId: element.has('Contact') ? documentContact(call, element.part('Contact')).id : before.contactId,
    date: element.date('Date') ?? before.date,
    lineAmountTypes: types,
    lines,
    ...totals(lines, types),
    updatedAt: now,
  };
  refuseLocked(call.world, organisation, note.date);
  checkDocument({ ...note, type: 'CREDIT' });
  organisation.creditNotes.put(note);
  addNote(call, note.id, status === 'VOIDED' ? 'Voided' : 'Edited', `Credit note ${note.number} changed.`);
  organisation.tell({ category: 'CREDITNOTE', type: 'UPDATE', id: note.id, at: now, data: { Type: note.type, Status: status } });
  return { record: note, warnings };
}

function numberTaken(call: Call, number: string, selfId: string | undefined): boolean {
  return call.organisation.creditNotes.by('number', number.toLowerCase()).some((each) => each.type === 'ACCRECCREDIT' && each.id !== selfId && holdsNumber(call.world, each));
}
