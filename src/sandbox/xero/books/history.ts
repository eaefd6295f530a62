import type { Call, Route } from '../call.js';
import { msDate, utcString } from '../dates.js';
import { envelope } from '../envelope.js';
import { elementsOf, readBody, type Json } from '../incoming.js';
import { NotFound, refuseIf } from '../refusal.js';
import type { Note, Organisation } from './organisation.js';

const parents: { path: string; scope: string; has: (organisation: Organisation, id: string) => boolean }[] = [
  { path: 'Invoices', scope: 'accounting.invoices', has: (books, id) => books.invoices.get(id) !== undefined },
  { path: 'CreditNotes', scope: 'accounting.invoices', has: (books, id) => books.creditNotes.get(id) !== undefined },
  { path: 'Contacts', scope: 'accounting.contacts', has: (books, id) => books.contacts.get(id) !== undefined },
  { path: 'Payments', scope: 'accounting.payments', has: (books, id) => books.payments.get(id) !== undefined },
  { path: 'BatchPayments', scope: 'accounting.payments', has: (books, id) => books.batchPayments.get(id) !== undefined },
  { path: 'Overpayments', scope: 'accounting.payments', has: (books, id) => books.advances.get(id)?.kind === 'overpayment' },
  { path: 'Prepayments', scope: 'accounting.payments', has: (books, id) => books.advances.get(id)?.kind === 'prepayment' },
  { path: 'BankTransactions', scope: 'accounting.banktransactions', has: (books, id) => books.bankTransactions.get(id) !== undefined },
  { path: 'BankTransfers', scope: 'accounting.banktransactions', has: (books, id) => books.bankTransfers.get(id) !== undefined },
  { path: 'ManualJournals', scope: 'accounting.manualjournals', has: (books, id) => books.manualJournals.get(id) !== undefined },
];

/** Notes are permanent, dated now, and not editable. */
export const historyRoutes: Route[] = parents.flatMap((parent) => [
  { method: 'GET' as const, path: `/${parent.path}/*/History`, scope: parent.scope, handle: (call: Call) => envelope(call, 'HistoryRecords', call.organisation.notes.by('subject', subject(call, parent)).map(noteView)) },
  { method: 'PUT' as const, path: `/${parent.path}/*/History`, scope: parent.scope, handle: (call: Call) => write(call, subject(call, parent)) },
]);

function subject(call: Call, parent: (typeof parents)[number]): string {
  const id = (call.params[0] ?? '').toLowerCase();
  if (!parent.has(call.organisation, id)) throw new NotFound();
  return id;
}

function write(call: Call, id: string): ReturnType<Route['handle']> {
  const notes = elementsOf(readBody(call.body), 'HistoryRecords').map((element) => {
    const details = element.filled('Details') ?? '';
    refuseIf(details === '', 'Details must be specified.');
    refuseIf(details.length > 2_500, 'Details must be at most 2500 characters.');
    return addNote(call, id, 'Note', details);
  });
  return envelope(call, 'HistoryRecords', notes.map(noteView));
}

/** Written through the API, the user reads "System Generated". */
export function addNote(call: Pick<Call, 'world' | 'organisation' | 'now'>, subjectId: string, changes: string, details: string, user = 'System Generated'): Note {
  return call.organisation.notes.put({ id: call.world.newId(), subject: subjectId, changes, details, user, at: call.now });
}

function noteView(note: Note): Json {
  return { Changes: note.changes, DateUTCString: utcString(note.at).replace('Z', ''), DateUTC: msDate(note.at), User: note.user, Details: note.details };
}
