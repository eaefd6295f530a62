import { createHash } from 'node:crypto';
import { changeRecord } from '../../connections/change-record.js';
import { instantOf } from '../../http/clock.js';
import { StaleError, TakenError } from '../../store/collection.js';
import type { MarkRequest } from '../../store/store.js';
import type { WebDeps } from '../deps.js';
import { countDelivery } from '../metrics.js';

const KEPT_MS = 31 * 86_400_000;
/** One act of a person sends several notices, and a batch of ours fifty: what comes within this time is read once, together. */
const GATHER_MS = 2_000;

export interface Delivery {
  /** The firm it is for; `*` for Xero, whose deliveries may speak of several. */
  firm: string;
  vendor: 'clio' | 'xero';
  subscription: string;
  rawBody: Buffer;
  marks: MarkRequest[];
}

/**
 * Makes a delivery durable: its marks and its record. A repeat is the same record and marks again, because looking twice is harmless
 * and not looking is not. Only after this resolves may the vendor be told that we have it.
 */
export async function keepDelivery(deps: Pick<WebDeps, 'store' | 'clock'>, delivery: Delivery): Promise<{ repeated: boolean }> {
  const now = instantOf(deps.clock);
  // The end of the running window, the same for all in it: notices that trickle in become due together and are read in one go.
  const notBefore = new Date((Math.floor(deps.clock.now() / GATHER_MS) + 1) * GATHER_MS).toISOString();
  const marks = delivery.marks.map((each) => ({ ...each, notBefore }));
  const [repeated] = await Promise.all([record(deps, delivery, now), marks.length > 0 ? deps.store.marks.want(marks, now) : undefined]);
  countDelivery(delivery.vendor, repeated ? 'repeated' : 'accepted');
  return { repeated };
}

async function record(deps: Pick<WebDeps, 'store' | 'clock'>, delivery: Delivery, now: string): Promise<boolean> {
  const id = createHash('sha256').update(`${delivery.vendor}\n${delivery.subscription}\n`).update(delivery.rawBody).digest('hex');
  const sweepAt = new Date(deps.clock.now() + KEPT_MS).toISOString();
  const marks = delivery.marks.map((each) => `${each.firm} ${each.kind}:${each.id}`);
  try {
    await deps.store.deliveries.insert({ firm: delivery.firm, id, vendor: delivery.vendor, receivedAt: now, repeats: 0, marks, sweepAt });
    return false;
  } catch (error) {
    if (!(error instanceof TakenError)) throw error;
    await countRepeat(deps, delivery.firm, id);
    return true;
  }
}

/** For the record only: of many repeats in one moment not all need be counted, and none may be refused for it. */
async function countRepeat({ store }: Pick<WebDeps, 'store'>, firm: string, id: string): Promise<void> {
  try {
    await changeRecord(store.deliveries, firm, id, (known) => ({ repeats: known.repeats + 1 }));
  } catch (error) {
    if (!(error instanceof StaleError)) throw error;
  }
}
