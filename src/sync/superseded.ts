import type { Bill } from '../core/bill.js';
import type { LinkRecord } from '../store/records.js';
import type { SyncContext } from './firm-context.js';

/**
 * Clio lets a bill be issued again under the number of one that was voided. Looked for once, when the new one has its invoice: the older had given
 * its number up by then, and shows so.
 */
export async function superseded({ store, firm }: SyncContext, record: LinkRecord, bill: Bill): Promise<Pick<LinkRecord, 'supersedes'>> {
  if (record.xeroId === null || record.supersedes !== undefined || bill.client === null) return {};
  const ofClient = await store.links.list(firm.id, { index: 'client', value: bill.client.clioId });
  const over = ofClient.filter((link) => link.kind === 'bill' && link.role === 'main' && link.clioId !== bill.clioId && link.shown?.number === bill.number && ENDED.has(link.shown.clioState));
  return { supersedes: over.sort((a, b) => b.updatedAt.localeCompare(a.updatedAt))[0]?.clioId ?? null };
}

const ENDED = new Set(['void', 'deleted']);
