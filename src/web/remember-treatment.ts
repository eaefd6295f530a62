import { remembering } from '../core/credit-treatment.js';
import { instantOf } from '../http/clock.js';
import { markAsked } from '../jobs/mark-kinds.js';
import { parseSettings } from '../store/settings-schema.js';
import type { WebDeps } from './deps.js';
import { saveSettings } from './save-settings.js';

/** An answer to what a credit is may be meant for all credits of the client, or of the firm: then it is kept as a setting, and answers the others. */
export async function rememberTreatment(deps: Pick<WebDeps, 'store' | 'clock'>, { firm, by, billId, choice }: { firm: string; by: string; billId: string; choice: string }): Promise<void> {
  const [newest] = await deps.store.settings.list(firm, { newestFirst: true, limit: 1 });
  const bill = await deps.store.links.get(firm, `bill:${billId}:main`);
  const body = newest ? remembering(parseSettings(newest.body), choice, bill?.clientId ?? null) : null;
  if (!newest || !body) return;
  await saveSettings(deps, { firm, by, body, note: `chose how credits ${choice.endsWith(':client') ? `of ${bill?.shown?.clientName ?? 'a client'} ` : ''}are treated`, after: newest.id });
  const open = await deps.store.holds.list(firm, { index: 'open', value: 'open', limit: 5_000 });
  const asked = open.filter((hold) => hold.reason === 'CREDIT_TREATMENT_NEEDED').map((hold) => hold.billId);
  await deps.store.marks.want([...new Set(asked)].map((id) => markAsked(firm, id)), instantOf(deps.clock));
}
