import { changeRecord } from '../connections/change-record.js';
import { noteActivity } from '../connections/note-activity.js';
import { instantOf } from '../http/clock.js';
import { mark } from '../jobs/mark-kinds.js';
import type { SettingsPreview } from '../store/preview-schema.js';
import { PRIORITY } from '../store/store.js';
import type { WebDeps } from './deps.js';
import type { Visitor } from './guard.js';

/** Go before everything else, as somebody is watching; more than these would eat up the calls kept for people. */
const AT_ONCE = 50;

/**
 * Open invoices are to follow the settings just saved. Each is planned again on what both sides show then: what was paid or changed in Xero
 * since the preview stays. In review mode each waits for its own OK like every change.
 */
export async function askToFollow(deps: WebDeps, { firm, session }: Visitor, { effect }: Pick<SettingsPreview, 'effect'>): Promise<void> {
  const bills = (effect?.changed ?? []).filter((each) => each.canFollow);
  const at = instantOf(deps.clock);
  for (const { billId } of bills) await changeRecord(deps.store.links, firm.id, `bill:${billId}:main`, () => ({ remakeAskedAt: at }));
  await deps.store.marks.want(bills.map(({ billId }, index) => mark(firm.id, 'bill', billId, index < AT_ONCE ? PRIORITY.person : PRIORITY.webhook)), at);
  await noteActivity(deps, { firm: firm.id, by: session.name, what: 'invoices-to-follow', text: `${session.name} asked for ${bills.length === 1 ? 'one open invoice' : `${bills.length} open invoices`} to be made anew with the settings.` });
}
