import { ServiceError } from '../http/service-error.js';
import type { ConnectionRecord, TicketRecord } from '../store/records.js';
import { changeRecord } from './change-record.js';
import { noteActivity } from './note-activity.js';
import type { ConnectionDeps } from './ports.js';
import { endTurn, leaveTurn, mayAsk, takeTurn } from './refresh-turn.js';
import { openToken, sealTokens, type TokenSet } from './sealed-tokens.js';

/** Of its lifetime, after which a token is renewed before anybody has to wait for a 401. */
const USED_UP = 0.8;
const WAIT_MS = 250;
const WAITS = 80;
/** Together what is left of a turn when the vendor's answer came last of all: a database takes that long to find another primary. */
const STORE_PAUSES_MS = [100, 300, 1_000, 3_000, 6_000, 10_000, 20_000];

/** Gives an access token that should work. `refused` is a token a vendor has just answered 401 to. */
export type FreshToken = (firm: string, connectionId: string, refused?: string) => Promise<string>;

/**
 * One refresh at a time per connection: within this process by sharing the promise, across processes by a turn in the store.
 * The new pair is stored before it is used, so no crash can lose a rotated token that somebody already saw working.
 * Throws `ServiceError`: `unauthorized` when only a person can reconnect; what the token endpoint said otherwise.
 */
export function createFreshToken(deps: ConnectionDeps): FreshToken {
  const underway = new Map<string, Promise<string>>();
  return async (firm, connectionId, refused) => {
    const stored = await usableToken(deps, firm, connectionId, refused);
    if (stored !== null) return stored;
    const key = `${firm}|${connectionId}`;
    const running = underway.get(key) ?? refreshInTurn(deps, firm, connectionId, refused).finally(() => underway.delete(key));
    underway.set(key, running);
    return running;
  };
}

async function liveConnection(deps: ConnectionDeps, firm: string, connectionId: string): Promise<ConnectionRecord> {
  const connection = await deps.store.connections.get(firm, connectionId);
  if (connection?.state !== 'live') throw reconnect(connectionId, 'The connection is not live');
  return connection;
}

async function usableToken(deps: ConnectionDeps, firm: string, connectionId: string, refused: string | undefined): Promise<string | null> {
  const connection = await liveConnection(deps, firm, connectionId);
  const token = openToken(deps.sealer, connection, 'accessToken');
  if (token === null || token === refused) return null;
  const lifetime = Date.parse(connection.accessTokenEnds) - Date.parse(connection.refreshedAt);
  const age = deps.clock.now() - Date.parse(connection.refreshedAt);
  return age < lifetime * USED_UP ? token : null;
}

async function refreshInTurn(deps: ConnectionDeps, firm: string, connectionId: string, refused: string | undefined): Promise<string> {
  for (let wait = 0; wait < WAITS; wait += 1) {
    const turn = await takeTurn(deps, firm, connectionId);
    // Whoever had the turn before may have done the work already.
    if (turn) return inTurn(deps, turn, async () => (await usableToken(deps, firm, connectionId, refused)) ?? (await refreshNow(deps, turn, connectionId)));
    await deps.clock.sleep(WAIT_MS);
    const renewed = await usableToken(deps, firm, connectionId, refused);
    if (renewed !== null) return renewed;
  }
  throw new ServiceError({ service: serviceOf(connectionId), kind: 'unavailable', message: 'Another process is still renewing this token' });
}

/** A turn in which a new pair may have got lost is left as it is: keep-alive.ts asks once more, before Xero takes the old one no longer. */
async function inTurn(deps: ConnectionDeps, turn: TicketRecord, renew: () => Promise<string>): Promise<string> {
  try {
    const token = await renew();
    await endTurn(deps, turn);
    return token;
  } catch (error) {
    const isKnown = error instanceof ServiceError && error.kind !== 'ambiguous';
    // What went wrong first is what counts; a turn that cannot be given back runs out.
    await (isKnown ? endTurn(deps, turn) : leaveTurn(deps, turn)).catch(() => undefined);
    throw error;
  }
}

async function refreshNow(deps: ConnectionDeps, turn: TicketRecord, connectionId: string): Promise<string> {
  const connection = await liveConnection(deps, turn.firm, connectionId);
  const current = openToken(deps.sealer, connection, 'refreshToken');
  if (current === null) return giveUp(deps, connection, 'No refresh token is stored');
  try {
    return await keep(deps, connection, current, await askAgainWhereLost(() => askVendor(deps, turn, connection, current)));
  } catch (error) {
    if (!refusedForGood(error)) throw error;
  }
  const again = await liveConnection(deps, turn.firm, connectionId);
  if (openToken(deps.sealer, again, 'refreshToken') !== current) return heldToken(deps, again);
  // Xero takes the token before the last one for 30 minutes, should its newest answer have got lost.
  const previous = openToken(deps.sealer, again, 'previousRefreshToken');
  if (previous === null) return giveUp(deps, again, 'The refresh token was refused');
  try {
    return await keep(deps, again, previous, await askVendor(deps, turn, again, previous));
  } catch (error) {
    if (!refusedForGood(error)) throw error;
    return giveUp(deps, again, 'The refresh token was refused');
  }
}

