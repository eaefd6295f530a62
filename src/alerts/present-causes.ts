import { discreet } from '../core/discreet.js';
import { isReason, type Reason } from '../core/reasons.js';
import type { FirmRecord, HoldRecord } from '../store/records.js';
import type { Store } from '../store/store.js';
import { causesOf, type Cause } from './causes.js';
import { toldAtOnce } from './who-is-told.js';

/** A cause as mail tells it. One cause may stop many bills: it is one alert. */
export interface Told {
  /** Names it as long as it lasts, and when it comes again. */
  id: string;
  reason: Reason;
  organisations: string[];
  facts: Record<string, string>;
  count: number;
  path: string;
  stage: number;
}

/** All there is to tell at once now. `certain`: also that nothing else is; while a connection is lost, what its side would say cannot be known. */
export async function presentCauses(store: Store, firm: FirmRecord, now: number): Promise<{ causes: Told[]; certain: boolean }> {
  const [connections, holds] = await Promise.all([store.connections.list(firm.id), store.holds.list(firm.id, { index: 'open', value: 'open' })]);
  const names = new Map(connections.flatMap((each) => (each.organisationId !== null && each.organisationName !== null ? [[each.organisationId, each.organisationName] as const] : [])));
  const used = connections.flatMap((each) => (each.side === 'xero' && each.state !== 'removed' && each.organisationId !== null ? [each.organisationId] : []));
  const { atConnection, ofTheFirm, ofPlaces } = await causesOf(store, firm.id, now, connections);
  const fromConnections = [...atConnection, ...ofTheFirm, ...ofPlaces].filter(({ reason }) => toldAtOnce(reason).length > 0);
  return {
    causes: [
      ...fromConnections.map((cause): Told => ({ ...cause, id: idOf(cause), organisations: (cause.organisationId === null ? used : [cause.organisationId]).flatMap((id) => names.get(id) ?? []), count: 1, path: pathOf(cause) })),
      ...(await fromQuestions(store, firm.id, holds, names)),
    ],
    certain: atConnection.length === 0,
  };
}

const idOf = ({ reason, organisationId }: Pick<Cause, 'reason' | 'organisationId'>): string => (organisationId === null ? reason : `${reason}@${organisationId}`);

function pathOf({ reason, organisationId, apart }: Cause): string {
  if (reason !== 'NATIVE_SYNC_ACTIVE') return '/setup';
  return apart && organisationId !== null ? `/organisations/${organisationId}` : '/setup/clio-sync';
}

/** Open questions that cannot wait, one alert for each reason and organisation. */
async function fromQuestions(store: Store, firm: string, holds: HoldRecord[], names: Map<string, string>): Promise<Told[]> {
  const urgent = holds.flatMap((hold) => (isReason(hold.reason) && !hold.reason.startsWith('CONN_') && hold.reason !== 'NATIVE_SYNC_ACTIVE' && toldAtOnce(hold.reason).length > 0 ? [{ hold, reason: hold.reason }] : []));
  const links = new Map((await store.links.getMany(firm, urgent.map(({ hold }) => `bill:${hold.billId}:main`))).map((link) => [link.billId, link.organisationId]));
  const causes = new Map<string, Told>();
  for (const { hold, reason } of urgent) {
    const organisationId = links.get(hold.billId) ?? null;
    const id = idOf({ reason, organisationId });
    const known = causes.get(id);
    // What is said of one bill is not true of several.
    if (known) causes.set(id, { ...known, facts: {}, count: known.count + 1, path: '/inbox' });
    else causes.set(id, { id, reason, organisations: organisationId === null ? [] : [names.get(organisationId) ?? ''].filter(Boolean), facts: discreet(hold.facts), count: 1, path: hold.billId.startsWith('expense:') ? '/inbox' : `/bills/${encodeURIComponent(hold.billId)}`, stage: 0 });
  }
  return [...causes.values()];
}
