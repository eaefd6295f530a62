import { causesOf, type Cause } from '../alerts/causes.js';
import { adviceOf, REASONS, titleOf, type Reason } from '../core/reasons.js';
import type { ConnectionRecord } from '../store/records.js';
import { mayActAs, roleOf } from '../store/role-of.js';
import { furtherOf, newestRoute } from '../store/route-of.js';
import type { WebDeps } from './deps.js';
import type { Visitor } from './guard.js';

/** What stops work for the whole firm, said on every page until it is over: what happened, who can mend it, and the one button for it. */
export interface Alarm {
  title: string;
  text: string;
  /** The way to mend it; null for people whose role does not reach that far. */
  action: { href: string; label: string } | null;
  /** Whom to ask instead; null for those who may do it themselves. */
  ask: string | null;
  /** Nothing is read or sent meanwhile. */
  stops: boolean;
}

/** Work goes on without these, less soon or without costs. */
const GOES_ON: readonly Reason[] = ['NOTICES_LAPSED', 'CONN_XERO_COSTS', 'CONN_XERO_UNUSED'];

export async function alarmsOf({ store, clock }: Pick<WebDeps, 'store' | 'clock'>, visitor: Visitor, connections: ConnectionRecord[]): Promise<Alarm[]> {
  const firm = visitor.firm.id;
  const [{ atConnection, ofPlaces, ofTheFirm }, route] = await Promise.all([causesOf(store, firm, clock.now(), connections), newestRoute(store, firm)]);
  const told = atConnection.length > 0 ? atConnection : [...ofPlaces, ...ofTheFirm];
  return told.map((cause) => alarm(cause, visitor, { organisation: connections.find((each) => each.organisationId === cause.organisationId)?.organisationName ?? null, further: cause.organisationId !== null && route ? furtherOf(route.route, cause.organisationId) : null }));
}

function alarm({ reason, apart, facts }: Cause, visitor: Visitor, at: { organisation: string | null; further: string | null }): Alarm {
  const action = actionFor(reason, visitor, at.further);
  const may = REASONS[reason].who !== 'administrator' || mayActAs(visitor.role, 'admin') || reason === 'CONN_CLIO_LOST';
  const title = apart && at.organisation !== null ? `${at.organisation}: ${titleOf(reason, facts)}` : titleOf(reason, facts);
  return { title, text: adviceOf(reason, facts), action: may ? action : null, ask: may ? null : administratorsOf(visitor), stops: !apart && !GOES_ON.includes(reason) };
}

function actionFor(reason: Reason, { region }: Visitor, further: string | null): Alarm['action'] {
  if (reason === 'CONN_CLIO_LOST' || reason === 'CONN_CLIO_RIGHTS') return { href: `/oauth/clio/start?region=${region}`, label: 'Connect Clio again' };
  // It mends itself.
  if (reason === 'NOTICES_LAPSED') return null;
  if (reason === 'NATIVE_SYNC_ACTIVE') return further !== null ? { href: `/organisations/${further}`, label: 'Open its settings' } : { href: '/setup/clio-sync', label: 'See how to switch it off' };
  return reason === 'ORG_NOT_CONNECTED' ? { href: '/setup', label: 'Open set-up' } : { href: '/oauth/xero/start', label: 'Connect Xero again' };
}

/** By name, when they are known: "an administrator" alone sends people looking. */
function administratorsOf({ firm }: Visitor): string {
  const names = Object.entries(firm.people).flatMap(([userId, person]) => (roleOf(firm, userId) === 'admin' ? [person.name] : []));
  return names.length === 0 ? 'It takes an administrator in Clio.' : `It takes an administrator: ask ${new Intl.ListFormat('en', { type: 'disjunction' }).format(names)}.`;
}
