import { whyLost } from '../connections/notice-removal.js';
import { adviceOf, REASONS, titleOf, type Reason } from '../core/reasons.js';
import { aboutAllCosts } from '../jobs/mark-kinds.js';
import { haveNoticesLapsed } from '../jobs/notices.js';
import type { ConnectionRecord, SettingsRecord } from '../store/records.js';
import { mayActAs, roleOf } from '../store/role-of.js';
import { newestRoute, placesOf } from '../store/route-of.js';
import { newestSettings } from '../store/settings-of.js';
import { parseSettings } from '../store/settings-schema.js';
import { expenseSubject } from '../sync/expense-links.js';
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
const GOES_ON: readonly Reason[] = ['NOTICES_LAPSED', 'CONN_XERO_COSTS'];

/** A connection that stands and yet is refused something: only the work that was refused knows. */
const TOLD_TO_WORK: readonly Reason[] = ['CONN_CLIO_RIGHTS', 'CONN_XERO_RIGHTS'];

/** Parked work has its reason on every mark, so that the first few say what all wait for. */
const MARKS_LOOKED_AT = 20;
const WHENEVER = '9999-12-31T23:59:59.999Z';

interface Cause {
  reason: Reason;
  /** The organisation it is about, in a firm that has several; the others go on. */
  organisation: string | null;
  /** Where it is mended, when that is not the same for the whole firm. */
  action?: Alarm['action'];
}

export async function alarmsOf({ store, clock }: Pick<WebDeps, 'store' | 'clock'>, visitor: Visitor, connections: ConnectionRecord[]): Promise<Alarm[]> {
  const firm = visitor.firm.id;
  const atConnection = [...lostClio(connections), ...lostXero(connections)];
  const [waiting, lapsed, ofPlaces] = await Promise.all([
    store.marks.due(firm, WHENEVER, MARKS_LOOKED_AT),
    haveNoticesLapsed(store, firm, clock.now()),
    causesAtPlaces(store, firm, connections),
  ]);
  // What may run again is not told as waiting for what it was refused before.
  const parked = waiting.filter((mark) => Date.parse(mark.notBefore) > clock.now());
  const inWork = TOLD_TO_WORK.filter((reason) => parked.some((mark) => mark.lastReason === reason));
  // Without Clio nothing is read at all, and a lost organisation explains what its work was refused.
  if (atConnection.length > 0) return atConnection.map((cause) => alarm(cause, visitor));
  const ofTheFirm = [...inWork, ...(lapsed ? (['NOTICES_LAPSED'] as const) : [])].map((reason): Cause => ({ reason, organisation: null }));
  return [...ofPlaces, ...ofTheFirm].map((cause) => alarm(cause, visitor));
}

/** What one of the firm's organisations waits for, by its settings and its costs. */
async function causesAtPlaces(store: WebDeps['store'], firm: string, connections: ConnectionRecord[]): Promise<Cause[]> {
  const route = (await newestRoute(store, firm))?.route;
  const nameOf = (id: string) => connections.find((each) => each.organisationId === id)?.organisationName ?? null;
  const causes: Cause[] = [];
  for (const further of await placesOf(store, firm)) {
    const organisation = route ? nameOf(further ?? route.home) : null;
    const [newest, holds] = await Promise.all([newestSettings(store, firm, further), store.holds.list(firm, { index: 'bill', value: expenseSubject(aboutAllCosts(further)) })]);
    if (newest && isPausedByUs(newest)) causes.push({ reason: 'NATIVE_SYNC_ACTIVE', organisation, ...(further === null ? {} : { action: { href: `/organisations/${further}`, label: 'Open its settings' } }) });
    if (holds.some((hold) => hold.open && hold.reason === 'CONN_XERO_COSTS')) causes.push({ reason: 'CONN_XERO_COSTS', organisation });
  }
  return causes;
}

/** Only another sync at work makes Tieout pause by itself, and then the one organisation that sync writes to. */
const isPausedByUs = ({ by, body }: SettingsRecord): boolean => by === 'Tieout' && parseSettings(body).mode === 'paused';

function lostClio(connections: ConnectionRecord[]): Cause[] {
  const clio = connections.filter((each) => each.side === 'clio');
  return clio.length > 0 && clio.every((each) => each.state !== 'live') ? [{ reason: 'CONN_CLIO_LOST', organisation: null }] : [];
}

function lostXero(connections: ConnectionRecord[]): Cause[] {
  const xero = connections.filter((each) => each.side === 'xero');
  // Removed by the firm itself; before the first connection set-up says so in its own words.
  if (xero.length > 0 && xero.every((each) => each.state === 'removed')) return [{ reason: 'ORG_NOT_CONNECTED', organisation: null }];
  const several = xero.filter((each) => each.state !== 'removed').length > 1;
  return xero
    .filter((each) => each.state === 'needs-reauth')
    .map((each) => ({ reason: whyLost(each), organisation: several ? each.organisationName : null }));
}

function alarm({ reason, organisation, ...cause }: Cause, visitor: Visitor): Alarm {
  const action = cause.action ?? actionFor(reason, visitor);
  const may = REASONS[reason].who !== 'administrator' || mayActAs(visitor.role, 'admin') || reason === 'CONN_CLIO_LOST';
  const title = organisation === null ? titleOf(reason, {}) : `${organisation}: ${titleOf(reason, {})}`;
  return { title, text: adviceOf(reason, {}), action: may ? action : null, ask: may ? null : administratorsOf(visitor), stops: organisation === null && !GOES_ON.includes(reason) };
}

function actionFor(reason: Reason, { region }: Visitor): Alarm['action'] {
  if (reason === 'CONN_CLIO_LOST' || reason === 'CONN_CLIO_RIGHTS') return { href: `/oauth/clio/start?region=${region}`, label: 'Connect Clio again' };
  // It mends itself.
  if (reason === 'NOTICES_LAPSED') return null;
  if (reason === 'NATIVE_SYNC_ACTIVE') return { href: '/setup/clio-sync', label: 'See how to switch it off' };
  return reason === 'ORG_NOT_CONNECTED' ? { href: '/setup', label: 'Open set-up' } : { href: '/oauth/xero/start', label: 'Connect Xero again' };
}

/** By name, when they are known: "an administrator" alone sends people looking. */
function administratorsOf({ firm }: Visitor): string {
  const names = Object.entries(firm.people).flatMap(([userId, person]) => (roleOf(firm, userId) === 'admin' ? [person.name] : []));
  return names.length === 0 ? 'It takes an administrator in Clio.' : `It takes an administrator: ask ${new Intl.ListFormat('en', { type: 'disjunction' }).format(names)}.`;
}
