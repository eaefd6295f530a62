import type { Call } from '../call.js';
import { Incoming } from '../incoming.js';
import { refuseIf } from '../refusal.js';
import { documentContact } from '../books/contacts.js';
import { readCurrency } from '../books/currencies.js';
import { addNote } from '../books/history.js';
import { refuseLocked } from '../books/lock-dates.js';
import type { Invoice } from '../books/organisation.js';
import { isSettledInPart } from '../books/settlement.js';
import { checkDocument, finished, numberTaken, optionalMembers, type Saved } from './invoice-create.js';
import { readLines, readTypes, totals } from './lines.js';
import { nextStatus } from './status.js';

export function updateInvoice(call: Call, before: Invoice, element: Incoming): Saved<Invoice> {
  const { organisation, now } = call;
  const settled = isSettledInPart(organisation, before) || before.status === 'PAID';
  const status = nextStatus(element, 'Invoice', before.status, isSettledInPart(organisation, before));
  refuseLocked(call.world, organisation, before.date);
  const ends = status === 'VOIDED' || status === 'DELETED';
  const { record, warnings } = ends && !element.has('LineItems') ? { record: renamed(call, before, element), warnings: [] } : edited(call, before, element, status, settled);
  const after = finished({ ...record, status, updatedAt: touches(before, record, settled) ? now : before.updatedAt });
  if (settled) refuseChangedMoney(before, after);
  refuseLocked(call.world, organisation, after.date);
  checkDocument(after);
  organisation.invoices.put(after);
  addNote(call, after.id, ends ? (status === 'VOIDED' ? 'Voided' : 'Deleted') : before.status === after.status ? 'Edited' : 'Approved', `Invoice ${after.number} changed.`);
  organisation.tell({ category: 'INVOICE', type: 'UPDATE', id: after.id, at: now });
  return { record: after, warnings };
}

function renamed(call: Call, before: Invoice, element: Incoming): Invoice {
  const number = element.filled('InvoiceNumber') ?? before.number;
  refuseIf(before.type === 'ACCREC' && number !== before.number && numberTaken(call, number, before.id), 'Invoice # must be unique.');
  return number === before.number ? before : { ...before, number, formerNumbers: [...(before.formerNumbers ?? []), before.number.toLowerCase()] };
}

function edited(call: Call, before: Invoice, element: Incoming, status: Invoice['status'], settled: boolean): Saved<Invoice> {
  const sent = element.list('LineItems');
  refuseIf(settled && sent !== undefined && sent.some((line) => !before.lines.some((each) => each.id === line.filled('LineItemID')?.toLowerCase())), 'To update fields on a paid invoice line item, you must supply a LineItemID');
  const types = readTypes(element, before.lineAmountTypes);
  const { warnings: rateWarnings, ...currency } = readCurrency(call, element, before);
  const rules = { types, approved: status === 'AUTHORISED' || status === 'PAID', discounts: before.type === 'ACCREC', taxAnew: types !== before.lineAmountTypes };
  const approving = status === 'AUTHORISED' && before.status !== 'AUTHORISED';
  const rechecked = approving || types !== before.lineAmountTypes ? before.lines.map((each) => new Incoming({ LineItemID: each.id })) : undefined;
  const read = sent ?? rechecked;
  const { lines, warnings } = read ? readLines(call, read, before.lines, rules) : { lines: before.lines, warnings: [] };
  const dueDate = element.date('DueDate') ?? before.dueDate;
  const record: Invoice = {
    ...renamed(call, before, element),
    reference: before.type === 'ACCREC' ? (element.text('Reference') ?? before.reference) : before.reference,
    contactId: element.has('Contact') ? documentContact(call, element.part('Contact')).id : before.contactId,
    date: element.date('Date') ?? before.date,
    ...(dueDate === undefined ? {} : { dueDate }),
    ...optionalMembers(element),
    ...(element.filled('BrandingThemeID') === undefined ? {} : { brandingThemeId: element.filled('BrandingThemeID') ?? '' }),
    ...currency,
    lineAmountTypes: types,
    lines,
    ...totals(lines, types),
    sentToContact: element.flag('SentToContact') ?? before.sentToContact,
  };
  return { record, warnings: [...warnings, ...rateWarnings] };
}

/** A settled document keeps its money; that a sales invoice keeps its contact too is inferred from the list for bills. */
function refuseChangedMoney(before: Invoice, after: Invoice): void {
  const money = (invoice: Invoice): string =>
    JSON.stringify([invoice.date, invoice.currency, invoice.currencyRate, invoice.lineAmountTypes, invoice.type === 'ACCREC' && invoice.contactId, invoice.lines.map((each) => [each.id, each.quantity, each.unitAmount, each.lineAmount, each.taxType, each.taxAmount])]);
  refuseIf(money(before) !== money(after), 'This document cannot be edited as it has a payment or credit note allocated to it.');
}

/** A new due date or a sent mark on a settled document does not move `UpdatedDateUTC`. */
function touches(before: Invoice, after: Invoice, settled: boolean): boolean {
  const rest = (invoice: Invoice): string => JSON.stringify({ ...invoice, dueDate: null, sentToContact: null });
  return !settled || rest(before) !== rest(after) || (before.dueDate === after.dueDate && before.sentToContact === after.sentToContact);
}
