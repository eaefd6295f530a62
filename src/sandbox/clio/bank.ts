import { z } from 'zod';
import { inCents } from './decimal.js';
import { invalid } from './errors.js';
import type { Firm } from './firm.js';
import { byNumber, oneOf } from './listing.js';
import { parsed } from './parsed.js';
import type { BankAccountRecord, BankTransactionRecord } from './records.js';
import { requireRole } from './roles.js';
import { resource, type Resource } from './resource.js';
import type { Views } from './views.js';

export function bankAccounts(firm: Firm, views: Views): Resource {
  return resource<BankAccountRecord>({
    path: 'bank_accounts', schema: 'BankAccount', permission: 'Accounting', view: (account) => views.bankAccount(account),
    list: {
      rows: () => firm.bankAccounts.all(),
      filters: {
        type: oneOf(['OperatingAccount', 'TrustAccount'], (account) => `${account.type}Account`),
        status: oneOf(['opened', 'closed'], () => 'opened'),
      },
      orders: { name: (account) => account.name, institution: (account) => account.institution, type: (account) => account.type, currency: (account) => account.currencyId, updated_at: (account) => account.updatedAt },
    },
    find: (id) => firm.bankAccounts.get(id),
  });
}

const Creation = z.object({
  amount: z.number(),
  bank_account: z.object({ id: z.number().int() }),
  date: z.iso.date(),
  client: z.object({ id: z.number().int() }).optional(),
  matter: z.object({ id: z.number().int() }).optional(),
  description: z.string().nullish(),
  confirmation: z.string().nullish(),
  source: z.string().nullish(),
  transaction_type: z.string().nullish(),
});

/** POST writes a row in the ledger and settles no bill. */
export function bankTransactions(firm: Firm, views: Views): Resource {
  return resource<BankTransactionRecord>({
    path: 'bank_transactions', schema: 'BankTransaction', permission: 'Accounting', view: (row) => views.bankTransaction(row),
    list: {
      rows: () => firm.bankTransactions.all(),
      filters: {
        bank_account_id: byNumber((row) => row.accountId), client_id: byNumber((row) => row.clientId), matter_id: byNumber((row) => row.matterId),
        type: oneOf(['asset', 'liability'], (row) => (firm.bankAccounts.at(row.accountId).type === 'Trust' ? 'liability' : 'asset')),
      },
      orders: { date: (row) => row.date },
    },
    find: (id) => firm.bankTransactions.get(id),
    create: (data, call) => {
      requireRole(call.user, 'admin', 'accounts', 'billing');
      const body = parsed(Creation, data);
      if (!firm.bankAccounts.get(body.bank_account.id)) throw invalid('Bank account not found');
      return firm.bankTransactions.add((stamp) => ({
        ...stamp, accountId: body.bank_account.id, date: body.date, amount: inCents(body.amount), source: body.source ?? null, confirmation: body.confirmation ?? null,
        description: body.description ?? null, transactionType: body.transaction_type ?? null, clientId: body.client?.id ?? null, matterId: body.matter?.id ?? null,
        billId: null, allocationId: null,
      }));
    },
  });
}
