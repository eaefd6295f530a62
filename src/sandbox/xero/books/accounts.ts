import type { Call, Route } from '../call.js';
import { msDate } from '../dates.js';
import { envelope } from '../envelope.js';
import type { Incoming, Json } from '../incoming.js';
import { NotFound, Refusal, refuseIf } from '../refusal.js';
import { list } from './listing.js';
import type { Account, Organisation } from './organisation.js';
import { writeBatch } from './write.js';

const scope = 'accounting.settings';

export const accountRoutes: Route[] = [
  { method: 'GET', path: '/Accounts', scope, handle: (call) => list(call, { plural: 'Accounts', rows: call.organisation.accounts.all().filter((each) => each.status !== 'DELETED'), fields: accountView, optional: ['Description', 'BankAccountNumber', 'BankAccountType', 'CurrencyCode'], view: accountView, paged: false }) },
  { method: 'GET', path: '/Accounts/*', scope, handle: (call) => envelope(call, 'Accounts', [accountView(known(call))]) },
  { method: 'PUT', path: '/Accounts', scope, handle: (call) => writeBatch(call, { plural: 'Accounts', idName: 'AccountID', summarises: false, write: (element) => ({ json: accountView(create(call, element)) }) }) },
  { method: 'POST', path: '/Accounts/*', scope, handle: (call) => writeBatch(call, { plural: 'Accounts', idName: 'AccountID', summarises: false, write: (element) => ({ json: accountView(update(call, known(call), element)) }) }) },
];

const classes: Record<string, Account['class']> = {
  BANK: 'ASSET', CURRENT: 'ASSET', FIXED: 'ASSET', INVENTORY: 'ASSET', NONCURRENT: 'ASSET', PREPAYMENT: 'ASSET',
  CURRLIAB: 'LIABILITY', LIABILITY: 'LIABILITY', TERMLIAB: 'LIABILITY', EQUITY: 'EQUITY',
  DEPRECIATN: 'EXPENSE', DIRECTCOSTS: 'EXPENSE', EXPENSE: 'EXPENSE', OVERHEADS: 'EXPENSE',
  OTHERINCOME: 'REVENUE', REVENUE: 'REVENUE', SALES: 'REVENUE',
};

export function classOfType(type: string): Account['class'] | undefined {
  return classes[type];
}

export function accountView(account: Account): Json {
  return {
    AccountID: account.id,
    Code: account.code,
    Name: account.name,
    Status: account.status,
    Type: account.type,
    TaxType: account.taxType,
    ...(account.description === undefined ? {} : { Description: account.description }),
    Class: account.class,
    EnablePaymentsToAccount: account.enablePayments,
    ShowInExpenseClaims: false,
    ...(account.type === 'BANK' ? { BankAccountNumber: account.bankAccountNumber ?? '', BankAccountType: account.bankAccountType ?? 'BANK', CurrencyCode: account.currencyCode ?? 'USD' } : {}),
    SystemAccount: account.systemAccount,
    ReportingCode: account.class.slice(0, 3),
    HasAttachments: false,
    UpdatedDateUTC: msDate(account.updatedAt),
    AddToWatchlist: false,
  };
}

/** An account by its id or its code. */
export function findAccount(organisation: Organisation, id: string | undefined, code: string | undefined): Account | undefined {
  if (id !== undefined) return organisation.accounts.get(id.toLowerCase());
  return code === undefined ? undefined : organisation.accounts.by('code', code.toLowerCase())[0];
}

/** A payment goes to a bank account or to one that allows payments. */
export function takesPayments(account: Account): boolean {
  return account.status === 'ACTIVE' && (account.type === 'BANK' || account.enablePayments);
}

function known(call: Call): Account {
  const account = call.organisation.accounts.get((call.params[0] ?? '').toLowerCase());
  if (!account) throw new NotFound();
  return account;
}

function create(call: Call, element: Incoming): Account {
  const name = element.filled('Name');
  const type = element.filled('Type')?.toUpperCase() ?? '';
  const klass = classOfType(type);
  if (name === undefined) throw new Refusal(['Please enter a unique Name.']);
  if (klass === undefined) throw new Refusal([`Account type '${type}' is not valid.`]);
  const code = element.filled('Code') ?? '';
  refuseIf(code === '' && type !== 'BANK', 'Please enter a unique Code.');
  refuseIf(code.length > 10, 'Code must be at most 10 characters.');
  refuseTaken(call.organisation, name, code);
  return call.organisation.accounts.put({
    id: call.world.newId(),
    code,
    name,
    type,
    class: klass,
    status: 'ACTIVE',
    taxType: element.filled('TaxType') ?? 'NONE',
    ...(element.filled('Description') === undefined ? {} : { description: element.text('Description') ?? '' }),
    ...(type === 'BANK' ? { bankAccountNumber: element.filled('BankAccountNumber') ?? '', currencyCode: element.filled('CurrencyCode') ?? call.organisation.facts.baseCurrency } : {}),
    enablePayments: element.flag('EnablePaymentsToAccount') ?? false,
    systemAccount: '',
    updatedAt: call.now,
  });
}

function update(call: Call, account: Account, element: Incoming): Account {
  const status = element.filled('Status')?.toUpperCase();
  refuseIf(account.systemAccount !== '' && status !== undefined && status !== 'ACTIVE', 'System accounts cannot be archived or deleted.');
  const name = element.filled('Name') ?? account.name;
  const code = element.filled('Code') ?? account.code;
  refuseTaken(call.organisation, name === account.name ? '' : name, code === account.code ? '' : code);
  return call.organisation.accounts.put({
    ...account,
    name,
    code,
    status: status === 'ARCHIVED' || status === 'ACTIVE' ? status : account.status,
    taxType: element.filled('TaxType') ?? account.taxType,
    enablePayments: element.flag('EnablePaymentsToAccount') ?? account.enablePayments,
    updatedAt: call.now,
  });
}

function refuseTaken(organisation: Organisation, name: string, code: string): void {
  refuseIf(name !== '' && organisation.accounts.all().some((each) => each.name.toLowerCase() === name.toLowerCase()), 'Please enter a unique Name.');
  refuseIf(code !== '' && organisation.accounts.by('code', code.toLowerCase()).length > 0, 'Please enter a unique Code.');
}
