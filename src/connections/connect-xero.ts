import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Reason } from '../core/reasons.js';
import type { Route } from '../core/route-bill.js';
import { instantOf } from '../http/clock.js';
import { aboutAllCosts, mark } from '../jobs/mark-kinds.js';
import { TakenError } from '../store/collection.js';
import type { ConnectionRecord } from '../store/records.js';
import { newestRoute, placesOf, routeId } from '../store/route-of.js';
import { PRIORITY } from '../store/store.js';
import { changeRecord } from './change-record.js';
import { noteActivity } from './note-activity.js';
import type { ConnectionDeps, XeroConnection, XeroGrant } from './ports.js';
import { sealTokens } from './sealed-tokens.js';

/** Work that waits for these may go on once Xero is connected. */
const WAITS_FOR_XERO: readonly Reason[] = ['CONN_XERO_EXPIRED', 'CONN_XERO_REMOVED', 'CONN_XERO_RIGHTS', 'CONN_ORG_RESET', 'ORG_NOT_CONNECTED'];

const CHOICE_MS = 10 * 60_000;
/** Enough to tell whether a disconnected organisation is still the one the firm's records belong to. */
const LINKS_LOOKED_AT = 500;

export type XeroConnected =
  | { outcome: 'connected'; organisationName: string }
  /** The consent covers several organisations: a person picks one, `choiceId` leads back to the grant. */
  | { outcome: 'choose'; choiceId: string }
  | { outcome: 'refused'; reason: 'CONN_NO_ORG' | 'CONN_WRONG_ORG' | 'CONN_ORG_SHARED'; facts: Record<string, string> };

interface Request {
  firm: string;
  /** Name of the person at the screen. */
  by: string;
}

/**
 * Turns Xero's authorisation code into the firm's connection with exactly one organisation. Only organisations of *this* consent count:
 * the unfiltered list also holds those of the same person's other firms. Throws `ServiceError`; nothing is stored then.
 */
export async function connectXero(deps: ConnectionDeps, request: Request & { code: string; nonce: string; further: boolean }): Promise<XeroConnected> {
  const grant = await deps.xero.oauth.exchangeCode(deps.xero.app, request.code, { nonce: request.nonce });
  const granted = await deps.xero.oauth.connectionsOf(deps.xero.app, grant.tokens.accessToken, grant.authEventId);
  const organisations = granted.filter((each) => each.tenantType === 'ORGANISATION');
  const before = await organisationsBefore(deps, request.firm);
  const same = organisations.filter((each) => before.some((one) => one.organisationId === each.tenantId));
  const fresh = organisations.filter((each) => !same.includes(each));

  if (before.length > 0 && same.length === 0 && !request.further) {
    await giveBack(deps, grant, organisations);
    const facts = { organisation: before.map((each) => each.organisationName ?? '').join(' or '), chosen: organisations.map((each) => each.tenantName).join(', ') };
    return { outcome: 'refused', reason: organisations.length > 0 ? 'CONN_WRONG_ORG' : 'CONN_NO_ORG', facts };
  }
  const [only, ...others] = (request.further && fresh.length > 0) || before.length === 0 ? fresh : same;
  if (!only) return { outcome: 'refused', reason: 'CONN_NO_ORG', facts: {} };
  if (others.length === 0) return settle(deps, request, grant, only);
  return { outcome: 'choose', choiceId: await keepForChoice(deps, request.firm, grant, [only, ...others]) };
}

/** The organisations this firm works with, the first connected first; while all are disconnected, those its links belong to. */
async function organisationsBefore(deps: ConnectionDeps, firm: string): Promise<ConnectionRecord[]> {
  const all = (await deps.store.connections.list(firm)).filter((each) => each.side === 'xero').sort((a, b) => a.connectedAt.localeCompare(b.connectedAt));
  const found = await newestRoute(deps.store, firm);
  const inUse = all.filter((each) => each.state !== 'removed');
  if (inUse.length > 0 && !found) return inUse;
  const linked = new Set((await deps.store.links.list(firm, { limit: LINKS_LOOKED_AT })).map((each) => each.organisationId));
  // With several, one that was disconnected may come back while the others go on.
  const named = new Set(found ? [found.route.home, found.route.otherwise, ...found.route.rules.map((rule) => rule.organisationId)] : []);
  return all.filter((each) => inUse.includes(each) || (each.organisationId !== null && (linked.has(each.organisationId) || named.has(each.organisationId))));
}

