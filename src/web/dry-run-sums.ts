import type { Minor } from '../core/money.js';
import type { Posting, Rehearsed } from '../core/rehearse.js';

/** A dry run added up for one currency; minor units. */
export interface DrySum {
  currency: string;
  count: Record<Rehearsed['outcome'], number>;
  contacts: { create: string[]; link: string[]; ask: string[] };
  /** Debits and credits of all new invoices, by account. */
  postings: Posting[];
  /** Open amounts of the bills that have, or will have, an invoice: on both sides once all is done. */
  receivables: { clio: Minor; xero: Minor };
  /** Open in Clio on bills that wait for a person, or are left out. */
  notYet: { needsYou: Minor; leftOut: Minor };
}

export function drySums(rows: Rehearsed[]): DrySum[] {
  return [...new Set(rows.map((row) => row.currency))].sort().map((currency) => sumOf(currency, rows.filter((row) => row.currency === currency)));
}

function sumOf(currency: string, rows: Rehearsed[]): DrySum {
  const count = { create: 0, adopt: 0, linked: 0, 'left-out': 0, 'needs-you': 0 };
  for (const row of rows) count[row.outcome] += 1;
  const open = (...outcomes: Rehearsed['outcome'][]) => rows.filter((row) => outcomes.includes(row.outcome)).reduce((sum, row) => sum + row.balance, 0);
  const going = rows.filter((row) => row.outcome !== 'left-out' && row.outcome !== 'needs-you');
  const names = (how: 'create' | 'link' | 'ask') => [...new Set(rows.flatMap((row) => (row.contact?.how === how && row.outcome !== 'left-out' ? [row.contact.name] : [])))].sort();
  return {
    currency, count,
    contacts: { create: names('create'), link: names('link'), ask: names('ask') },
    postings: postingsOf(rows),
    receivables: { clio: open('create', 'adopt', 'linked'), xero: going.reduce((sum, row) => sum + (row.xeroDue ?? 0), 0) },
    notYet: { needsYou: open('needs-you'), leftOut: open('left-out') },
  };
}

function postingsOf(rows: Rehearsed[]): Posting[] {
  const sums = new Map<string, Posting>();
  for (const { account, debit, credit } of rows.flatMap((row) => row.postings)) {
    const sum = sums.get(account) ?? { account, debit: 0, credit: 0 };
    sums.set(account, { account, debit: sum.debit + debit, credit: sum.credit + credit });
  }
  return [...sums.values()].sort((a, b) => b.debit - a.debit || a.account.localeCompare(b.account));
}
