import type { Minor } from '../../src/core/money.js';
import type { BillTruth } from '../../src/core/plan.js';

/** Balances by account ("610 Accounts receivable"), debit positive, in the bill's currency. */
export type Ledger = Map<string, Minor>;

/** What Xero itself posts for the bill's documents as they stand: approved ones only, and nothing for what is voided or deleted. */
export function ledgerOf({ invoices, books, creditNotes = [] }: BillTruth): Ledger {
  const ledger: Ledger = new Map();
  const named = (isIt: (account: BillTruth['books']['accounts'][number]) => boolean): string => {
    const account = books.accounts.find(isIt);
    if (!account) throw new Error('an account of the example does not exist');
    return `${account.code ?? ''} ${account.name}`;
  };
  const post = (account: string, debit: Minor): void => void ledger.set(account, (ledger.get(account) ?? 0) + debit);
  const receivable = named((account) => account.system === 'DEBTORS');
  for (const invoice of invoices.filter((each) => each.status === 'authorised' || each.status === 'paid')) {
    for (const line of invoice.lines) {
      post(named((account) => account.code === line.accountCode), -line.net);
      post(named((account) => account.system === 'GST'), -line.tax);
    }
    post(receivable, invoice.lines.reduce((total, line) => total + line.net + line.tax, 0));
    for (const payment of invoice.payments.filter((each) => each.status === 'authorised')) {
      post(named((account) => account.xeroId === payment.accountId), payment.amount);
      post(receivable, -payment.amount);
    }
  }
  for (const note of creditNotes.filter((each) => each.status === 'authorised' || each.status === 'paid')) {
    for (const line of note.lines) {
      post(named((account) => account.code === line.accountCode), line.net);
      post(named((account) => account.system === 'GST'), line.tax);
    }
    post(receivable, 0 - note.total);
    for (const refund of note.refunds.filter((each) => each.status === 'authorised')) {
      post(receivable, refund.amount);
      post(named((account) => account.xeroId === refund.accountId), -refund.amount);
    }
  }
  return ledger;
}

/** What came on top: debits and credits, each by account; nothing that stayed as it was. */
export function movement(before: Ledger, after: Ledger): { debit: Record<string, Minor>; credit: Record<string, Minor> } {
  const accounts = [...new Set([...before.keys(), ...after.keys()])];
  const moved = accounts.map((account): [string, Minor] => [account, (after.get(account) ?? 0) - (before.get(account) ?? 0)]);
  return {
    debit: Object.fromEntries(moved.filter(([, amount]) => amount > 0)),
    credit: Object.fromEntries(moved.filter(([, amount]) => amount < 0).map(([account, amount]) => [account, -amount])),
  };
}
