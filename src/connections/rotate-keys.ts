import type { ConnectionRecord, SubscriptionRecord } from '../store/records.js';
import type { Sealer } from '../store/seal.js';
import type { Clock } from '../http/clock.js';
import type { Store } from '../store/store.js';
import { changeRecord } from './change-record.js';
import { endTurn, takeTurn } from './refresh-turn.js';
import { tokenContext } from './sealed-tokens.js';
import { secretContext } from './subscription-url.js';

/**
 * Seals every stored token and webhook secret again with the first of SECRET_KEYS, so that the earlier keys can be taken away. May run while
 * the program works. Running it again changes nothing. Returns how many records were resealed. Throws `UnsealableError` when an envelope
 * needs a key that is not in the list, and when a refresh does not end; what was resealed before stays so.
 */
export async function rotateKeys(deps: { store: Store; sealer: Sealer; clock: Clock }): Promise<number> {
  const { store, sealer } = deps;
  let resealed = 0;
  for (const { id: firm } of await store.firms.list('*')) {
    for (const { id } of await store.connections.list(firm)) {
      if (await betweenRefreshes(deps, firm, id)) resealed += 1;
    }
    for (const { id } of await store.subscriptions.list(firm)) {
      const before = await store.subscriptions.get(firm, id);
      const after = await changeRecord(store.subscriptions, firm, id, (record) => resealedSecrets(sealer, record));
      if (before?.version !== after?.version) resealed += 1;
    }
  }
  return resealed;
}

const WAIT_MS = 250;
const WAITS = 300;

/** In the refresh's own turn: it recognises its token by the envelope, so an envelope must not change while a vendor is being asked. */
async function betweenRefreshes(deps: { store: Store; sealer: Sealer; clock: Clock }, firm: string, id: string): Promise<boolean> {
  for (let wait = 0; wait < WAITS; wait += 1) {
    const turn = await takeTurn(deps, firm, id);
    if (turn) {
      try {
        const before = await deps.store.connections.get(firm, id);
        const after = await changeRecord(deps.store.connections, firm, id, (record) => resealedTokens(deps.sealer, record));
        return before?.version !== after?.version;
      } finally {
        await endTurn(deps, turn);
      }
    }
    await deps.clock.sleep(WAIT_MS);
  }
  throw new Error(`The token of ${firm} ${id} is being renewed and does not come to an end; run the command again`);
}

function resealedTokens(sealer: Sealer, record: ConnectionRecord): Partial<ConnectionRecord> | null {
  const { accessToken, refreshToken, previousRefreshToken } = record;
  if (![accessToken, refreshToken, previousRefreshToken].some((each) => isOld(sealer, each))) return null;
  return {
    accessToken: again(sealer, accessToken, tokenContext(record, 'accessToken')),
    refreshToken: refreshToken && again(sealer, refreshToken, tokenContext(record, 'refreshToken')),
    previousRefreshToken: previousRefreshToken && again(sealer, previousRefreshToken, tokenContext(record, 'previousRefreshToken')),
  };
}

function resealedSecrets(sealer: Sealer, record: SubscriptionRecord): Partial<SubscriptionRecord> | null {
  const { firm, model, secret, previousSecret } = record;
  if (![secret, previousSecret].some((each) => isOld(sealer, each))) return null;
  return {
    secret: secret && again(sealer, secret, secretContext(firm, model, 'secret')),
    previousSecret: previousSecret && again(sealer, previousSecret, secretContext(firm, model, 'previousSecret')),
  };
}

/** An ended connection keeps no token, only an empty place. */
const isOld = (sealer: Sealer, envelope: string | null): boolean => envelope !== null && envelope !== '' && sealer.needsReseal(envelope);

const again = (sealer: Sealer, envelope: string, context: string): string => (isOld(sealer, envelope) ? sealer.seal(sealer.open(envelope, context), context) : envelope);
