import type { Answer } from '../answer.js';
import type { Call, Route } from '../call.js';
import { dateString, msDate, todayIn } from '../dates.js';
import { envelope } from '../envelope.js';
import type { Incoming, Json } from '../incoming.js';
import { cents, fromCents } from '../money/decimal.js';
import { NotFound, refuseIf } from '../refusal.js';
import { list } from '../books/listing.js';
import { refuseLocked } from '../books/lock-dates.js';
import type { BankTransaction, BankTransfer } from '../books/organisation.js';
import { writeBatch, type Written } from '../books/write.js';
import { bankAccount } from './bank-transactions.js';

const scope = 'accounting.banktransactions';
const plural = 'BankTransfers';

export const bankTransferRoutes: Route[] = [
  {
    method: 'GET',
    path: '/BankTransfers',
    scope,
    handle: (call) => {
      const deleted = call.query.get('includeDeleted')?.toLowerCase() === 'true';
      const show = (each: BankTransfer): Json => view(call, each);
      return list(call, { plural, rows: call.organisation.bankTransfers.all().filter((each) => deleted || each.status === 'AUTHORISED'), fields: show, view: show, paged: false });
    },
  },
  { method: 'GET', path: '/BankTransfers/*', scope, handle: (call) => envelope(call, plural, [view(call, known(call, call.params[0]))]) },
  { method: 'PUT', path: '/BankTransfers', scope, handle: (call) => write(call, (element) => create(call, element)) },
  { method: 'POST', path: '/BankTransfers', scope, handle: (call) => write(call, (element) => remove(call, element, known(call, element.filled('BankTransferID')))) },
  { method: 'POST', path: '/BankTransfers/*', scope, handle: (call) => write(call, (element) => remove(call, element, known(call, call.params[0]))) },
];

function write(call: Call, store: (element: Incoming) => Written): Answer {
  return writeBatch(call, { plural, idName: 'BankTransferID', summarises: true, write: store });
}

/** A transfer shows as a SPEND-TRANSFER on one bank account and a RECEIVE-TRANSFER on the other. */
function create(call: Call, element: Incoming): Written {
  const { organisation, now } = call;
  const from = bankAccount(organisation, element.part('FromBankAccount'));
  const to = bankAccount(organisation, element.part('ToBankAccount'));
  const amount = cents(element.number('Amount') ?? 0);
  refuseIf(amount <= 0, 'The transfer amount must be greater than zero.');
  refuseIf(from.id === to.id, 'The bank accounts of a transfer must differ.');
  const date = element.date('Date') ?? todayIn(organisation.facts.timezone, now);
  refuseLocked(call.world, organisation, date);
  const side = (type: string, bankAccountId: string): BankTransaction =>
    organisation.bankTransactions.put({ id: call.world.newId(), type, bankAccountId, date, reference: element.text('Reference') ?? '', status: 'AUTHORISED', isReconciled: false, currency: organisation.facts.baseCurrency, currencyRate: 1, lineAmountTypes: 'NoTax', lines: [], subTotal: amount, totalTax: 0, total: amount, createdAt: now, updatedAt: now });
  const transfer = organisation.bankTransfers.put({
    id: call.world.newId(),
    from: from.id,
    to: to.id,
    fromTransactionId: side('SPEND-TRANSFER', from.id).id,
    toTransactionId: side('RECEIVE-TRANSFER', to.id).id,
    amount,
    date,
    reference: element.text('Reference') ?? '',
    status: 'AUTHORISED',
    createdAt: now,
  });
  return { json: view(call, transfer) };
}

function remove(call: Call, element: Incoming, transfer: BankTransfer): Written {
  const { organisation, now } = call;
  refuseIf(element.filled('Status') !== 'DELETED', 'Only Status accepted for updates');
  refuseIf(transfer.status === 'DELETED', 'Bank transfer has already been deleted');
  refuseLocked(call.world, organisation, transfer.date);
  for (const id of [transfer.fromTransactionId, transfer.toTransactionId]) {
    const side = organisation.bankTransactions.get(id);
    if (side) organisation.bankTransactions.put({ ...side, status: 'DELETED', updatedAt: now });
  }
  return { json: view(call, organisation.bankTransfers.put({ ...transfer, status: 'DELETED' })) };
}

function known(call: Call, id: string | undefined): BankTransfer {
  const transfer = call.organisation.bankTransfers.get((id ?? '').toLowerCase());
  if (!transfer) throw new NotFound();
  return transfer;
}

function view(call: Call, transfer: BankTransfer): Json {
  const account = (id: string): Json => {
    const found = call.organisation.accounts.get(id);
    return { AccountID: id, Code: found?.code ?? '', Name: found?.name ?? '' };
  };
  return {
    BankTransferID: transfer.id,
    CreatedDateUTC: msDate(transfer.createdAt),
    DateString: dateString(transfer.date),
    Date: msDate(transfer.date),
    FromBankAccount: account(transfer.from),
    ToBankAccount: account(transfer.to),
    Amount: fromCents(transfer.amount),
    FromBankTransactionID: transfer.fromTransactionId,
    ToBankTransactionID: transfer.toTransactionId,
    FromIsReconciled: false,
    ToIsReconciled: false,
    Reference: transfer.reference,
    CurrencyRate: 1,
    Status: transfer.status,
    HasAttachments: false,
  };
}
