import type { Minor } from '../core/money.js';
import { isReason, titleOf } from '../core/reasons.js';
import { pagesOf } from '../store/pages-of.js';
import type { LinkRecord, Shown, Status } from '../store/records.js';
import type { Store } from '../store/store.js';
import { namesWhenSeveral } from './organisations/organisation-list.js';
import { STATUS_WORDS } from './wording.js';

/** One bill in both ledgers, in minor units of its currency. */
export interface LedgerRow {
  billId: string;
  /** Null in a firm that has one, and for bills that go to none yet. */
  organisation: string | null;
  number: string;
  clientName: string;
  issuedOn: string;
  currency: string;
  status: Status;
  clio: { total: Minor; open: Minor };
  xero: { total: Minor; open: Minor };
  difference: { total: Minor; open: Minor };
  /** Why the sides differ; null when nothing we know explains it. */
  because: string | null;
}

export interface LedgerSum {
  organisation: string | null;
  currency: string;
  bills: number;
  clio: { total: Minor; open: Minor };
  xero: { total: Minor; open: Minor };
  difference: { total: Minor; open: Minor };
  unexplained: { total: Minor; open: Minor };
}

const READ_AT_MOST = 50_000;
const PAGE = 1_000;

export interface Ledgers {
  sums: LedgerSum[];
  rows: LedgerRow[];
  differing: LedgerRow[];
  complete: boolean;
  /** Several organisations, each with books of its own. */
  several: boolean;
}

/** Both ledgers as last read, bill by bill: sums per organisation and currency, and every bill on which they differ, the unexplained ones first. */
export async function ledgers(store: Store, firm: string): Promise<Ledgers> {
  const names = await namesWhenSeveral(store, firm);
  const sums = new Map<string, LedgerSum>();
  const rows: LedgerRow[] = [];
  let read = 0;
  let complete = true;
  for await (const page of pagesOf(store.links, firm, { index: 'kind', value: 'bill' }, PAGE)) {
    complete = read < READ_AT_MOST;
    if (!complete) break;
    read += page.length;
    for (const link of page) {
      const row = ledgerRow(link, names?.get(link.organisationId) ?? null);
      if (!row) continue;
      add(sums, row);
      rows.push(row);
    }
  }
  const differing = rows.filter((row) => row.difference.total !== 0 || row.difference.open !== 0).sort(unexplainedFirst);
  return { sums: [...sums.values()].sort(worstFirst), rows, differing, complete, several: names !== null };
}

function ledgerRow(link: LinkRecord, organisation: string | null): LedgerRow | null {
  const { shown } = link;
  if (link.role !== 'main' || link.clioId === null || shown === null) return null;
  // Drafts are in nobody's books; what is void counts for nothing.
  const owed = shown.clioState === 'awaiting_payment' || shown.clioState === 'paid';
  const booked = shown.xeroState === 'authorised' || shown.xeroState === 'paid';
  if (!owed && !booked) return null;
  const clio = owed ? { total: shown.clioTotal, open: shown.clioBalance } : { total: 0, open: 0 };
  const xero = booked ? { total: shown.xeroTotal ?? 0, open: shown.xeroDue ?? 0 } : { total: 0, open: 0 };
  const difference = { total: clio.total - xero.total, open: clio.open - xero.open };
  return { billId: link.clioId, organisation, number: shown.number, clientName: shown.clientName, issuedOn: shown.issuedOn, currency: shown.currency, status: link.status, clio, xero, difference, because: because(link, shown) };
}

function because(link: LinkRecord, shown: Shown): string | null {
  if (link.reason !== null && isReason(link.reason)) return titleOf(link.reason, link.facts);
  if (shown.xeroState === 'draft' || shown.xeroState === 'submitted') return 'The invoice in Xero is not approved yet';
  return link.status === 'up-to-date' ? null : STATUS_WORDS[link.status].word;
}

function add(sums: Map<string, LedgerSum>, row: LedgerRow): void {
  const zero = () => ({ total: 0, open: 0 });
  const key = `${row.organisation ?? ''}|${row.currency}`;
  const sum = sums.get(key) ?? { organisation: row.organisation, currency: row.currency, bills: 0, clio: zero(), xero: zero(), difference: zero(), unexplained: zero() };
  sums.set(key, sum);
  sum.bills += 1;
  for (const figure of ['total', 'open'] as const) {
    sum.clio[figure] += row.clio[figure];
    sum.xero[figure] += row.xero[figure];
    sum.difference[figure] += row.difference[figure];
    if (row.because === null) sum.unexplained[figure] += row.difference[figure];
  }
}

const worstFirst = (a: LedgerSum, b: LedgerSum) => Math.abs(b.unexplained.open) - Math.abs(a.unexplained.open) || b.bills - a.bills;

const unexplainedFirst = (a: LedgerRow, b: LedgerRow) => Number(a.because !== null) - Number(b.because !== null) || Math.abs(b.difference.open) - Math.abs(a.difference.open) || Math.abs(b.difference.total) - Math.abs(a.difference.total);
