import { sentence } from '../core/reasons.js';
import { settingsId, settingsVersions, versionOf } from '../store/settings-of.js';
import { note } from './activity.js';
import type { BillWork } from './bill-work.js';
import { nowOf, type SyncContext } from './firm-context.js';

/**
 * Two syncs at work on one organisation would send every bill twice: everything is paused, by a version of the settings, until an administrator
 * resumes. A question that stands open already has paused the firm once, and does not do so again.
 */
export async function pauseForNativeSync(context: SyncContext, works: BillWork[]): Promise<SyncContext> {
  const found = works.flatMap((work) => work.plan.holds.filter((each) => each.reason === 'NATIVE_SYNC_ACTIVE').map((question) => ({ question, billId: work.truth.bill.clioId })));
  const known = await Promise.all(found.map(({ billId }) => context.store.holds.get(context.firm.id, `${billId}:bill`)));
  const fresh = found.find((_each, index) => !(known[index]?.open === true && known[index].reason === 'NATIVE_SYNC_ACTIVE'));
  if (!fresh || context.settings.mode === 'paused') return context;
  const settings = { ...context.settings, mode: 'paused' as const };
  const [newest] = await settingsVersions(context.store, context.firm.id, context.further, 1);
  const id = settingsId(context.further, (newest ? versionOf(newest.id) : 0) + 1);
  await context.store.settings.insert({ firm: context.firm.id, id, body: settings, by: 'Tieout', at: nowOf(context), note: 'paused everything, as another sync seems to write to Xero' }, context.held.epoch);
  await note(context, { what: 'paused', text: sentence('NATIVE_SYNC_ACTIVE', fresh.question.facts), billId: fresh.billId });
  return { ...context, settings };
}
