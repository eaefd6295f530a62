import type { Answer } from '../answer.js';
import type { Call, Route } from '../call.js';
import { envelope } from '../envelope.js';
import type { Incoming, Json } from '../incoming.js';
import { BadQuery, NotFound, Refusal } from '../refusal.js';
import { commaList, list } from '../books/listing.js';
import { validationAnswer, writeBatch, type Written } from '../books/write.js';
import type { Invoice } from '../books/organisation.js';
import { createInvoice, type Saved } from './invoice-create.js';
import { invoicePdf } from './invoice-pdf.js';
import { updateInvoice } from './invoice-update.js';
import { invoiceFields, invoiceView, optionalInvoiceMembers } from './invoice-view.js';

const scope = 'accounting.invoices';

export const invoiceRoutes: Route[] = [
  { method: 'GET', path: '/Invoices', scope, handle: listInvoices },
  { method: 'GET', path: '/Invoices/*', scope, handle: readInvoice },
  { method: 'GET', path: '/Invoices/*/pdf', scope, handle: (call) => pdfOf(known(call)) },
  { method: 'GET', path: '/Invoices/*/OnlineInvoice', scope, handle: onlineInvoice },
  { method: 'PUT', path: '/Invoices', scope, handle: (call) => write(call, (element) => createInvoice(call, element, call.app.clientId)) },
  { method: 'POST', path: '/Invoices', scope, handle: (call) => write(call, (element) => createOrUpdate(call, element)) },
  { method: 'POST', path: '/Invoices/*', scope, handle: (call) => write(call, (element) => updateInvoice(call, known(call), element), false) },
  { method: 'POST', path: '/Invoices/*/Email', scope, handle: emailInvoice },
];

function write(call: Call, store: (element: Incoming) => Saved<Invoice>, summarises = true): Answer {
  const writeOne = (element: Incoming): Written => {
    const { record, warnings } = store(element);
    return { json: asWritten(call, invoiceView(call, record, true)), warnings };
  };
  return writeBatch(call, { plural: 'Invoices', idName: 'InvoiceID', summarises, write: writeOne });
}

/** POST updates the invoice of a known id or, for sales, of a known number: the trap that PUT does not have. */
function createOrUpdate(call: Call, element: Incoming): Saved<Invoice> {
  const id = element.filled('InvoiceID')?.toLowerCase();
  if (id !== undefined) {
    const before = call.organisation.invoices.get(id);
    if (!before) throw new Refusal(['Invoice could not be found']);
    return updateInvoice(call, before, element);
  }
  const number = element.filled('InvoiceNumber')?.toLowerCase();
  const sameNumber = number === undefined || element.filled('Type') === 'ACCPAY' ? [] : call.organisation.invoices.by('number', number).filter((each) => each.type === 'ACCREC' && each.status !== 'DELETED');
  const before = sameNumber.at(-1);
  return before ? updateInvoice(call, before, element) : createInvoice(call, element, call.app.clientId);
}

function listInvoices(call: Call): Answer {
  const [ids, numbers, contacts, statuses] = [commaList(call, 'IDs'), commaList(call, 'InvoiceNumbers'), commaList(call, 'ContactIDs'), commaList(call, 'Statuses')];
  const mine = call.query.get('createdByMyApp')?.toLowerCase() === 'true';
  const term = call.query.get('searchTerm')?.toLowerCase() ?? '';
  if (term.length > 50) throw new BadQuery('searchTerm must be at most 50 characters');
  const { organisation } = call;
  const rows = organisation.invoices
    .all()
    .filter((each) => (ids?.has(each.id) ?? true) && (numbers?.has(each.number.toLowerCase()) ?? true) && (contacts?.has(each.contactId) ?? true) && (statuses?.has(each.status.toLowerCase()) ?? true))
    .filter((each) => !mine || each.createdByApp === call.app.clientId)
    .filter((each) => term === '' || [each.number, each.reference, organisation.contacts.get(each.contactId)?.name ?? ''].some((text) => text.toLowerCase().includes(term)));
  const summary = call.query.get('summaryOnly')?.toLowerCase() === 'true';
  return list(call, {
    plural: 'Invoices',
    rows,
    fields: (each) => invoiceFields(organisation, each),
    optional: optionalInvoiceMembers,
    view: (each, full) => (summary ? inShort(call, each) : invoiceView(call, each, full)),
    paged: true,
    alwaysPaged: summary,
  });
}

function asWritten({ world }: Call, { Payments, CreditNotes, Prepayments, Overpayments, ...rest }: Json): Json {
  return world.switches.writtenInvoice === 'whole' ? { ...rest, Payments, CreditNotes, Prepayments, Overpayments } : rest;
}

function inShort({ organisation, world }: Call, invoice: Invoice): Json {
  const { Url, ...rest } = invoiceFields(organisation, invoice);
  return world.switches.summaryUrl === 'there' && Url !== undefined ? { ...rest, Url } : rest;
}

function readInvoice(call: Call): Answer {
  const invoice = known(call);
  if ((call.header('accept') ?? '').includes('application/pdf')) return pdfOf(invoice);
  return envelope(call, 'Invoices', [invoiceView(call, invoice, true)]);
}

/** By id, or by number, of which the latest record counts. */
function known(call: Call): Invoice {
  const key = decodeURIComponent(call.params[0] ?? '').toLowerCase();
  const invoice = call.organisation.invoices.get(key) ?? call.organisation.invoices.by('number', key).at(-1);
  if (!invoice) throw new NotFound();
  return invoice;
}

function pdfOf(invoice: Invoice): Answer {
  return { status: 200, bytes: invoicePdf(invoice), contentType: 'application/pdf' };
}

/** Only approved sales invoices have an address clients can open; the refusal's wording is inferred. */
function onlineInvoice(call: Call): Answer {
  const invoice = known(call);
  if (invoice.type !== 'ACCREC' || !['AUTHORISED', 'PAID'].includes(invoice.status)) {
    return validationAnswer([{ InvoiceID: invoice.id, ValidationErrors: [{ Message: 'Invoice not of valid status for an online invoice' }] }]);
  }
  return envelope(call, 'OnlineInvoices', [{ OnlineInvoiceUrl: `https://in.xero.com/${Buffer.from(invoice.id).toString('base64url').slice(0, 24)}` }]);
}

function emailInvoice(call: Call): Answer {
  const invoice = known(call);
  if (invoice.type !== 'ACCREC' || !['AUTHORISED', 'PAID'].includes(invoice.status)) return validationAnswer([{ InvoiceID: invoice.id, ValidationErrors: [{ Message: 'Invoice not of valid status for emailing' }] }]);
  call.organisation.invoices.put({ ...invoice, sentToContact: true });
  return { status: 204 };
}
