import { mark } from '../jobs/mark-kinds.js';
import { PRIORITY, type Priority } from '../store/store.js';
import { nowOf, type FirmContext } from './firm-context.js';
import { DAY_LEFT } from '../jobs/catch-up-pace.js';
import { readAwaitedBooks } from './awaited-books.js';
import { billsOfInvoices } from './bills-of.js';
import { rememberStrays } from './stray-invoices.js';
import { rememberUnannounced } from './unannounced.js';
import type { Xero } from '../xero/xero.js';

/** Read again what changed shortly before the cursor: clocks differ, and both vendors' lists may lag. */
const OVERLAP_MS = 5 * 60_000;
/** A firm's organisations are looked at one after the other, and the next look comes no sooner than this. */
const SAME_LOOK_MS = 5 * 60_000;

/**
 * Marks every bill that changed on either side since the cursors. A cursor moves only after everything it covers is marked, and it
 * moves to the vendor's own clock as it stood before the first page. `everything` marks all bills whatever the cursor says.
 */
export async function catchUp(context: FirmContext & { xero: Xero | null; organisationId: string | null }, options: { everything: boolean }): Promise<void> {
  await sweep(context, 'clio:bills', async (since) => {
    if (since === null || options.everything) return { bills: await context.clio.allBillIds(), asOf: nowOf(context), priority: PRIORITY.history };
    const { ids, asOf } = await context.clio.billIdsChangedSince(since);
    return { bills: ids, asOf, priority: PRIORITY.sweep };
  });
  await sweep(context, 'clio:allocations', async (since) => {
    if (since === null) return { bills: [], asOf: nowOf(context), priority: PRIORITY.sweep };
    const { allocations, asOf } = await context.clio.allocationsChangedSince(since);
    return { bills: allocations.flatMap((each) => each.billId ?? []), asOf, priority: PRIORITY.sweep };
  });
  await catchUpXero(context);
}

/** What changed in this organisation. */
export async function catchUpXero(context: FirmContext & { xero: Xero | null; organisationId: string | null }): Promise<void> {
  const { xero, organisationId } = context;
  if (!xero || organisationId === null) return;
  await sweep(context, `xero:${organisationId}:invoices`, async (since) => {
    if (since === null) return { bills: [], asOf: nowOf(context), priority: PRIORITY.sweep };
    const { invoices, asOf } = await xero.invoicesChangedSince(since);
    await rememberStrays(context, organisationId, invoices);
    return { bills: await billsOfInvoices(context, organisationId, invoices.map((each) => each.xeroId)), asOf, priority: PRIORITY.sweep };
  });
  await sweep(context, `xero:${organisationId}:payments`, async (since) => {
    if (since === null) return { bills: [], asOf: nowOf(context), priority: PRIORITY.sweep };
    const { payments, asOf } = await xero.paymentsChangedSince(since);
    return { bills: await billsOfInvoices(context, organisationId, payments.map((each) => each.invoiceId)), asOf, priority: PRIORITY.sweep };
  });
  await readAwaitedBooks({ ...context, xero, organisationId });
  await rememberDayLeft(context, xero);
}

interface Swept {
  bills: string[];
  asOf: string;
  priority: Priority;
}

async function sweep(context: FirmContext, cursorId: string, read: (since: string | null) => Promise<Swept>): Promise<void> {
  const { store, firm, held } = context;
  const cursor = await store.cursors.get(firm.id, cursorId);
  const since = cursor ? new Date(Date.parse(cursor.at) - OVERLAP_MS).toISOString() : null;
  const swept = await read(since);
  if (since !== null && swept.priority !== PRIORITY.history) await rememberUnannounced(context, [...new Set(swept.bills)], since);
  await store.marks.want([...new Set(swept.bills)].map((id) => mark(firm.id, 'bill', id, swept.priority)), nowOf(context));
  if (cursor) await store.cursors.replace({ ...cursor, at: swept.asOf }, held.epoch);
  else await store.cursors.insert({ firm: firm.id, id: cursorId, at: swept.asOf, position: null }, held.epoch);
}

/** For the pace of the next looks. Of several organisations the one with least left counts. */
async function rememberDayLeft(context: FirmContext, xero: Xero): Promise<void> {
  const { store, firm, held, division } = context;
  const share = xero.dayShareLeft();
  if (share === null) return;
  const known = await store.cursors.get(firm.id, DAY_LEFT);
  const sameLook = division !== null && known !== undefined && context.clock.now() - Date.parse(known.at) < SAME_LOOK_MS;
  const left = Math.min(Math.floor(share * 100), sameLook ? Number(known.position) : 100);
  const next = { at: nowOf(context), position: String(left) };
  if (known) await store.cursors.replace({ ...known, ...next }, held.epoch);
  else await store.cursors.insert({ firm: firm.id, id: DAY_LEFT, ...next }, held.epoch);
}
