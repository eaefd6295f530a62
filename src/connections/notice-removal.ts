import type { Reason } from '../core/reasons.js';
import { ServiceError } from '../http/service-error.js';
import type { RunMarks } from '../jobs/worker.js';
import { changeRecord } from './change-record.js';
import type { FreshToken } from './fresh-token.js';
import { noteActivity } from './note-activity.js';
import type { ConnectionRecord } from '../store/records.js';
import type { ConnectionDeps } from './ports.js';

/** Kept as the connection's `stateReason`, for the sentence pages show. */
export const REMOVED_IN_XERO = 'CONN_XERO_REMOVED';
export const ORG_RESET = 'CONN_ORG_RESET';

/** Why a connection to Xero wants an administrator; any other text is what Xero said when it refused to renew the sign-in. */
export const whyLost = ({ stateReason }: Pick<ConnectionRecord, 'stateReason'>): Reason => ([REMOVED_IN_XERO, ORG_RESET] as const).find((each) => each === stateReason) ?? 'CONN_XERO_EXPIRED';

/** `removed`: Xero no longer names the connection, which was ended; `listed`: it still does; `unknown`: it could not be asked. */
type Verdict = 'removed' | 'listed' | 'unknown';

/**
 * Xero tells nobody that a person disconnected an app inside Xero (xero-api 2.5); its calls are refused from then on, in the same way as for
 * a missing right. So after a refusal Xero's own list of connections is asked, and only what it no longer names is ended.
 * Of a firm's several connections each is asked about; what is said of all is the worst that is true of one.
 */
export async function noticeRemoval(deps: ConnectionDeps, freshToken: FreshToken, firm: string): Promise<Verdict> {
  const inUse = (await deps.store.connections.list(firm)).filter((each) => each.side === 'xero' && each.state !== 'removed');
  const verdicts = new Set<Verdict>();
  // Of one that ended before there is nothing to ask; the refusal may be its own.
  for (const connection of inUse) verdicts.add(connection.state === 'live' ? await endIfRemoved(deps, freshToken, connection) : 'unknown');
  if (verdicts.has('removed')) return 'removed';
  return verdicts.size === 0 || verdicts.has('unknown') ? 'unknown' : 'listed';
}

async function endIfRemoved(deps: ConnectionDeps, freshToken: FreshToken, connection: ConnectionRecord): Promise<Verdict> {
  const { firm } = connection;
  const verdict = await verdictOn(deps, freshToken, connection);
  if (verdict !== 'removed') return verdict;
  const ended = await changeRecord(deps.store.connections, firm, connection.id, (now) =>
    now.state === 'live' && now.xeroConnectionId === connection.xeroConnectionId ? { state: 'needs-reauth' as const, stateReason: REMOVED_IN_XERO } : null,
  );
  if (ended?.state !== 'needs-reauth') return 'unknown';
  const name = connection.organisationName ?? 'the organisation';
  await noteActivity(deps, { firm, by: 'Tieout', what: 'connection-lost', text: `${name} was disconnected inside Xero. Nothing is read or sent until an administrator connects it again; nothing is lost meanwhile.` });
  return 'removed';
}

async function verdictOn(deps: ConnectionDeps, freshToken: FreshToken, connection: { firm: string; id: string; organisationId: string | null }): Promise<Verdict> {
  try {
    const token = await freshToken(connection.firm, connection.id);
    const listed = await deps.xero.oauth.connectionsOf(deps.xero.app, token);
    return listed.some((each) => each.tenantId === connection.organisationId) ? 'listed' : 'removed';
  } catch (error) {
    // A refused token has ended the connection already; a Xero that does not answer says nothing about it.
    if (error instanceof ServiceError) return 'unknown';
    throw error;
  }
}

/** Looks after every batch that Xero refused. A connection that stands was refused a right: then that is what its work waits for. */
export const noticingRemovals = (deps: ConnectionDeps, freshToken: FreshToken, runMarks: RunMarks): RunMarks => async (held, marks) => {
  const outcomes = await runMarks(held, marks);
  const refused = outcomes.some((outcome) => !outcome.done && (outcome.retry.reason === 'CONN_XERO_REMOVED' || outcome.retry.reason === 'CONN_XERO_EXPIRED'));
  if (!refused || (await noticeRemoval(deps, freshToken, held.firm)) !== 'listed') return outcomes;
  return outcomes.map((outcome) => (outcome.done || outcome.retry.reason !== 'CONN_XERO_REMOVED' ? outcome : { ...outcome, retry: { ...outcome.retry, reason: 'CONN_XERO_RIGHTS' } }));
};
