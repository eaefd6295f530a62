import type { Settings } from '../core/settings.js';
import { instantOf } from '../http/clock.js';
import { mark } from '../jobs/mark-kinds.js';
import { parsePreview, PREVIEW_ID, type SettingsPreview } from '../store/preview-schema.js';
import { PRIORITY, type Store } from '../store/store.js';
import type { WebDeps } from './deps.js';
import type { Visitor } from './guard.js';
import { replaceRun } from './replace-run.js';

/** Asks the worker what these settings would make of invoices that were sent; they are in force nowhere. */
export async function askForPreview(deps: WebDeps, { firm, session }: Visitor, wanted: { settings: Settings; after: string; note: string }): Promise<void> {
  const now = instantOf(deps.clock);
  const result: SettingsPreview = { ...wanted, by: session.userId, effect: null };
  await replaceRun(deps.store, { firm: firm.id, id: PREVIEW_ID, kind: 'preview', startedAt: now, endedAt: null, result });
  await deps.store.marks.want([mark(firm.id, 'dry-run', PREVIEW_ID, PRIORITY.person)], now);
}

export async function previewOf(store: Store, firm: string): Promise<SettingsPreview | null> {
  const run = await store.runs.get(firm, PREVIEW_ID);
  return run ? parsePreview(run.result) : null;
}

/** Whether any invoice was sent that is still open. */
export async function hasSent(store: Store, firm: string): Promise<boolean> {
  const links = await store.links.list(firm, { index: 'kind', value: 'bill', limit: 20_000 });
  return links.some((link) => link.xeroId !== null && (link.shown?.xeroState === 'authorised' || link.shown?.xeroState === 'draft' || link.shown?.xeroState === 'submitted'));
}
