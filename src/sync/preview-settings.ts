import type { BillTruth } from '../core/plan.js';
import { planBill } from '../core/plan-bill.js';
import type { Settings } from '../core/settings.js';
import { settingsEffect } from '../core/settings-effect.js';
import { parsePreview, PREVIEW_ID, type SettingsPreview } from '../store/preview-schema.js';
import { fingerprint } from '../store/settings-schema.js';
import { nowOf, stillHeld, type OpenFirm, type SyncContext } from './firm-context.js';
import { keepRun } from './keep-run.js';
import { readyToSync } from './open-firm.js';
import { earlierSettings } from './remakes.js';
import { readBothSides } from './read-both-sides.js';

const BATCH = 50;
/** Newest open invoices that are looked at: more would keep the person waiting. */
const MOST_BILLS = 300;

/** Plans the firm's open invoices with settings that somebody wants to save, and keeps what would differ. Nothing is written at Clio or Xero. */
export async function previewSettings(open: OpenFirm): Promise<void> {
  const context = await readyToSync(open);
  const run = await open.store.runs.get(open.firm.id, PREVIEW_ID);
  if (!context || !run) return;
  const wanted = parsePreview(run.result);
  const ids = await openInvoices(context);
  const earlier = await earlierSettings(context);
  const changed: NonNullable<SettingsPreview['effect']>['changed'] = [];
  for (let from = 0; from < ids.length; from += BATCH) {
    stillHeld(context);
    for (const { truth } of await readBothSides(context, ids.slice(from, from + BATCH), new Set())) {
      const says = settingsEffect(truth, context.settings, wanted.settings);
      const follows = canFollow(truth, earlier, wanted.settings);
      if (says.length > 0 || follows) changed.push({ billId: truth.bill.clioId, number: truth.bill.number, client: truth.bill.client?.name ?? '', says: says.length > 0 ? says : ['stands as earlier settings made it'], canFollow: follows });
    }
  }
  const newest = await open.store.runs.get(open.firm.id, PREVIEW_ID);
  // Somebody asked for another preview meanwhile: its own mark brings its own answer.
  if (!newest || fingerprint(parsePreview(newest.result).settings) !== fingerprint(wanted.settings)) return;
  await keepRun(context, { id: PREVIEW_ID, kind: 'preview', startedAt: newest.startedAt, endedAt: nowOf(context), result: { ...wanted, effect: { looked: ids.length, changed } } });
}

/** Planned as it will be when the person asks for it. */
function canFollow(truth: BillTruth, earlier: Settings[], settings: Settings): boolean {
  return planBill({ ...truth, settings, remake: { earlier, at: WHENEVER } }).steps.some((step) => step.do === 'update-invoice');
}
const WHENEVER = '9999-12-31T23:59:59.999Z';

async function openInvoices(context: SyncContext): Promise<string[]> {
  const links = await context.store.links.list(context.firm.id, { index: 'kind', value: 'bill', limit: 20_000 });
  const sent = links.filter((link) => link.role === 'main' && link.xeroId !== null && link.organisationId === context.organisationId && OPEN.has(link.shown?.xeroState ?? ''));
  return sent.sort((a, b) => (b.shown?.issuedOn ?? '').localeCompare(a.shown?.issuedOn ?? '')).slice(0, MOST_BILLS).flatMap((link) => link.clioId ?? []);
}

/** Paid and voided invoices stay as they are, whatever the settings say. */
const OPEN: ReadonlySet<string> = new Set(['draft', 'submitted', 'authorised']);
