import type { BillTruth } from '../core/plan.js';
import type { Settings } from '../core/settings.js';
import type { LinkRecord } from '../store/records.js';
import { settingsVersions } from '../store/settings-of.js';
import { parseSettings } from '../store/settings-schema.js';
import type { SyncContext } from './firm-context.js';

/** Invoices open for longer than so many changes of the settings stay as they are. */
const VERSIONS = 20;

/** What an open invoice may have been made with, the newest first. */
export const earlierSettings = async ({ store, firm, further }: SyncContext): Promise<Settings[]> => (await settingsVersions(store, firm.id, further, VERSIONS)).map((version) => parseSettings(version.body));

/** Read only where somebody asked for an invoice to follow. */
export const settingsWhereAsked = async (context: SyncContext, links: LinkRecord[]): Promise<Settings[]> => (links.some((link) => link.remakeAskedAt) ? earlierSettings(context) : []);

/** What was asked about the bill's main invoice. */
export function remakeOf(links: LinkRecord[], earlier: Settings[]): BillTruth['remake'] {
  const at = links.find((link) => link.role === 'main')?.remakeAskedAt;
  return at ? { earlier, at } : null;
}