async function settle(deps: ConnectionDeps, request: Request, grant: XeroGrant, organisation: XeroConnection): Promise<XeroConnected> {
  const refused = { outcome: 'refused', reason: 'CONN_ORG_SHARED', facts: { organisation: organisation.tenantName } } as const;
  const claimed = await deps.store.connections.findUnique('organisation', organisation.tenantId);
  if (claimed && claimed.firm !== request.firm) return refused;

  await beginRoute(deps, request, organisation.tenantId);
  const place = { firm: request.firm, id: `xero:${organisation.tenantId}` };
  const now = instantOf(deps.clock);
  const fields = {
    side: 'xero',
    userId: grant.userId,
    organisationId: organisation.tenantId,
    organisationName: organisation.tenantName,
    xeroConnectionId: organisation.id,
    ...sealTokens(deps, place, grant.tokens, null),
    scopes: grant.scopes,
    state: 'live',
    stateReason: null,
    connectedAt: now,
  } as const;
  try {
    const known = await changeRecord(deps.store.connections, place.firm, place.id, () => fields);
    if (!known) await deps.store.connections.insert({ ...place, ...fields });
  } catch (error) {
    if (error instanceof TakenError) return refused;
    throw error;
  }
  await deps.store.marks.want(
    [
      mark(request.firm, 'books', organisation.tenantId, PRIORITY.person),
      ...(await placesOf(deps.store, request.firm)).map((further) => mark(request.firm, 'expense', aboutAllCosts(further), PRIORITY.person)),
      mark(request.firm, 'catch-up', 'all', PRIORITY.sweep),
    ],
    now,
  );
  await deps.store.marks.unpark(request.firm, WAITS_FOR_XERO, now);
  await noteActivity(deps, { firm: request.firm, by: request.by, what: 'connected-xero', text: `${request.by} connected the Xero organisation ${organisation.tenantName}.` });
  return { outcome: 'connected', organisationName: organisation.tenantName };
}

/** From the second organisation on there is a route. Until somebody adds a rule, everything goes where it went before. */
async function beginRoute(deps: ConnectionDeps, request: Request, organisationId: string): Promise<void> {
  const [first] = await organisationsBefore(deps, request.firm);
  if (!first || first.organisationId === null || first.organisationId === organisationId || (await newestRoute(deps.store, request.firm))) return;
  const body: Route = { home: first.organisationId, rules: [], otherwise: first.organisationId };
  try {
    await deps.store.settings.insert({ firm: request.firm, id: routeId(1), body, by: request.by, at: instantOf(deps.clock), note: 'connected a further organisation' });
  } catch (error) {
    if (!(error instanceof TakenError)) throw error;
  }
}

/** Organisations granted by mistake are disconnected again, except those another firm works with. */
async function giveBack(deps: ConnectionDeps, grant: XeroGrant, organisations: XeroConnection[]): Promise<void> {
  for (const each of organisations) {
    if (await deps.store.connections.findUnique('organisation', each.tenantId)) continue;
    await deps.xero.oauth.deleteConnection(deps.xero.app, grant.tokens.accessToken, each.id).catch(() => undefined);
  }
}

const Choice = z.object({
  sealed: z.string(),
  organisations: z.array(z.object({ id: z.string(), tenantId: z.string(), tenantName: z.string(), tenantType: z.string(), authEventId: z.string() })),
});
const Grant = z.object({
  tokens: z.object({ accessToken: z.string(), refreshToken: z.string(), expiresInSeconds: z.number() }),
  userId: z.string(),
  authEventId: z.string(),
  scopes: z.array(z.string()),
});

const choiceContext = (firm: string, id: string) => `${firm}|${id}|xero-choice`;

async function keepForChoice(deps: ConnectionDeps, firm: string, grant: XeroGrant, organisations: XeroConnection[]): Promise<string> {
  const id = `choice-${randomBytes(24).toString('base64url')}`;
  const body = { sealed: deps.sealer.seal(JSON.stringify(grant), choiceContext(firm, id)), organisations };
  await deps.store.tickets.insert({ firm, id, kind: 'xero-choice', body, sweepAt: new Date(deps.clock.now() + CHOICE_MS).toISOString() });
  return id;
}

/** The organisations a person may choose from; null when the choice is over or was never this firm's. */
export async function organisationsToChoose(deps: ConnectionDeps, firm: string, choiceId: string): Promise<{ organisationId: string; name: string }[] | null> {
  const ticket = await deps.store.tickets.get(firm, choiceId);
  if (ticket?.kind !== 'xero-choice' || Date.parse(ticket.sweepAt) <= deps.clock.now()) return null;
  return Choice.parse(ticket.body).organisations.map((each) => ({ organisationId: each.tenantId, name: each.tenantName }));
}

/** Carries out the choice; each choice can be made once. Null when it is over or the organisation was not part of it. */
export async function chooseOrganisation(deps: ConnectionDeps, request: Request & { choiceId: string; organisationId: string }): Promise<XeroConnected | null> {
  const ticket = await deps.store.tickets.get(request.firm, request.choiceId);
  if (ticket?.kind !== 'xero-choice' || Date.parse(ticket.sweepAt) <= deps.clock.now()) return null;
  const choice = Choice.parse(ticket.body);
  const organisation = choice.organisations.find((each) => each.tenantId === request.organisationId);
  if (!organisation || !(await deps.store.tickets.remove(request.firm, request.choiceId))) return null;
  const opened: unknown = JSON.parse(deps.sealer.open(choice.sealed, choiceContext(request.firm, request.choiceId)));
  return settle(deps, request, Grant.parse(opened), organisation);
}
