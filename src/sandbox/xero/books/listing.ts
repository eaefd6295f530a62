import type { Answer } from '../answer.js';
import type { Call } from '../call.js';
import { envelope } from '../envelope.js';
import type { Json } from '../incoming.js';
import { BadQuery } from '../refusal.js';
import { readOrder, readWhere } from './where.js';

export interface Listing<T extends { id: string }> {
  plural: string;
  rows: T[];
  /** What `where` and `order` see: the record without its lines. */
  fields: (row: T) => Json;
  /** Members a record may lack; the filter reads them as null. */
  optional?: string[];
  /** `full` is false in an unpaged list, which leaves lines out. */
  view: (row: T, full: boolean) => Json;
  /** Whether the endpoint knows pages; the others ignore `page`. */
  paged: boolean;
  alwaysPaged?: boolean;
}

/** Filters, sorts and pages a collection by the query's `where`, `order`, `page`, `pageSize` and by If-Modified-Since. */
export function list<T extends { id: string; updatedAt?: number; createdAt?: number }>(call: Call, listing: Listing<T>): Answer {
  const where = call.query.get('where');
  const order = call.query.get('order');
  const absent = Object.fromEntries((listing.optional ?? []).map((name) => [name, null]));
  const fieldsOf = (row: T): Json => ({ ...absent, ...listing.fields(row) });
  let rows = listing.rows.filter((row) => isVisible(call, row) && isRecent(call, row));
  const unread = listing.plural === 'CreditNotes' && call.world.switches.creditNoteFilter === 'ignored' && (where ?? '').includes('Contact.ContactID');
  if (where !== null && where !== '' && !unread) {
    const test = readWhere(where);
    rows = rows.filter((row) => test(fieldsOf(row)));
  }
  if (order !== null && order !== '') {
    const compare = readOrder(order);
    rows = rows.map((row) => ({ row, fields: fieldsOf(row) })).sort((a, b) => compare(a.fields, b.fields)).map(({ row }) => row);
  } else if (listing.paged) {
    rows = rows.sort((a, b) => (a.updatedAt ?? 0) - (b.updatedAt ?? 0) || (a.id < b.id ? -1 : 1));
  }
  const page = listing.paged ? pageOf(call, listing.alwaysPaged ?? false) : undefined;
  if (!page) return envelope(call, listing.plural, rows.map((row) => listing.view(row, false)));
  const shown = rows.slice((page.page - 1) * page.pageSize, page.page * page.pageSize);
  const pagination = { page: page.page, pageSize: page.pageSize, pageCount: Math.ceil(rows.length / page.pageSize), itemCount: rows.length };
  return envelope(call, listing.plural, shown.map((row) => listing.view(row, true)), { pagination });
}

/** Page sizes out of range are brought into it, not refused. A page size alone asks for pages too, which is inferred. */
function pageOf(call: Call, always: boolean): { page: number; pageSize: number } | undefined {
  const page = call.query.get('page');
  const pageSize = call.query.get('pageSize');
  if (page === null && pageSize === null && !always) return undefined;
  return { page: Math.max(1, whole(page, 'page') ?? 1), pageSize: Math.min(1000, Math.max(1, whole(pageSize, 'pageSize') ?? 100)) };
}

function whole(text: string | null, name: string): number | undefined {
  if (text === null || text === '') return undefined;
  if (!/^-?\d+$/.test(text)) throw new BadQuery(`${name} must be a whole number`);
  return Number(text);
}

/** Xero's lists may lag behind its writes; single reads do not. */
function isVisible(call: Call, row: { createdAt?: number }): boolean {
  return (row.createdAt ?? 0) <= call.now - call.world.switches.lookupLagMs || call.world.switches.lookupLagMs === 0;
}

function isRecent(call: Call, row: { updatedAt?: number }): boolean {
  const header = call.header('if-modified-since');
  if (header === undefined || row.updatedAt === undefined) return true;
  const zoned = /(?:Z|[+-]\d{2}:?\d{2}|GMT)$/i.test(header) ? header : `${header}Z`;
  const since = Date.parse(zoned);
  if (Number.isNaN(since)) throw new BadQuery('If-Modified-Since is not a date');
  if (call.world.switches.modifiedSince === 'inclusive') return row.updatedAt >= since;
  return Math.floor(row.updatedAt / 1000) > Math.floor(since / 1000);
}

/** A comma list of the query, lower case; nothing when absent. */
export function commaList(call: Call, name: string): Set<string> | undefined {
  const text = call.query.get(name);
  if (text === null || text === '') return undefined;
  return new Set(text.split(',').map((each) => each.trim().toLowerCase()));
}
