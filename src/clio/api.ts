import type { z } from 'zod';
import type { Clock } from '../http/clock.js';
import { unreadable } from '../http/failure.js';
import { ServiceError } from '../http/service-error.js';
import { parsedData, type Call } from './call.js';
import { createAskWithFields, fields, type AcceptedFields, type FieldsOf } from './fields.js';
import { inChunks, inParallel } from './in-parallel.js';
import { listAll, type Listed } from './paging.js';
import { idsQuery, type Query } from './query.js';

/** How every resource is read and written: envelope, `fields`, paging, and checks that the answer is for the question. */
export interface Api {
  one<S extends z.ZodType>(ask: { path: string; fields: FieldsOf; record: S; query?: Query }): Promise<z.output<S>>;
  /** Null for 404. */
  find<S extends z.ZodType>(ask: { path: string; fields: FieldsOf; record: S; query?: Query }): Promise<z.output<S> | null>;
  /** All of it, or the `latest` so many. */
  list<S extends z.ZodType<{ id: string }>>(ask: { path: string; fields: FieldsOf; record: S; query?: Query; latest?: number }): Promise<Listed<z.output<S>>>;
  byIds<S extends z.ZodType<{ id: string }>>(ask: { path: string; fields: FieldsOf; record: S; ids: readonly string[]; query?: Query }): Promise<z.output<S>[]>;
  ofBill<S extends z.ZodType<{ id: string; bill: { id: string } | null }>>(ask: { path: string; fields: FieldsOf; record: S; billId: string }): Promise<z.output<S>[]>;
  write<S extends z.ZodType>(ask: {
    method: 'POST' | 'PATCH';
    path: string;
    fields: FieldsOf;
    record: S;
    data: Record<string, unknown>;
    headers?: Record<string, string>;
  }): Promise<z.output<S>>;
  /** A record that is already gone is fine. */
  remove(path: string): Promise<void>;
}

const idsAtOnce = 50;
const callsAtOnce = 4;

export function createApi(call: Call, clock: Clock, accepted?: AcceptedFields): Api {
  const withFields = createAskWithFields(accepted);

  const one: Api['one'] = (ask) =>
    withFields(ask.fields, async (names) => {
      const reply = await call({ method: 'GET', path: ask.path, query: [...(ask.query ?? []), ['fields', names]] });
      return parsedData(ask.record, reply);
    });

  const list: Api['list'] = (ask) =>
    withFields(ask.fields, (names) => listAll(call, clock, { path: ask.path, record: ask.record, query: [...(ask.query ?? []), ['fields', names]], ...(ask.latest === undefined ? {} : { latest: ask.latest }) }));

  return {
    one,
    list,

    find: (ask) => one(ask).catch(nullWhenGone),

    async byIds(ask) {
      const asked = new Set(ask.ids);
      const found = await inParallel(inChunks([...asked], idsAtOnce), callsAtOnce, async (ids) => {
        const { records } = await list({ ...ask, query: [...(ask.query ?? []), ...idsQuery(ids)] });
        if (!records.every(({ id }) => asked.has(id))) throw filterIgnored(ask.path, 'ids[]');
        return records;
      });
      return found.flat();
    },

    async ofBill(ask) {
      const { records } = await list({ ...ask, query: [['bill_id', ask.billId]] });
      if (!records.every(({ bill }) => bill?.id === ask.billId)) throw filterIgnored(ask.path, 'bill_id');
      return records;
    },

    async write(ask) {
      // The shortest list: a refused name would leave open whether the write was done.
      const names = fields[ask.fields].at(-1) ?? 'id';
      const reply = await call({ method: ask.method, path: ask.path, query: [['fields', names]], data: ask.data, headers: ask.headers });
      return parsedData(ask.record, reply);
    },

    remove: async (path) => {
      await call({ method: 'DELETE', path }).catch(nullWhenGone);
    },
  };
}

function nullWhenGone(error: unknown): null {
  if (error instanceof ServiceError && error.kind === 'not-found') return null;
  throw error;
}

/** Clio ignores a filter it does not know and answers with the whole account: such an answer must never be taken for the bill's own. */
const filterIgnored = (path: string, filter: string): ServiceError =>
  unreadable({ service: 'clio', status: 200, writes: false, call: `GET ${path}`, details: [`rows outside the asked ${filter}`] });
