import { instantOf, type Clock } from '../http/clock.js';
import type { ConnectionRecord } from '../store/records.js';
import type { Sealer } from './ports.js';

type TokenField = 'accessToken' | 'refreshToken' | 'previousRefreshToken';
type Place = Pick<ConnectionRecord, 'firm' | 'id'>;

/** An envelope opens only in the firm, connection and field it was made for. */
export const tokenContext = (place: Place, field: TokenField): string => `${place.firm}|${place.id}|${field}`;

export interface TokenSet {
  accessToken: string;
  refreshToken: string | null;
  expiresInSeconds: number;
}

export type SealedTokens = Pick<ConnectionRecord, TokenField | 'accessTokenEnds' | 'refreshedAt'>;

/** The token fields of a connection record. `previous` is kept because Xero accepts it for 30 minutes when an answer got lost. */
export function sealTokens(deps: { sealer: Sealer; clock: Pick<Clock, 'now'> }, place: Place, tokens: TokenSet, previous: string | null): SealedTokens {
  const seal = (text: string | null, field: TokenField) => (text === null ? null : deps.sealer.seal(text, tokenContext(place, field)));
  return {
    accessToken: deps.sealer.seal(tokens.accessToken, tokenContext(place, 'accessToken')),
    accessTokenEnds: new Date(deps.clock.now() + tokens.expiresInSeconds * 1000).toISOString(),
    refreshToken: seal(tokens.refreshToken, 'refreshToken'),
    previousRefreshToken: seal(previous, 'previousRefreshToken'),
    refreshedAt: instantOf(deps.clock),
  };
}

/** One token in the clear; null when the connection has none. */
export function openToken(sealer: Sealer, connection: ConnectionRecord, field: TokenField): string | null {
  const envelope = connection[field];
  return envelope === null || envelope === '' ? null : sealer.open(envelope, tokenContext(connection, field));
}

/** A connection that was ended keeps its record for the history, and no token. */
export const NO_TOKENS = { accessToken: '', refreshToken: null, previousRefreshToken: null } as const;
