import { ServiceError } from '../http/service-error.js';
import { changeRecord } from './change-record.js';
import type { FreshToken } from './fresh-token.js';
import { noteActivity } from './note-activity.js';
import type { ConnectionDeps } from './ports.js';
import { NO_TOKENS } from './sealed-tokens.js';

/**
 * Ends the firm's connection with one Xero organisation: this one connection only. Which, need only be said when there are several. Revoking the token would cut off every other firm
 * of the same Xero user. Links, settings and history stay. Returns the organisation's name; null when there was none.
 * Throws `ServiceError` when Xero could not be asked; the connection is untouched then.
 */
export async function disconnectXero(deps: ConnectionDeps, freshToken: FreshToken, request: { firm: string; by: string; organisationId?: string | undefined }): Promise<string | null> {
  const inUse = (await deps.store.connections.list(request.firm)).filter((each) => each.side === 'xero' && each.state !== 'removed');
  const [connection, ...others] = inUse.filter((each) => request.organisationId === undefined || each.organisationId === request.organisationId);
  if (!connection || others.length > 0) return null;
  try {
    const token = await freshToken(connection.firm, connection.id);
    if (connection.xeroConnectionId !== null) await deps.xero.oauth.deleteConnection(deps.xero.app, token, connection.xeroConnectionId);
  } catch (error) {
    if (!alreadyGone(error)) throw error;
  }
  await changeRecord(deps.store.connections, connection.firm, connection.id, () => ({
    ...NO_TOKENS,
    state: 'removed' as const,
    stateReason: `Disconnected by ${request.by}`,
  }));
  const name = connection.organisationName ?? 'the organisation';
  await noteActivity(deps, { firm: request.firm, by: request.by, what: 'disconnected-xero', text: `${request.by} disconnected the Xero organisation ${name}. Nothing was changed in Xero.` });
  return name;
}

/** A connection Xero no longer knows, or whose consent was withdrawn there, needs no deleting. */
const alreadyGone = (error: unknown) => error instanceof ServiceError && ['not-found', 'unauthorized', 'forbidden'].includes(error.kind);
