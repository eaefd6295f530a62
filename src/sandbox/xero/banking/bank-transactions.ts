import type { Answer } from '../answer.js';
import type { Call, Route } from '../call.js';
import { dateString, msDate, todayIn } from '../dates.js';
import { envelope } from '../envelope.js';
import { Incoming, type Json } from '../incoming.js';
import { fromCents } from '../money/decimal.js';
import { NotFound, Refusal, refuseIf } from '../refusal.js';
import { findAccount } from '../books/accounts.js';
import { contactStub } from '../books/contact-view.js';
import { documentContact } from '../books/contacts.js';
import { readCurrency } from '../books/currencies.js';
import { commaList, list } from '../books/listing.js';
import { refuseLocked } from '../books/lock-dates.js';
import type { Account, BankTransaction, Organisation } from '../books/organisation.js';
import { writeBatch, type Written } from '../books/write.js';
import { lineView, readLines, readTypes, totals } from '../documents/lines.js';
import { isUsed, openAdvance, voidAdvance } from './advances.js';

const scope = 'accounting.banktransactions';
const writableTypes = ['RECEIVE', 'SPEND', 'RECEIVE-OVERPAYMENT', 'SPEND-OVERPAYMENT', 'RECEIVE-PREPAYMENT', 'SPEND-PREPAYMENT'];

export const bankTransactionRoutes: Route[] = [
  { method: 'GET', path: '/BankTransactions', scope, handle: listTransactions },
  { method: 'GET', path: '/BankTransactions/*', scope, handle: (call) => envelope(call, 'BankTransactions', [view(call, known(call), true)]) },
  { method: 'PUT', path: '/BankTransactions', scope, handle: (call) => write(call, (element) => create(call, element)) },
  { method: 'POST', path: '/BankTransactions', scope, handle: (call) => write(call, (element) => createOrUpdate(call, element)) },
  { method: 'POST', path: '/BankTransactions/*', scope, handle: (call) => write(call, (element) => update(call, known(call), element), false) },
];

function write(call: Call, store: (element: Incoming) => Written, summarises = true): Answer {
  return writeBatch(call, { plural: 'BankTransactions', idName: 'BankTransactionID', summarises, write: store });
}

const create = (call: Call, element: Incoming): Written => answered(call, storeNew(call, element));

export const createTransaction = (call: Call, element: Incoming): BankTransaction => storeNew(call, element).stored;
export const updateTransaction = (call: Call, before: BankTransaction, element: Incoming): void => void update(call, before, element);

const answered = (call: Call, { stored, warnings }: { stored: BankTransaction; warnings: string[] }): Written => ({ json: view(call, stored, true), warnings });

function storeNew(call: Call, element: Incoming): { stored: BankTransaction; warnings: string[] } {
  const { organisation, now } = call;
  const type = writableTypes.find((each) => each === element.filled('Type'));
  if (type === undefined) throw new Refusal(['The Type of the bank transaction is not valid.']);
  const bank = bankAccount(organisation, element.part('BankAccount'));
  const contact = documentContact(call, element.part('Contact'));
  const plain = type === 'RECEIVE' || type === 'SPEND';
  const overpayment = type.endsWith('OVERPAYMENT');
  // Left out, LineAmountTypes came back as Inclusive here, unlike on invoices.
  const types = overpayment ? 'NoTax' : readTypes(element, 'Inclusive');
  const { lines, warnings } = readLines(call, element.list('LineItems') ?? [], [], { types, approved: true, discounts: false, overpayment });
  refuseIf(lines.length === 0, 'One or more line items must be specified');
  const bankCurrency = new Incoming({ CurrencyCode: bank.currencyCode ?? organisation.facts.baseCurrency });
  const { warnings: rateWarnings, ...currency } = readCurrency(call, overpayment && element.has('CurrencyCode') ? element : bankCurrency);
  const transaction: BankTransaction = {
    id: call.world.newId(),
    type,
    contactId: contact.id,
    bankAccountId: bank.id,
    date: element.date('Date') ?? todayIn(organisation.facts.timezone, now),
    reference: plain ? (element.text('Reference') ?? '') : '',
    status: 'AUTHORISED',
    isReconciled: element.flag('IsReconciled') ?? false,
    ...(element.filled('Url') === undefined ? {} : { url: element.text('Url') ?? '' }),
    ...currency,
    lineAmountTypes: types,
    lines,
    ...totals(lines, types),
    createdAt: now,
    updatedAt: now,
  };
  refuseIf(transaction.total < 0 || (!plain && transaction.total === 0), 'The total amount must be positive.');
  refuseLocked(call.world, organisation, transaction.date);
  const stored = plain ? transaction : { ...transaction, advanceId: openAdvance(call, transaction).id };
  organisation.bankTransactions.put(stored);
  return { stored, warnings: [...warnings, ...rateWarnings] };
}

