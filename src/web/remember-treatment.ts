import { remembering } from '../core/credit-treatment.js';
import { instantOf } from '../http/clock.js';
import { markAsked } from '../jobs/mark-kinds.js';
import type { LinkRecord } from '../store/records.js';
import { furtherOf, newestRoute } from '../store/route-of.js';
import { newestSettings } from '../store/settings-of.js';
import { parseSettings } from '../store/settings-schema.js';
import type { WebDeps } from './deps.js';
import { namesWhenSeveral } from './organisations/organisation-list.js';
import { saveSettings } from './save-settings.js';

type Deps = Pick<WebDeps, 'store' | 'clock'>;

/**
 * An answer to what a credit is may be meant for all credits of the client, or of the firm: then it is kept as a setting of the organisation the
 * bill is in, and answers the others there.
 */
export async function rememberTreatment(deps: Deps, { firm, by, billId, choice }: { firm: string; by: string; billId: string; choice: string }): Promise<void> {
  const bill = await deps.store.links.get(firm, mainOf(billId));
  const route = (await newestRoute(deps.store, firm))?.route;
  const placeOf = (link: LinkRecord | undefined) => (link && link.organisationId !== '' ? furtherOf(route, link.organisationId) : null);
  const further = placeOf(bill);
  const newest = await newestSettings(deps.store, firm, further);
  const body = newest ? remembering(parseSettings(newest.body), choice, bill?.clientId ?? null) : null;
  if (!newest || !body) return;
  const of = choice.endsWith(':client') ? ` of ${bill?.shown?.clientName ?? 'a client'}` : '';
  const where = further === null ? '' : ` in ${(await namesWhenSeveral(deps.store, firm))?.get(further) ?? 'its organisation'}`;
  await saveSettings(deps, { firm, further, by, body, note: `chose how credits${of} are treated${where}`, after: newest.id });
  const asked = await billsAsked(deps, firm);
  await deps.store.marks.want(asked.filter((link) => placeOf(link) === further).flatMap((link) => (link.clioId === null ? [] : [markAsked(firm, link.clioId)])), instantOf(deps.clock));
}

async function billsAsked({ store }: Deps, firm: string): Promise<LinkRecord[]> {
  const open = await store.holds.list(firm, { index: 'open', value: 'open' });
  const asked = open.filter((hold) => hold.reason === 'CREDIT_TREATMENT_NEEDED').map((hold) => mainOf(hold.billId));
  return store.links.getMany(firm, [...new Set(asked)]);
}

const mainOf = (billId: string): string => `bill:${billId}:main`;
