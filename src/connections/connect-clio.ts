import type { Reason } from '../core/reasons.js';
import { instantOf } from '../http/clock.js';
import type { ClioUser } from '../clio/clio.js';
import { TakenError } from '../store/collection.js';
import type { ConnectionRecord, FirmRecord, Region } from '../store/records.js';
import { PRIORITY } from '../store/store.js';
import { changeRecord } from './change-record.js';
import { noteActivity } from './note-activity.js';
import type { ClioApp, ConnectionDeps } from './ports.js';
import { sealTokens, type TokenSet } from './sealed-tokens.js';

/** Work that waits for these may go on once Clio is connected. */
const WAITS_FOR_CLIO: readonly Reason[] = ['CONN_CLIO_LOST', 'CONN_CLIO_RIGHTS'];

export interface ClioConnected {
  firm: FirmRecord;
  user: ClioUser;
  /** The firm was not known before. */
  installed: boolean;
}

/**
 * Turns Clio's authorisation code into a firm and a connection. Installing again finds the firm, its links and settings as they were.
 * Throws `ServiceError`; nothing is stored then.
 */
export async function connectClio(deps: ConnectionDeps, request: { region: Region; app: ClioApp; code: string }): Promise<ClioConnected> {
  const tokens = await deps.clio.oauth.exchangeCode(request.app, request.code);
  const user = await deps.clio.clientFor(request.region, tokens.accessToken).whoAmI();
  const { firm, installed } = await rememberFirm(deps, request.region, user);
  await rememberConnection(deps, firm.id, user, tokens);

  const now = instantOf(deps.clock);
  const wanted = ['subscriptions:clio', ...(installed ? [] : ['catch-up:all'])];
  await deps.store.marks.want(
    wanted.map((each) => ({ firm: firm.id, kind: each.split(':')[0] ?? '', id: each.split(':')[1] ?? '', priority: PRIORITY.webhook })),
    now,
  );
  await deps.store.marks.unpark(firm.id, WAITS_FOR_CLIO, now);
  await noteActivity(deps, { firm: firm.id, by: user.name, what: 'connected-clio', text: `${user.name} connected Clio for ${firm.name}.` });
  return { firm, user, installed };
}

async function rememberFirm(deps: ConnectionDeps, region: Region, user: ClioUser): Promise<{ firm: FirmRecord; installed: boolean }> {
  const now = instantOf(deps.clock);
  const id = `${region}:${user.account.clioId}`;
  const person = { name: user.name, email: user.email, roles: user.roles, lastSeenAt: now };
  const update = () =>
    changeRecord(deps.store.firms, '*', id, (firm) => ({ name: user.account.name, people: { ...firm.people, [user.clioId]: person } }));

  const known = await update();
  if (known) return { firm: known, installed: false };
  const draft = { firm: '*', id, region, clioAccountId: user.account.clioId, name: user.account.name, timeZone: user.timeZone, installedAt: now };
  try {
    return { firm: await deps.store.firms.insert({ ...draft, people: { [user.clioId]: person } }), installed: true };
  } catch (error) {
    if (!(error instanceof TakenError)) throw error;
    const firm = await update();
    if (!firm) throw error;
    return { firm, installed: false };
  }
}

async function rememberConnection(deps: ConnectionDeps, firm: string, user: ClioUser, tokens: TokenSet): Promise<void> {
  const place = { firm, id: `clio:${user.clioId}` };
  const now = instantOf(deps.clock);
  const granted = { ...sealTokens(deps, place, tokens, null), state: 'live', stateReason: null, connectedAt: now } as const;
  // An answer without a refresh token means that the one we have stays good (Clio's FAQ; inferred for a second consent).
  const renew = (known: ConnectionRecord) => ({ ...granted, refreshToken: granted.refreshToken ?? known.refreshToken });
  if (await changeRecord(deps.store.connections, firm, place.id, renew)) return;
  const identity = { side: 'clio', userId: user.clioId, organisationId: null, organisationName: null, xeroConnectionId: null, scopes: [] } as const;
  try {
    await deps.store.connections.insert({ ...place, ...identity, scopes: [], ...granted });
  } catch (error) {
    if (!(error instanceof TakenError)) throw error;
    await changeRecord(deps.store.connections, firm, place.id, renew);
  }
}