/** A lost answer may have ended the token that was sent, which Xero goes on taking for 30 minutes: nobody may be there to ask in time. */
async function askAgainWhereLost(ask: () => Promise<TokenSet>): Promise<TokenSet> {
  try {
    return await ask();
  } catch (lost) {
    if (!(lost instanceof ServiceError) || lost.kind !== 'ambiguous') throw lost;
    try {
      return await ask();
    } catch (error) {
      // Not heard, or not heard of: the first may have been carried out all the same.
      throw refusedForGood(error) ? error : lost;
    }
  }
}

function askVendor(deps: ConnectionDeps, turn: TicketRecord, connection: ConnectionRecord, refreshToken: string): Promise<TokenSet> {
  // Stood still since it was taken, perhaps: then another process is at it by now, or will be before the answer comes.
  if (!mayAsk(deps, turn)) throw new ServiceError({ service: serviceOf(connection.id), kind: 'unavailable', message: 'The turn to renew this token is over' });
  if (connection.side === 'xero') return deps.xero.oauth.refresh(deps.xero.app, refreshToken);
  const region = (['us', 'ca', 'eu', 'au'] as const).find((each) => connection.firm.startsWith(`${each}:`));
  const app = region && deps.clio.apps[region];
  if (!app) throw new ServiceError({ service: 'clio', kind: 'unavailable', message: `Clio is not configured for ${connection.firm}` });
  return deps.clio.oauth.refresh(app, refreshToken);
}

/** Stores the new pair. Whatever else changed on the record meanwhile stays, unless somebody connected anew: then theirs counts. */
async function keep(deps: ConnectionDeps, connection: ConnectionRecord, sent: string, tokens: TokenSet): Promise<string> {
  const refreshToken = tokens.refreshToken ?? sent;
  const previous = refreshToken === sent ? openToken(deps.sealer, connection, 'previousRefreshToken') : sent;
  const sealed = sealTokens(deps, connection, { ...tokens, refreshToken }, previous);
  const record = await untilStored(deps, () => changeRecord(deps.store.connections, connection.firm, connection.id, (now) =>
    now.state === 'live' && now.refreshToken === connection.refreshToken ? sealed : null,
  ));
  if (record?.state !== 'live') throw reconnect(connection.id, 'The connection ended meanwhile');
  return heldToken(deps, record);
}

/** What was answered is in no other hands: a store that fails for a moment is tried again, within the turn. Safe to repeat, and after a lost answer changes nothing. */
async function untilStored<T>({ clock }: ConnectionDeps, write: () => Promise<T>): Promise<T> {
  for (const pauseMs of STORE_PAUSES_MS) {
    try {
      return await write();
    } catch {
      await clock.sleep(pauseMs);
    }
  }
  return write();
}

function heldToken(deps: ConnectionDeps, connection: ConnectionRecord): string {
  const token = openToken(deps.sealer, connection, 'accessToken');
  if (token === null) throw reconnect(connection.id, 'No access token is stored');
  return token;
}

async function giveUp(deps: ConnectionDeps, connection: ConnectionRecord, reason: string): Promise<string> {
  const ended = await changeRecord(deps.store.connections, connection.firm, connection.id, (now) =>
    now.state === 'live' && now.refreshToken === connection.refreshToken ? { state: 'needs-reauth' as const, stateReason: reason } : null,
  );
  if (ended?.state === 'live') return heldToken(deps, ended);
  const name = connection.side === 'clio' ? 'Clio' : `Xero (${connection.organisationName ?? 'organisation'})`;
  await noteActivity(deps, { firm: connection.firm, by: 'Tieout', what: 'connection-lost', text: `The connection with ${name} was refused. Reconnect it under Settings; nothing is lost meanwhile.` });
  throw reconnect(connection.id, reason);
}

const refusedForGood = (error: unknown) => error instanceof ServiceError && error.kind === 'unauthorized';
const serviceOf = (connectionId: string) => (connectionId.startsWith('xero:') ? 'xero' : 'clio');
const reconnect = (connectionId: string, message: string) => new ServiceError({ service: serviceOf(connectionId), kind: 'unauthorized', message });
