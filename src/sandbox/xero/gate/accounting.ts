import { accountingRoutes } from '../accounting-routes.js';
import { exception, problem, type Answer } from '../answer.js';
import { matchRoute, type Call, type Route } from '../call.js';
import { BadBody, BadQuery, NotFound, Refusal } from '../refusal.js';
import { validationAnswer } from '../books/write.js';
import { covers } from '../identity/scopes.js';
import type { World } from '../world.js';
import { bearer } from './bearer.js';
import type { FaultSpec } from './faults.js';
import { limitAnswer } from './limits.js';

export interface ApiRequest {
  method: string;
  /** Relative to /api.xro/2.0. */
  path: string;
  /** As sent, with its query. */
  url: string;
  query: URLSearchParams;
  header: (name: string) => string | undefined;
  body: Buffer;
}

/** A call of the Accounting API from its token to its answer: token, organisation, limits, scope, key, work. */
export async function accounting(world: World, request: ApiRequest, fault: FaultSpec | undefined): Promise<Answer> {
  const access = bearer(world, request.header('authorization'));
  if ('status' in access) return access;
  const tenantId = (request.header('xero-tenant-id') ?? '').toLowerCase();
  const organisation = world.organisations.get(tenantId);
  const app = world.apps.get(access.clientId);
  const user = world.users.find((each) => each.id === access.userId);
  if (!organisation || !app || !user || !world.grants.connection(access.clientId, access.userId, tenantId)) {
    const status = world.switches.disconnected;
    return problem(status, status === 403 ? 'Forbidden' : 'Unauthorized', 'AuthenticationUnsuccessful', world.newId());
  }
  const { clientId } = access;
  const now = world.clock.now();
  const limited = faultyLimit(fault) ?? world.limits.enter(access.clientId, tenantId, now);
  if (limited) {
    const answer = limitAnswer(limited.problem, limited.retryAfter);
    return { ...answer, headers: { ...world.limits.headers(access.clientId, tenantId, now), ...answer.headers } };
  }
  try {
    const found = matchRoute(accountingRoutes, request.method, request.path);
    if (!found) return withLimits({ status: 404, text: 'The resource you are looking for does not exist.' });
    if (!covers(access.scopes, found.route.scope, request.method === 'GET')) {
      const status = world.switches.missingScope;
      return withLimits(problem(status, status === 403 ? 'Forbidden' : 'Unauthorized', 'AuthorizationUnsuccessful', world.newId()));
    }
    const call: Call = { world, organisation, app, user, now, params: found.params, query: request.query, header: request.header, body: request.body };
    return withLimits(await keyed(call, request, found.route, fault));
  } finally {
    world.limits.leave(access.clientId, tenantId, world.clock.now());
  }

  function withLimits(answer: Answer): Answer {
    return { ...answer, headers: { ...world.limits.headers(clientId, tenantId, now), ...answer.headers } };
  }
}

function faultyLimit(fault: FaultSpec | undefined): { problem: 'minute' | 'day' | 'concurrent'; retryAfter: number | undefined } | undefined {
  if (fault?.kind === '429-minute') return { problem: 'minute', retryAfter: 30 };
  if (fault?.kind === '429-day') return { problem: 'day', retryAfter: 66_975 };
  return fault?.kind === '429-concurrent' ? { problem: 'concurrent', retryAfter: undefined } : undefined;
}

/** Writes with an Idempotency-Key run once; reads and DELETE ignore it. */
async function keyed(call: Call, request: ApiRequest, route: Route, fault: FaultSpec | undefined): Promise<Answer> {
  const key = request.header('idempotency-key');
  const run = (): Promise<Answer> => work(call, route, fault);
  if (key === undefined || (request.method !== 'PUT' && request.method !== 'POST')) return run();
  const identity = `${request.method} ${request.url} ${call.organisation.id}\n${request.body.toString('latin1')}`;
  return call.world.kept.once({ clientId: call.app.clientId, key, request: identity }, call.now, call.world.switches.keyInUse, run);
}

async function work(call: Call, route: Route, fault: FaultSpec | undefined): Promise<Answer> {
  const { clock, switches } = call.world;
  if (switches.latencyMs > 0) await clock.sleep(switches.latencyMs);
  if (fault?.kind === 'slow') await clock.sleep(fault.ms ?? 300_000);
  if (fault?.kind === 'status-500-before') return { status: 500, text: 'An internal error occurred.' };
  const answer = commit(call, route);
  if (fault?.kind === 'slow-after-commit') await clock.sleep(fault.ms ?? 300_000);
  return fault?.kind === 'status-500-after-commit' ? { status: 500, text: 'An internal error occurred.' } : answer;
}

/** Either everything an answer reports stands, or nothing does. */
function commit(call: Call, route: Route): Answer {
  const { organisation, world } = call;
  const answer = attempt(call, route);
  const changes = organisation.settle();
  if (changes.length > 0) tellApps(world, organisation.id, changes);
  return answer;
}

function attempt(call: Call, route: Route): Answer {
  const { undo } = call.organisation;
  const start = undo.point();
  try {
    return route.handle({ ...call, now: call.world.clock.now() });
  } catch (error) {
    undo.backTo(start);
    if (error instanceof Refusal) return validationAnswer([{ ValidationErrors: error.messages.map((Message) => ({ Message })) }]);
    if (error instanceof BadQuery) return exception(16, 'QueryParseException', error.message);
    if (error instanceof BadBody) return exception(17, 'PostDataInvalidException', error.message);
    if (error instanceof NotFound) return { status: 404, text: 'The resource you are looking for cannot be found.' };
    throw error;
  }
}

/** Own writes come back too: every app connected to the organisation hears of every change. */
export function tellApps(world: World, tenantId: string, changes: Parameters<World['deliveries']['tell']>[1][number]['change'][]): void {
  const apps = new Set(world.grants.connections.filter((each) => each.tenantId === tenantId).map((each) => each.clientId));
  for (const clientId of apps) world.deliveries.tell(clientId, changes.map((change) => ({ tenantId, change })));
}
