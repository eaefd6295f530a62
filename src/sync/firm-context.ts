import type { Books } from '../core/books.js';
import type { Route } from '../core/route-bill.js';
import type { Settings } from '../core/settings.js';
import type { Clio } from '../clio/clio.js';
import type { Clock } from '../http/clock.js';
import type { Log } from '../http/logging.js';
import type { Held } from '../jobs/lease.js';
import { LeaseLostError } from '../store/collection.js';
import type { FirmRecord } from '../store/records.js';
import type { Store } from '../store/store.js';
import type { Xero } from '../xero/xero.js';

/** One firm, leased: everything its work needs. Only the holder of the lease has one. */
export interface FirmContext {
  firm: FirmRecord;
  held: Held;
  store: Store;
  clock: Clock;
  log: Log;
  clio: Clio;
  /** How bills are divided between several organisations; null for a firm that has one. */
  division: Division | null;
  /** Our address, for links back. */
  appUrl: string;
  /** Fresh unguessable ids for idempotency keys; a parameter so that tests can replay. */
  newId: () => string;
}

/** What keeping a record takes. */
export type Keeping = Pick<FirmContext, 'store' | 'clock' | 'newId'> & { firm: Pick<FirmRecord, 'id'>; held: Pick<Held, 'epoch'> };

export interface Division {
  route: Route;
  /** Ids of the organisations besides the one the firm began with, also of those that are disconnected. */
  further: string[];
  nameOf: (organisationId: string) => string;
}

/** At which of its organisations a firm is looked at: null for the one it began with, otherwise its id, which then stands in the ids of what is kept for it. */
interface Place {
  further: string | null;
}

/** A firm as far as it is connected: Xero may still be missing. */
export interface OpenFirm extends FirmContext, Place {
  xero: Xero | null;
  organisationId: string | null;
  /** Registers and repairs webhooks and custom actions. */
  subscribe: () => Promise<void>;
}

/** A firm that is connected on both sides and set up: its bills can be planned and carried out. */
export interface SyncContext extends FirmContext, Place {
  xero: Xero;
  organisationId: string;
  settings: Settings;
  books: Books;
}

export const nowOf = (context: { clock: Clock }): string => new Date(context.clock.now()).toISOString();

/** Stops work that outlived its lease or its process, right before something is sent, or kept that has no epoch yet to be refused by. */
export function stillHeld(context: { firm: Pick<FirmRecord, 'id'>; held: Pick<Held, 'signal' | 'inTime'> }): void {
  context.held.signal.throwIfAborted();
  if (!context.held.inTime()) throw new LeaseLostError(context.firm.id);
}
