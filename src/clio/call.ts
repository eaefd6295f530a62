import { z } from 'zod';
import type { Budget, Priority } from '../http/budget.js';
import type { CircuitBreaker } from '../http/circuit-breaker.js';
import type { Clock } from '../http/clock.js';
import { failureOf, KeptBackError, unreadable } from '../http/failure.js';
import { createSend, type HttpReply, type HttpRequest } from '../http/request.js';
import { afterTooMany, headroomOf } from './rate-limits.js';
import { queryText, type Query } from './query.js';
import { errorWire } from './wire.js';

/** The version this client was written against; a withdrawn one answers 410, which is never a missing record. */
const apiVersion = '4.0.13';

export interface CallDeps {
  /** Origin of the firm's region, e.g. `https://ca.app.clio.com`. */
  baseUrl: string;
  token: () => Promise<string>;
  /** Refreshes once and gives the new access token; throws `unauthorized` when the grant is gone. */
  onUnauthorized: () => Promise<string>;
  budget: Budget;
  clock: Clock;
  /** Shared by all firms of the region. */
  breaker?: CircuitBreaker;
  priority?: Priority;
  /** Asked as a write leaves, after all waiting for a token or a turn: false where whoever sends may not write any more. */
  mayWrite?: () => boolean;
  /** Told of every answer: method and path, status, duration. Never a query, header or body. */
  log?: (call: { service: 'clio'; call: string; status: number; ms: number }) => void;
}

export interface ApiRequest {
  method: HttpRequest['method'];
  /** Below `/api/v4/`, or the absolute address of a next page. */
  path: string;
  query?: Query;
  /** Goes out as `{ "data": … }`. */
  data?: Record<string, unknown>;
  headers?: Record<string, string>;
}

/** Any answer with 2xx; everything else is thrown as `ServiceError`. */
export type Call = (request: ApiRequest) => Promise<HttpReply>;

export function createCall(deps: CallDeps): Call {
  const send = createSend({ service: 'clio', baseUrl: new URL('/api/v4/', deps.baseUrl).href });
  let refresh: { from: string; to: Promise<string> } | null = null;

  /** Calls under way at the same time share one refresh. */
  function newToken(refused: string): Promise<string> {
    if (refresh?.from === refused) return refresh.to;
    const to = deps.onUnauthorized();
    refresh = { from: refused, to };
    to.catch(() => (refresh = null));
    return to;
  }

  async function once(request: ApiRequest, token: string): Promise<HttpReply> {
    return deps.budget.run(deps.priority ?? 'background', async () => {
      if (request.method !== 'GET' && deps.mayWrite?.() === false) throw new KeptBackError('clio', `${request.method} ${request.path}`);
      const began = deps.clock.now();
      const reply = await send({
        method: request.method,
        url: request.query ? `${request.path}?${queryText(request.query)}` : request.path,
        headers: { authorization: `Bearer ${token}`, 'x-api-version': apiVersion, ...request.headers },
        json: request.data && { data: request.data },
      });
      deps.budget.learn(headroomOf(reply.headers));
      deps.log?.({ service: 'clio', call: reply.call, status: reply.status, ms: deps.clock.now() - began });
      if (reply.status === 429) afterTooMany(deps.budget, failure(reply).retryAfterMs);
      return reply;
    });
  }

  const failure = (reply: HttpReply) => failureOf({ service: 'clio', details: detailsOf(reply.json), ...reply }, deps.clock.now());

  async function answered(request: ApiRequest): Promise<HttpReply> {
    const token = await deps.token();
    let reply = await once(request, token);
    if (reply.status === 401) reply = await once(request, await newToken(token));
    // Nothing happened on a 429, so even a write may be sent again; the budget waits, or refuses when the wait is long.
    if (reply.status === 429) reply = await once(request, await deps.token());
    if (reply.status < 200 || reply.status > 299) throw failure(reply);
    return reply;
  }

  const { breaker } = deps;
  return breaker ? (request) => breaker.run(() => answered(request)) : answered;
}

/** The body by its schema. What does not fit is an answer that cannot be read: `ambiguous` after a write. */
export function parsed<S extends z.ZodType>(schema: S, reply: HttpReply, value: unknown = reply.json): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  // Paths and codes only: values are clients' data.
  const details = result.error.issues.slice(0, 5).map(({ path, code }) => `${path.join('.')}: ${code}`);
  throw unreadable({ service: 'clio', ...reply, details });
}

/** What stands under `data`. */
export const parsedData = <S extends z.ZodType>(schema: S, reply: HttpReply): z.output<S> => parsed(schema, reply, parsed(envelope, reply).data);

const envelope = z.object({ data: z.unknown() });

function detailsOf(json: unknown): string[] {
  const known = errorWire.safeParse(json);
  return known.success ? [known.data.error.type, known.data.error.message].filter((part) => part !== null) : [];
}