function createOrUpdate(call: Call, element: Incoming): Written {
  const id = element.filled('BankTransactionID')?.toLowerCase();
  if (id === undefined) return create(call, element);
  const before = call.organisation.bankTransactions.get(id);
  if (!before) throw new Refusal(['Bank transaction could not be found']);
  return update(call, before, element);
}

/** Editable while not reconciled; deleting a reconciled one is refused here, which no document says. */
function update(call: Call, before: BankTransaction, element: Incoming): Written {
  const { organisation, now } = call;
  refuseIf(before.status !== 'AUTHORISED', 'This Bank Transaction cannot be edited as it has been deleted.');
  refuseIf(before.isReconciled, 'This Bank Transaction cannot be edited as it has been reconciled with a Bank Statement.');
  refuseIf(before.advanceId !== undefined && isUsed(organisation, before.advanceId), 'This document cannot be edited as it has a payment or credit note allocated to it.');
  refuseLocked(call.world, organisation, before.date);
  const deleted = element.filled('Status') === 'DELETED' || element.filled('Status') === 'VOIDED';
  const overpayment = before.type.endsWith('OVERPAYMENT');
  const types = overpayment ? 'NoTax' : readTypes(element, before.lineAmountTypes);
  const sent = element.list('LineItems');
  const { lines, warnings } = sent && !deleted ? readLines(call, sent, before.lines, { types, approved: true, discounts: false, overpayment }) : { lines: before.lines, warnings: [] };
  const after: BankTransaction = {
    ...before,
    status: deleted ? 'DELETED' : 'AUTHORISED',
    contactId: element.has('Contact') && !deleted ? documentContact(call, element.part('Contact')).id : before.contactId,
    bankAccountId: element.has('BankAccount') ? bankAccount(organisation, element.part('BankAccount')).id : before.bankAccountId,
    date: element.date('Date') ?? before.date,
    reference: before.type === 'RECEIVE' || before.type === 'SPEND' ? (element.text('Reference') ?? before.reference) : '',
    lineAmountTypes: types,
    lines,
    ...totals(lines, types),
    updatedAt: now,
  };
  refuseLocked(call.world, organisation, after.date);
  if (deleted && before.advanceId !== undefined) voidAdvance(call, before.advanceId);
  organisation.bankTransactions.put(after);
  return { json: view(call, after, true), warnings };
}

export function bankAccount(organisation: Organisation, element: Incoming | undefined): Account {
  const account = findAccount(organisation, element?.filled('AccountID'), element?.filled('Code'));
  if (!account || account.type !== 'BANK' || account.status !== 'ACTIVE') throw new Refusal(['Bank account could not be found']);
  return account;
}

function known(call: Call): BankTransaction {
  const transaction = call.organisation.bankTransactions.get((call.params[0] ?? '').toLowerCase());
  if (!transaction) throw new NotFound();
  return transaction;
}

function listTransactions(call: Call): Answer {
  const references = commaList(call, 'References');
  const rows = call.organisation.bankTransactions.all().filter((each) => references === undefined || references.has(each.reference.toLowerCase()));
  return list(call, { plural: 'BankTransactions', rows, fields: (each) => view(call, each, false), optional: ['Contact', 'Url', 'PrepaymentID', 'OverpaymentID'], view: (each, full) => view(call, each, full), paged: true });
}

function view(call: Call, transaction: BankTransaction, lines: boolean): Json {
  const { organisation } = call;
  const places = call.query.get('unitdp') === '4' ? 4 : 2;
  const bank = organisation.accounts.get(transaction.bankAccountId);
  const advance = transaction.advanceId === undefined ? undefined : organisation.advances.get(transaction.advanceId);
  return {
    BankTransactionID: transaction.id,
    BankAccount: { AccountID: transaction.bankAccountId, Code: bank?.code ?? '', Name: bank?.name ?? '' },
    Type: transaction.type,
    Reference: transaction.reference,
    IsReconciled: transaction.isReconciled,
    HasAttachments: false,
    ...(advance === undefined ? {} : { [advance.kind === 'overpayment' ? 'OverpaymentID' : 'PrepaymentID']: advance.id }),
    ...(transaction.contactId === undefined ? {} : { Contact: contactStub(organisation, transaction.contactId) }),
    ...(transaction.url === undefined ? {} : { Url: transaction.url }),
    DateString: dateString(transaction.date),
    Date: msDate(transaction.date),
    Status: transaction.status,
    LineAmountTypes: transaction.lineAmountTypes,
    LineItems: lines ? transaction.lines.map((each) => lineView(organisation, each, places)) : [],
    SubTotal: fromCents(transaction.subTotal),
    TotalTax: fromCents(transaction.totalTax),
    Total: fromCents(transaction.total),
    UpdatedDateUTC: msDate(transaction.updatedAt),
    CurrencyCode: transaction.currency,
    CurrencyRate: transaction.currencyRate,
  };
}
