import { adviceOf, isReason, titleOf } from '../core/reasons.js';
import { STATUSES, type LinkRecord, type Shown, type Status } from '../store/records.js';
import { PRIORITY, type Mark, type Store } from '../store/store.js';

/** One bill as lists show it. */
export interface BillRow {
  billId: string;
  clientId: string | null;
  /** In the order of `shown.matters`. */
  matterIds: string[];
  /** Where its invoice is, or would go; empty while nobody can tell. */
  organisationId: string;
  /** Where the rules lead it now, while it stays where it is. */
  elsewhere: string | null;
  shown: Shown;
  status: Status;
  /** Why it stands where it does; null when there is nothing to say. */
  reason: { title: string; advice: string } | null;
  /** Work on it is owed; the page keeps looking. */
  pending: boolean;
  agrees: { total: boolean; tax: boolean; open: boolean };
}

export interface BillFilter {
  status?: Status | undefined;
  matter?: string | undefined;
  client?: string | undefined;
  /** Part of a bill number or a client's name. */
  search?: string | undefined;
}

const PAGE = 50;
/** A search reads at most this many records; narrower ones find the rest. */
const READ_AT_MOST = 5_000;

/** A page of bills, newest first, and where the next page begins. */
export async function billRows(store: Store, firm: string, filter: BillFilter, after?: string): Promise<{ rows: BillRow[]; next: string | null }> {
  const owed = owedBills(await store.marks.owed(firm));
  const rows: BillRow[] = [];
  let from = after;
  for (let read = 0; read < READ_AT_MOST;) {
    const links = await store.links.list(firm, { ...indexFor(filter), newestFirst: true, limit: 200, ...(from === undefined ? {} : { after: from }) });
    for (const link of links) {
      const row = matches(link, filter) ? rowOf(link, owed) : null;
      const wanted = row !== null && (filter.status === undefined || row.status === filter.status);
      if (wanted && rows.length === PAGE) return { rows, next: from ?? null };
      if (wanted) rows.push(row);
      from = link.id;
    }
    read += links.length;
    if (links.length < 200) return { rows, next: null };
  }
  return { rows, next: from ?? null };
}

/** The bill as lists show it; null when nothing of it is known yet. */
export function rowOf(link: LinkRecord, owed: Map<string, Mark>): BillRow | null {
  if (link.kind !== 'bill' || link.role !== 'main' || link.clioId === null || link.shown === null) return null;
  const { shown } = link;
  const mark = owed.get(link.clioId);
  const waiting = mark && !isRoutine(link, mark) ? mark : undefined;
  const why = waiting?.lastReason ?? (waiting ? null : link.reason);
  return {
    billId: link.clioId,
    clientId: link.clientId,
    matterIds: link.matterIds,
    organisationId: link.organisationId,
    elsewhere: link.elsewhere ?? null,
    shown,
    status: waiting && link.status !== 'needs-you' ? 'on-its-way' : link.status,
    reason: why !== null && isReason(why) ? { title: titleOf(why, link.facts), advice: adviceOf(why, link.facts) } : null,
    pending: waiting !== undefined,
    agrees: { total: shown.xeroTotal === shown.clioTotal, tax: shown.xeroTax === shown.clioTax, open: shown.xeroDue === shown.clioBalance },
  };
}

/** A look that nobody asked for and nothing hinders changes nothing of what people see of a bill that stands somewhere already. */
const isRoutine = (link: LinkRecord, mark: Mark): boolean => link.status !== 'on-its-way' && mark.priority !== PRIORITY.person && mark.lastReason === null;

/** Bills with owed work by Clio id; a person's press counts before a sweep's. */
export function owedBills(marks: Mark[]): Map<string, Mark> {
  const bills = marks.filter((mark) => mark.kind === 'bill' || mark.kind === 'send');
  return new Map(bills.sort((a, b) => b.priority - a.priority).map((mark) => [mark.id, mark]));
}

type BillIndex = { index: 'matter' | 'client' | 'status' | 'kind'; value: string };

function indexFor(filter: BillFilter): BillIndex {
  if (filter.matter !== undefined) return { index: 'matter', value: filter.matter };
  if (filter.client !== undefined) return { index: 'client', value: filter.client };
  // What is on its way is told by marks, not by the bill's own record.
  if (filter.status !== undefined && filter.status !== 'on-its-way') return { index: 'status', value: `bill:${filter.status}` };
  return { index: 'kind', value: 'bill' };
}

function matches(link: LinkRecord, filter: BillFilter): boolean {
  if (filter.matter !== undefined && !link.matterIds.includes(filter.matter)) return false;
  if (filter.client !== undefined && link.clientId !== filter.client) return false;
  if (filter.search === undefined || filter.search === '') return true;
  const text = `${link.shown?.number ?? ''} ${link.shown?.xeroNumber ?? ''} ${link.shown?.clientName ?? ''} ${link.shown?.matters.join(' ') ?? ''}`;
  return text.toLowerCase().includes(filter.search.toLowerCase());
}

/** How many bills stand at each status, with those on their way counted as people see them. */
export async function billCounts(store: Store, firm: string): Promise<Record<Status, number>> {
  const [owed, ...counts] = await Promise.all([store.marks.owed(firm), ...STATUSES.map((status) => store.links.count(firm, 'status', `bill:${status}`))]);
  const [upToDate = 0, onItsWay = 0, ready = 0, needsYou = 0, leftOut = 0] = counts;
  const tally: Record<Status, number> = { 'up-to-date': upToDate, 'on-its-way': onItsWay, 'ready-for-review': ready, 'needs-you': needsYou, 'left-out': leftOut };
  const waiting = owedBills(owed);
  for (const link of await store.links.getMany(firm, [...waiting.keys()].map((id) => `bill:${id}:main`))) {
    const row = rowOf(link, waiting);
    if (!row || row.status === link.status) continue;
    tally[link.status] -= 1;
    tally[row.status] += 1;
  }
  return tally;
}
