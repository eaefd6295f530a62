import type { Budget, Priority } from '../http/budget.js';
import type { CircuitBreaker } from '../http/circuit-breaker.js';
import { momentOf, passedSince, type Clock } from '../http/clock.js';
import { failureOf, KeptBackError, outcomeUnknown, unreadable } from '../http/failure.js';
import { ServiceError } from '../http/service-error.js';
import { hasElements, wordsOf } from './error-body.js';
import { defaultPauseMs, headroomOf, scopeOf } from './limits.js';
import { SAME_KEY_MS } from './same-key.js';
import { exchange, type Exchange } from './sdk-exchange.js';
import { AccountingApi } from './sdk.js';

export interface CallDeps {
  /** Origin of Xero's API; `https://api.xero.com` unless told otherwise. */
  apiUrl: string;
  /** The connection's tenant id: never the connection's own id. */
  organisationId: string;
  token: () => Promise<string>;
  /** Called once when a token is refused: refreshes (or re-reads) and returns the token to try next. */
  onUnauthorized: () => Promise<string>;
  budget: Budget;
  clock: Clock;
  /** Shared by all organisations. */
  breaker?: CircuitBreaker;
  timeoutMs?: number;
  priority?: Priority;
  /** Asked as a write leaves, after all waiting for a token or a turn: false where whoever sends may not write any more. */
  mayWrite?: () => boolean;
}

export type SdkCall = (api: AccountingApi, organisationId: string) => Promise<unknown>;

/** Runs SDK calls for one organisation. `parse` gets the body as it came and throws when it is not what was asked for. */
export interface Calls {
  organisationId: string;
  clock: Clock;
  read<T>(what: string, call: SdkCall, parse: (body: unknown) => T): Promise<T>;
  /** The body of a validation failure (400 with `Elements`) is handed to `parse` like any other: it is an answer, per element. */
  write<T>(what: string, call: SdkCall, parse: (body: unknown) => T): Promise<T>;
}

/** Errors that happen before a connection stands: nothing was sent, so not even a write can have happened. */
const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

export function createCalls(deps: CallDeps): Calls {
  const basePath = `${deps.apiUrl.replace(/\/+$/, '')}/api.xro/2.0`;

  async function run<T>(what: string, writes: boolean, call: SdkCall, parse: (body: unknown) => T): Promise<T> {
    const began = momentOf(deps.clock);
    let reply = await send(what, writes, call, await deps.token());
    // A new token, the same bytes and the same idempotency key: both sit inside `call`.
    if (reply.status === 401 && !scopeMissing(reply)) reply = await send(what, writes, call, await deps.onUnauthorized(), () => passedSince(deps.clock, began) <= SAME_KEY_MS);
    if (reply.status >= 300 && !(writes && reply.status === 400 && hasElements(reply.body))) throw failure(what, writes, reply);
    try {
      return parse(reply.body);
    } catch (error) {
      if (error instanceof ServiceError) throw error;
      if (reply.status >= 300) throw failure(what, writes, reply);
      throw unreadable({ service: 'xero', status: reply.status, writes, call: what, details: [error instanceof Error ? error.message : 'not readable'] });
    }
  }

  async function send(what: string, writes: boolean, call: SdkCall, token: string, inTime = () => true): Promise<Reply> {
    return deps.budget.run(deps.priority ?? 'background', async () => {
      if (writes && (deps.mayWrite?.() === false || !inTime())) throw new KeptBackError('xero', what);
      // One instance per call: the SDK reads its token a moment after the call, so a shared one could send another firm's.
      const api = new AccountingApi(basePath);
      api.accessToken = token;
      const { reply, failureCode } = await exchange(deps.timeoutMs ?? 30_000, () => call(api, deps.organisationId));
      if (!reply) throw noAnswer(what, writes, failureCode ?? 'no code');
      deps.budget.learn(headroomOf(reply.headers));
      if (reply.status === 429) throw pause(failure(what, writes, reply));
      return reply;
    });
  }

  function pause(error: ServiceError): ServiceError {
    deps.budget.pause(error.retryAfterMs ?? defaultPauseMs(error.scope), error.scope);
    return error;
  }

  function failure(what: string, writes: boolean, reply: Reply): ServiceError {
    const facts = { service: 'xero' as const, writes, call: what, details: wordsOf(reply.body), correlationId: reply.headers['xero-correlation-id'] ?? null };
    // A good token without the scope is told as 401; whether as 403 too is not documented. Both mean the same to us.
    const status = scopeMissing(reply) ? 403 : reply.status;
    return failureOf({ ...facts, status, headers: reply.headers, scope: scopeOf(reply.headers) }, deps.clock.now());
  }

  const guarded: typeof run = (what, writes, call, parse) => (deps.breaker ? deps.breaker.run(() => run(what, writes, call, parse)) : run(what, writes, call, parse));

  return {
    organisationId: deps.organisationId,
    clock: deps.clock,
    read: (what, call, parse) => guarded(what, false, call, parse),
    write: (what, call, parse) => guarded(what, true, call, parse),
  };
}

type Reply = NonNullable<Exchange['reply']>;

const scopeMissing = (reply: Reply): boolean => reply.status === 401 && wordsOf(reply.body).some((word) => word.startsWith('AuthorizationUnsuccessful'));

const noAnswer = (what: string, writes: boolean, code: string): ServiceError =>
  new ServiceError({ service: 'xero', kind: neverSent.has(code) ? 'unavailable' : outcomeUnknown(writes), message: `No whole answer from xero to ${what} (${code})` });
