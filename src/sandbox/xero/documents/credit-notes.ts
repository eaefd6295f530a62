import type { Answer } from '../answer.js';
import type { Call, Route } from '../call.js';
import { dateString, msDate, utcString } from '../dates.js';
import { envelope } from '../envelope.js';
import type { Incoming, Json } from '../incoming.js';
import { fromCents } from '../money/decimal.js';
import { NotFound, Refusal } from '../refusal.js';
import { contactStub } from '../books/contact-view.js';
import { list } from '../books/listing.js';
import type { CreditNote, Organisation } from '../books/organisation.js';
import { remainingCredit } from '../books/settlement.js';
import { writeBatch } from '../books/write.js';
import { allocationsOf } from './allocations.js';
import { createCreditNote, updateCreditNote } from './credit-note-create.js';
import type { Saved } from './invoice-create.js';
import { paymentStubs } from './invoice-view.js';
import { lineView } from './lines.js';

const scope = 'accounting.invoices';

export const creditNoteRoutes: Route[] = [
  {
    method: 'GET',
    path: '/CreditNotes',
    scope,
    handle: (call) => list(call, { plural: 'CreditNotes', rows: call.organisation.creditNotes.all(), fields: (each) => fields(call.organisation, each), optional: ['FullyPaidOnDate', 'BrandingThemeID'], view: (each, full) => view(call, each, full), paged: true }),
  },
  { method: 'GET', path: '/CreditNotes/*', scope, handle: (call) => envelope(call, 'CreditNotes', [view(call, known(call), true)]) },
  { method: 'PUT', path: '/CreditNotes', scope, handle: (call) => write(call, (element) => createCreditNote(call, element)) },
  { method: 'POST', path: '/CreditNotes', scope, handle: (call) => write(call, (element) => createOrUpdate(call, element)) },
  { method: 'POST', path: '/CreditNotes/*', scope, handle: (call) => write(call, (element) => updateCreditNote(call, known(call), element), false) },
];

function write(call: Call, store: (element: Incoming) => Saved<CreditNote>, summarises = true): Answer {
  return writeBatch(call, {
    plural: 'CreditNotes',
    idName: 'CreditNoteID',
    summarises,
    write: (element) => {
      const { record, warnings } = store(element);
      return { json: view(call, record, true), warnings };
    },
  });
}

function createOrUpdate(call: Call, element: Incoming): Saved<CreditNote> {
  const id = element.filled('CreditNoteID')?.toLowerCase();
  const number = element.filled('CreditNoteNumber')?.toLowerCase();
  const byNumber = number === undefined ? undefined : call.organisation.creditNotes.by('number', number).filter((each) => each.status !== 'DELETED').at(-1);
  const before = id === undefined ? byNumber : call.organisation.creditNotes.get(id);
  if (id !== undefined && !before) throw new Refusal(['Credit note could not be found']);
  return before ? updateCreditNote(call, before, element) : createCreditNote(call, element);
}

function known(call: Call): CreditNote {
  const key = decodeURIComponent(call.params[0] ?? '').toLowerCase();
  const note = call.organisation.creditNotes.get(key) ?? call.organisation.creditNotes.by('number', key).at(-1);
  if (!note) throw new NotFound();
  return note;
}

function fields(organisation: Organisation, note: CreditNote): Json {
  return {
    CreditNoteID: note.id,
    ID: note.id,
    CreditNoteNumber: note.number,
    Type: note.type,
    Reference: note.reference,
    RemainingCredit: fromCents(remainingCredit(organisation, note)),
    CurrencyRate: note.currencyRate,
    CurrencyCode: note.currency,
    Contact: contactStub(organisation, note.contactId),
    DateString: dateString(note.date),
    Date: msDate(note.date),
    ...(note.brandingThemeId === undefined ? {} : { BrandingThemeID: note.brandingThemeId }),
    ...(note.fullyPaidOn === undefined ? {} : { FullyPaidOnDate: msDate(note.fullyPaidOn) }),
    Status: note.status,
    LineAmountTypes: note.lineAmountTypes,
    SubTotal: fromCents(note.subTotal),
    TotalTax: fromCents(note.totalTax),
    Total: fromCents(note.total),
    UpdatedDateUTC: msDate(note.updatedAt),
    UpdatedDateUTCString: utcString(note.updatedAt),
  };
}

function view(call: Call, note: CreditNote, lines: boolean): Json {
  const { organisation } = call;
  const places = call.query.get('unitdp') === '4' ? 4 : 2;
  return {
    ...fields(organisation, note),
    HasAttachments: false,
    HasErrors: false,
    SentToContact: note.sentToContact,
    Allocations: allocationsOf(organisation, note.id),
    Payments: paymentStubs(organisation, note.id),
    InvoiceAddresses: [],
    LineItems: lines ? note.lines.map((each) => lineView(organisation, each, places)) : [],
  };
}
