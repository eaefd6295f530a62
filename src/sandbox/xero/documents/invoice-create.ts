import type { Call } from '../call.js';
import { todayIn } from '../dates.js';
import type { Incoming } from '../incoming.js';
import { Refusal, refuseIf } from '../refusal.js';
import { documentContact, markTrading } from '../books/contacts.js';
import { readCurrency } from '../books/currencies.js';
import { addNote } from '../books/history.js';
import { refuseLocked } from '../books/lock-dates.js';
import type { Invoice, Line } from '../books/organisation.js';
import { readLines, readTypes, totals } from './lines.js';
import { holdsNumber, nextNumber } from './numbers.js';
import { firstStatus } from './status.js';

export interface Saved<T> {
  record: T;
  warnings: string[];
}

export function createInvoice(call: Call, element: Incoming, byApp: string | undefined): Saved<Invoice> {
  const { organisation, now } = call;
  const type = (['ACCREC', 'ACCPAY'] as const).find((each) => each === element.filled('Type'));
  if (!type) throw new Refusal(['Invoice Type must be specified.']);
  const status = firstStatus(element, 'Invoice');
  const number = newNumber(call, element, type);
  const contact = documentContact(call, element.part('Contact'));
  const types = readTypes(element, 'Exclusive');
  const { warnings: rateWarnings, ...currency } = readCurrency(call, element);
  const { lines, warnings } = readLines(call, element.list('LineItems') ?? [], [], { types, approved: status === 'AUTHORISED', discounts: type === 'ACCREC' });
  const dueDate = element.date('DueDate');
  const invoice: Invoice = {
    id: call.world.newId(),
    type,
    number,
    reference: type === 'ACCREC' ? (element.text('Reference') ?? '') : '',
    contactId: contact.id,
    date: element.date('Date') ?? todayIn(organisation.facts.timezone, now),
    ...(dueDate === undefined ? {} : { dueDate }),
    ...optionalMembers(element),
    ...(type === 'ACCREC' ? { brandingThemeId: element.filled('BrandingThemeID') ?? organisation.facts.brandingThemes[0]?.id ?? '' } : {}),
    status,
    ...currency,
    lineAmountTypes: types,
    lines,
    ...totals(lines, types),
    sentToContact: status === 'AUTHORISED' && (element.flag('SentToContact') ?? false),
    ...(byApp === undefined ? {} : { createdByApp: byApp }),
    createdAt: now,
    updatedAt: now,
  };
  refuseLocked(call.world, organisation, invoice.date);
  checkDocument(invoice);
  organisation.invoices.put(finished(invoice));
  markTrading(organisation, contact, type === 'ACCREC' ? 'isCustomer' : 'isSupplier');
  addNote(call, invoice.id, 'Created', `${type === 'ACCREC' ? 'Invoice' : 'Bill'} ${number} to ${contact.name} for ${(invoice.total / 100).toFixed(2)}.`);
  organisation.tell({ category: 'INVOICE', type: 'CREATE', id: invoice.id, at: now });
  return { record: finished(invoice), warnings: [...warnings, ...rateWarnings] };
}

/** What a document must have; more when it is approved. */
export function checkDocument(document: { status: string; lines: Line[]; total: number; type: string; dueDate?: string }): void {
  if (document.status !== 'AUTHORISED') return;
  refuseIf(document.lines.length === 0, 'One or more line items must be specified');
  refuseIf(document.type === 'ACCREC' && document.dueDate === undefined, 'The document DueDate field must be specified');
  refuseIf(document.total < 0, 'The document total must not be negative.');
}

/** An approved document of nothing is settled at once, which is inferred from PAID meaning that nothing is due. */
export function finished(invoice: Invoice): Invoice {
  return invoice.status === 'AUTHORISED' && invoice.total === 0 ? { ...invoice, status: 'PAID', fullyPaidOn: invoice.date } : invoice;
}

export function optionalMembers(element: Incoming): Partial<Pick<Invoice, 'url' | 'expectedPaymentDate' | 'plannedPaymentDate'>> {
  const url = element.filled('Url');
  refuseIf(url !== undefined && (!URL.canParse(url) || url.toLowerCase().includes('xero')), 'The Url is not valid.');
  const expected = element.date('ExpectedPaymentDate');
  const planned = element.date('PlannedPaymentDate');
  return { ...(url === undefined ? {} : { url }), ...(expected === undefined ? {} : { expectedPaymentDate: expected }), ...(planned === undefined ? {} : { plannedPaymentDate: planned }) };
}

/** Sales invoices need a number nobody has and get one when none is sent; bills may repeat theirs. */
function newNumber(call: Call, element: Incoming, type: Invoice['type']): string {
  const sent = element.filled('InvoiceNumber');
  refuseIf((sent ?? '').length > 255, 'InvoiceNumber must be at most 255 characters.');
  if (type === 'ACCPAY') return sent ?? '';
  refuseIf(sent !== undefined && numberTaken(call, sent, undefined), 'Invoice # must be unique.');
  return sent ?? nextNumber('INV', (number) => numberTaken(call, number, undefined));
}

export function numberTaken(call: Call, number: string, selfId: string | undefined): boolean {
  const { invoices } = call.organisation;
  if (call.world.switches.voidedNumber === 'taken-for-good' && invoices.all().some((each) => each.status === 'VOIDED' && each.formerNumbers?.includes(number.toLowerCase()) === true)) return true;
  return invoices.by('number', number.toLowerCase()).some((each) => each.type === 'ACCREC' && each.id !== selfId && holdsNumber(call.world, each));
}
