import { whyLost } from '../connections/notice-removal.js';
import type { Reason } from '../core/reasons.js';
import { aboutAllCosts } from '../jobs/mark-kinds.js';
import { haveNoticesLapsed } from '../jobs/notices.js';
import type { ConnectionRecord, SettingsRecord } from '../store/records.js';
import { newestRoute, placesOf } from '../store/route-of.js';
import { newestSettings } from '../store/settings-of.js';
import { parseSettings } from '../store/settings-schema.js';
import type { Store } from '../store/store.js';
import { expenseSubject } from '../sync/expense-links.js';
import { unusedFor } from './unused-sign-in.js';

/** What stands in the way of a firm's work now. Pages and mail both tell these, so that they never contradict one another. */
export interface Cause {
  reason: Reason;
  /** The organisation it is about; null for the whole firm. */
  organisationId: string | null;
  /** One of several organisations: the others go on. */
  apart: boolean;
  facts: Record<string, string>;
  /** Grows when it gets worse. */
  stage: number;
}

/** A connection that stands and yet is refused something: only the work that was refused knows. */
const TOLD_TO_WORK: readonly Reason[] = ['CONN_CLIO_RIGHTS', 'CONN_XERO_RIGHTS'];

/** Parked work has its reason on every mark, so that the first few say what all wait for. */
const MARKS_LOOKED_AT = 20;
const WHENEVER = '9999-12-31T23:59:59.999Z';

const about = (reason: Reason, more: Partial<Cause> = {}): Cause => ({ reason, organisationId: null, apart: false, facts: {}, stage: 0, ...more });

export interface Causes {
  /** Without a connection nothing else can be told of that side, and it explains what work was refused. */
  atConnection: Cause[];
  /** A right that lacks, or notices that stopped. */
  ofTheFirm: Cause[];
  /** What one of the firm's organisations waits for. */
  ofPlaces: Cause[];
}

export async function causesOf(store: Store, firm: string, now: number, connections: ConnectionRecord[]): Promise<Causes> {
  const [waiting, lapsed, ofPlaces] = await Promise.all([store.marks.due(firm, WHENEVER, MARKS_LOOKED_AT), haveNoticesLapsed(store, firm, now), atPlaces(store, firm, connections)]);
  // What may run again is not told as waiting for what it was refused before.
  const parked = waiting.filter((mark) => Date.parse(mark.notBefore) > now);
  const inWork = TOLD_TO_WORK.filter((reason) => parked.some((mark) => mark.lastReason === reason));
  return {
    atConnection: [...lostClio(connections), ...lostXero(connections)],
    ofTheFirm: [...inWork, ...(lapsed ? (['NOTICES_LAPSED'] as const) : [])].map((reason) => about(reason)),
    ofPlaces: [...ofPlaces, ...unused(connections, now)],
  };
}

/** By its settings and its costs. */
async function atPlaces(store: Store, firm: string, connections: ConnectionRecord[]): Promise<Cause[]> {
  const route = (await newestRoute(store, firm))?.route;
  const only = connections.find((each) => each.side === 'xero' && each.state !== 'removed')?.organisationId ?? null;
  const causes: Cause[] = [];
  for (const further of await placesOf(store, firm)) {
    const place = { organisationId: further ?? route?.home ?? only, apart: route !== undefined };
    const [newest, holds] = await Promise.all([newestSettings(store, firm, further), store.holds.list(firm, { index: 'bill', value: expenseSubject(aboutAllCosts(further)) })]);
    if (newest && isPausedByUs(newest)) causes.push(about('NATIVE_SYNC_ACTIVE', place));
    if (holds.some((hold) => hold.open && hold.reason === 'CONN_XERO_COSTS')) causes.push(about('CONN_XERO_COSTS', place));
  }
  return causes;
}

/** Only another sync at work makes Tieout pause by itself, and then the one organisation that sync writes to. */
const isPausedByUs = ({ by, body }: SettingsRecord): boolean => by === 'Tieout' && parseSettings(body).mode === 'paused';

function lostClio(connections: ConnectionRecord[]): Cause[] {
  const clio = connections.filter((each) => each.side === 'clio');
  return clio.length > 0 && clio.every((each) => each.state !== 'live') ? [about('CONN_CLIO_LOST')] : [];
}

function lostXero(connections: ConnectionRecord[]): Cause[] {
  const xero = connections.filter((each) => each.side === 'xero');
  // Removed by the firm itself; before the first connection set-up says so in its own words.
  if (xero.length > 0 && xero.every((each) => each.state === 'removed')) return [about('ORG_NOT_CONNECTED')];
  return xero.filter((each) => each.state === 'needs-reauth').map((each) => about(whyLost(each), { organisationId: each.organisationId, apart: hasSeveral(xero) }));
}

const unused = (connections: ConnectionRecord[], now: number): Cause[] =>
  connections.flatMap((each) => {
    const days = unusedFor(each, now);
    return days === null ? [] : [about('CONN_XERO_UNUSED', { organisationId: each.organisationId, apart: hasSeveral(connections), facts: { days: String(days.unused) }, stage: days.told })];
  });

const hasSeveral = (connections: ConnectionRecord[]): boolean => connections.filter((each) => each.side === 'xero' && each.state !== 'removed').length > 1;
