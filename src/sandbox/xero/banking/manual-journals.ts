import type { Answer } from '../answer.js';
import type { Call, Route } from '../call.js';
import { dateString, msDate, todayIn } from '../dates.js';
import { envelope } from '../envelope.js';
import type { Incoming, Json } from '../incoming.js';
import { cents, fromCents } from '../money/decimal.js';
import { effectiveRate, lineTax, type LineAmountTypes } from '../money/line-tax.js';
import { NotFound, Refusal, refuseIf } from '../refusal.js';
import { findAccount } from '../books/accounts.js';
import { list } from '../books/listing.js';
import { refuseLocked } from '../books/lock-dates.js';
import type { ManualJournal } from '../books/organisation.js';
import { findTaxRate } from '../books/tax-rates.js';
import { readTracking, trackingPairs } from '../books/tracking.js';
import { writeBatch, type Written } from '../books/write.js';
import { readTypes } from '../documents/lines.js';

const scope = 'accounting.manualjournals';
const plural = 'ManualJournals';
/** A journal's next states; the order is inferred from the documented values. */
const moves: Record<string, string[]> = { DRAFT: ['DRAFT', 'POSTED', 'DELETED'], POSTED: ['POSTED', 'VOIDED'] };

export const manualJournalRoutes: Route[] = [
  { method: 'GET', path: '/ManualJournals', scope, handle: (call) => list(call, { plural, rows: call.organisation.manualJournals.all(), fields: (each) => view(call, each, false), view: (each, full) => view(call, each, full), paged: true }) },
  { method: 'GET', path: '/ManualJournals/*', scope, handle: (call) => envelope(call, plural, [view(call, known(call, call.params[0]), true)]) },
  { method: 'PUT', path: '/ManualJournals', scope, handle: (call) => write(call, (element) => store(call, element, undefined)) },
  { method: 'POST', path: '/ManualJournals', scope, handle: (call) => write(call, (element) => store(call, element, element.has('ManualJournalID') ? known(call, element.filled('ManualJournalID')) : undefined)) },
  { method: 'POST', path: '/ManualJournals/*', scope, handle: (call) => write(call, (element) => store(call, element, known(call, call.params[0]))) },
];

function write(call: Call, writeOne: (element: Incoming) => Written): Answer {
  return writeBatch(call, { plural, idName: 'ManualJournalID', summarises: true, write: writeOne });
}

function store(call: Call, element: Incoming, before: ManualJournal | undefined): Written {
  const { organisation, now } = call;
  const narration = element.filled('Narration') ?? before?.narration;
  if (narration === undefined) throw new Refusal(['Narration must be specified.']);
  const status = element.filled('Status') ?? before?.status ?? 'DRAFT';
  const allowed = before ? (moves[before.status] ?? []) : ['DRAFT', 'POSTED'];
  refuseIf(!allowed.includes(status), 'The Status of the manual journal is not valid.');
  if (before) refuseLocked(call.world, organisation, before.date);
  const types = readTypes(element, before?.lineAmountTypes ?? 'NoTax');
  const sent = element.list('JournalLines');
  const journal: ManualJournal = {
    id: before?.id ?? call.world.newId(),
    narration,
    date: element.date('Date') ?? before?.date ?? todayIn(organisation.facts.timezone, now),
    status,
    lineAmountTypes: types,
    showOnCashBasis: element.flag('ShowOnCashBasisReports') ?? before?.showOnCashBasis ?? true,
    lines: sent ? sent.map((line) => readLine(call, line, types)) : (before?.lines ?? []),
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
  };
  refuseLocked(call.world, organisation, journal.date);
  refuseUnbalanced(journal);
  organisation.manualJournals.put(journal);
  return { json: view(call, journal, true) };
}

/** Debit positive, credit negative. */
function refuseUnbalanced(journal: ManualJournal): void {
  refuseIf(journal.lines.length < 2, 'A manual journal needs at least two lines.');
  const gross = journal.lines.map((each) => each.amount + (journal.lineAmountTypes === 'Exclusive' ? each.taxAmount : 0));
  const sum = (wanted: (amount: number) => boolean): number => gross.filter(wanted).reduce((total, each) => total + each, 0);
  const debits = sum((amount) => amount > 0);
  const credits = sum((amount) => amount < 0);
  refuseIf(debits + credits !== 0, `The total debits (${fromCents(debits).toFixed(2)}) must equal total credits (${fromCents(credits).toFixed(2)})`);
}

/** Bank accounts, receivables, payables and retained earnings are out of bounds. */
function readLine(call: Call, line: Incoming, types: LineAmountTypes): ManualJournal['lines'][number] {
  const code = line.filled('AccountCode');
  const account = findAccount(call.organisation, line.filled('AccountID'), code);
  const closed = account === undefined || account.status !== 'ACTIVE' || ['BANK', 'INVENTORY'].includes(account.type) || ['DEBTORS', 'CREDITORS', 'RETAINEDEARNINGS'].includes(account.systemAccount);
  if (closed) throw new Refusal([`Account code '${code ?? account?.code ?? ''}' is not a valid code for this document.`]);
  const taxType = types === 'NoTax' ? 'NONE' : (line.filled('TaxType') ?? account.taxType);
  const rate = findTaxRate(call.organisation, taxType);
  if (!rate) throw new Refusal([`The TaxType code '${taxType}' does not exist or cannot be used for this type of transaction.`]);
  const amount = cents(line.number('LineAmount') ?? 0);
  return { amount, accountId: account.id, description: line.text('Description') ?? '', taxType, taxAmount: lineTax(amount, effectiveRate(rate.components), types), tracking: readTracking(call, line.list('Tracking') ?? []) };
}

function known(call: Call, id: string | undefined): ManualJournal {
  const journal = call.organisation.manualJournals.get((id ?? '').toLowerCase());
  if (!journal) throw new NotFound();
  return journal;
}

function view(call: Call, journal: ManualJournal, lines: boolean): Json {
  const { organisation } = call;
  return {
    ManualJournalID: journal.id,
    Narration: journal.narration,
    DateString: dateString(journal.date),
    Date: msDate(journal.date),
    Status: journal.status,
    LineAmountTypes: journal.lineAmountTypes,
    ShowOnCashBasisReports: journal.showOnCashBasis,
    HasAttachments: false,
    UpdatedDateUTC: msDate(journal.updatedAt),
    JournalLines: lines
      ? journal.lines.map((each) => ({ LineAmount: fromCents(each.amount), AccountID: each.accountId, AccountCode: organisation.accounts.get(each.accountId)?.code ?? '', Description: each.description, TaxType: each.taxType, TaxAmount: fromCents(each.taxAmount), Tracking: trackingPairs(organisation, each.tracking), IsBlank: false }))
      : [],
  };
}
