import type { Clio } from '../clio/clio.js';
import { whyLost } from '../connections/notice-removal.js';
import type { Reason } from '../core/reasons.js';
import type { Settings } from '../core/settings.js';
import type { Priority as CallPriority } from '../http/budget.js';
import type { Clock } from '../http/clock.js';
import type { Log } from '../http/logging.js';
import type { Held } from '../jobs/lease.js';
import { parseBooks } from '../store/books-schema.js';
import { newestSettings } from '../store/settings-of.js';
import { parseSettings } from '../store/settings-schema.js';
import type { Store } from '../store/store.js';
import type { Xero } from '../xero/xero.js';
import { divisionOf } from './division.js';
import type { OpenFirm, SyncContext } from './firm-context.js';
import { refreshBooks } from './refresh-books.js';

export interface FirmDeps {
  store: Store;
  clock: Clock;
  log: Log;
  appUrl: string;
  newId: () => string;
  /** Authenticated clients of a firm; null while it is not connected on that side. `mayWrite`: asked as each write leaves. */
  clioOf: (firm: string, priority: CallPriority, mayWrite: () => boolean) => Promise<Clio | null>;
  /** `organisationId`: which of several; null for a firm that has one. */
  xeroOf: (firm: string, priority: CallPriority, organisationId: string | null, mayWrite: () => boolean) => Promise<{ xero: Xero; organisationId: string } | null>;
  subscribe: (firm: string, clio: Clio) => Promise<void>;
}

/** A write can wait long for a new token or for its turn, and the firm may be another's by then. */
const mayWrite = (held: Held) => (): boolean => !held.signal.aborted && held.inTime();

/** The firm as far as it is connected, at the organisation it began with; undefined when it is gone or Clio is not connected. */
export async function openFirm(deps: FirmDeps, held: Held, priority: CallPriority): Promise<OpenFirm | undefined> {
  const firm = await deps.store.firms.get('*', held.firm);
  const clio = await deps.clioOf(held.firm, priority, mayWrite(held));
  if (!firm || !clio) return undefined;
  const division = await divisionOf(deps.store, held.firm);
  const connected = await deps.xeroOf(held.firm, priority, division?.route.home ?? null, mayWrite(held));
  return {
    firm,
    held,
    store: deps.store,
    clock: deps.clock,
    log: deps.log,
    appUrl: deps.appUrl,
    newId: deps.newId,
    clio,
    division,
    further: null,
    xero: connected?.xero ?? null,
    organisationId: connected?.organisationId ?? division?.route.home ?? null,
    subscribe: () => deps.subscribe(held.firm, clio),
  };
}

/** The same firm at each of its further organisations, also while one is disconnected; none for most firms. */
export async function atFurtherOrganisations(deps: FirmDeps, home: OpenFirm, priority: CallPriority): Promise<OpenFirm[]> {
  const places: OpenFirm[] = [];
  for (const organisationId of home.division?.further ?? []) {
    const connected = await deps.xeroOf(home.firm.id, priority, organisationId, mayWrite(home.held));
    places.push({ ...home, xero: connected?.xero ?? null, organisationId, further: organisationId });
  }
  return places;
}

/**
 * Why a firm that was set up before cannot reach Xero now; null when it can, or was never set up. Its bills wait then: showing them without
 * their invoices, as before set-up, would tell people that these are gone.
 */
export async function lostXero(context: OpenFirm): Promise<Reason | null> {
  if (context.xero) return null;
  if (!(await newestSettings(context.store, context.firm.id, context.further))) return null;
  const ours = (organisationId: string | null) => context.organisationId === null || organisationId === context.organisationId;
  const waiting = (await context.store.connections.list(context.firm.id)).find((each) => each.side === 'xero' && each.state === 'needs-reauth' && ours(each.organisationId));
  return waiting ? whyLost(waiting) : 'ORG_NOT_CONNECTED';
}

/** The firm ready for bills: connected to Xero, set up, books at hand; undefined when set-up is not finished. */
export async function readyToSync(context: OpenFirm): Promise<SyncContext | undefined> {
  const newest = await newestSettings(context.store, context.firm.id, context.further);
  return newest && readyToTry(context, parseSettings(newest.body));
}

/** The same with settings that need not be in force: for plans that are shown and not carried out. */
export async function readyToTry(context: OpenFirm, settings: Settings): Promise<SyncContext | undefined> {
  const { store, firm, xero, organisationId } = context;
  if (!xero || organisationId === null) return undefined;
  if (!(await store.books.get(firm.id, organisationId))) await refreshBooks(context);
  const kept = await store.books.get(firm.id, organisationId);
  return kept && { ...context, xero, organisationId, settings, books: parseBooks(kept.body) };
}
