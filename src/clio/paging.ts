import { z } from 'zod';
import type { Instant } from '../core/calendar.js';
import type { Clock } from '../http/clock.js';
import { unreadable } from '../http/failure.js';
import type { HttpReply } from '../http/request.js';
import { parsed, type Call } from './call.js';
import type { Query } from './query.js';

const pageSize = 200;
/** Far above any firm; stops a list that never ends. */
const mostPages = 5_000;

const pagingWire = z.object({ meta: z.object({ paging: z.object({ next: z.string().nullish() }).nullish() }).nullish() });

export interface Listed<T> {
  records: T[];
  /** Clio's clock before the first page was put together. */
  asOf: Instant;
}

/** Lists that take no `order` (OpenAPI); the rest would page by another key, and not without bound, unless asked for `id(asc)`. */
const unordered = new Set(['line_items.json', 'custom_actions.json', 'activity_descriptions.json']);

/**
 * All pages of a list, each record once. `order=id(asc)` makes Clio page by a cursor without an upper bound (docs, paging). The next
 * address is followed as it comes: `call` refuses one that leaves the firm's own API. With `latest` it is that many records, the newest first.
 */
export async function listAll<S extends z.ZodType<{ id: string }>>(
  call: Call,
  clock: Clock,
  request: { path: string; query: Query; record: S; latest?: number },
): Promise<Listed<z.output<S>>> {
  const list = z.object({ data: z.array(request.record) });
  const found = new Map<string, z.output<S>>();
  const visited = new Set<string>();
  const began = clock.now();
  const order: Query = unordered.has(request.path) ? [] : [['order', request.latest === undefined ? 'id(asc)' : 'id(desc)']];
  let reply = await call({ method: 'GET', path: request.path, query: [...request.query, ...order, ['limit', pageSize]] });
  const asOf = clioTimeBefore(reply, began, clock.now());
  for (;;) {
    for (const record of parsed(list, reply).data) found.set(record.id, record);
    const next = parsed(pagingWire, reply).meta?.paging?.next ?? null;
    if (next === null || found.size >= (request.latest ?? Infinity)) return { records: [...found.values()].slice(0, request.latest), asOf };
    if (visited.has(next) || visited.size >= mostPages) throw unreadable({ service: 'clio', ...reply, details: ['paging does not end'] });
    visited.add(next);
    reply = await call({ method: 'GET', path: next });
  }
}

/** `Date` is set when the answer leaves; the time we waited for it is taken off, so no change falls between. */
function clioTimeBefore(reply: HttpReply, began: number, ended: number): Instant {
  const sent = Date.parse(reply.headers['date'] ?? '');
  return new Date(Number.isNaN(sent) ? began : sent - (ended - began)).toISOString();
}
