import { Router } from 'express';
import { z } from 'zod';
import { noteActivity } from '../../connections/note-activity.js';
import { instantOf } from '../../http/clock.js';
import { mark, markAsked } from '../../jobs/mark-kinds.js';
import { STATUSES } from '../../store/records.js';
import { PRIORITY, type MarkRequest, type Store } from '../../store/store.js';
import { addressOf } from '../address.js';
import { billCounts, billRows, type BillFilter, type BillRow } from '../bill-rows.js';
import type { WebDeps } from '../deps.js';
import { action, page } from '../guard.js';
import { namesWhenSeveral } from '../organisations/organisation-list.js';
import { show } from '../shell.js';

const clioId = z.string().regex(/^[0-9]{1,19}$/);
const blankAsMissing = z.literal('').transform(() => undefined);
const Filter = z.object({
  status: z.enum(STATUSES).or(blankAsMissing).optional().catch(undefined),
  matter: clioId.or(blankAsMissing).optional().catch(undefined),
  client: clioId.or(blankAsMissing).optional().catch(undefined),
  search: z.string().trim().max(100).optional().catch(undefined),
});
const Query = Filter.extend({ after: z.string().max(100).optional().catch(undefined), fragment: z.literal('rows').optional().catch(undefined) });
const costSubject = z.string().regex(/^expense:[\w:@-]{1,120}$/);
const SyncForm = Filter.extend({ bill: z.union([clioId, costSubject]).optional(), from: z.enum(['list', 'bill']).default('list') });

/** The list everything starts from, and the button "Sync with Xero" for one bill or for all the list shows. */
export function bills(deps: WebDeps): Router {
  const router = Router();

  router.get('/bills', page(deps, async (request, response, visitor) => {
    const { after, fragment, ...filter } = Query.parse(request.query);
    const firm = visitor.firm.id;
    const { rows, next } = await billRows(deps.store, firm, filter, after);
    const counts = await billCounts(deps.store, firm);
    const pending = rows.filter((row) => row.pending).length + (await wider(deps.store, firm, filter));
    if (fragment) response.set('x-pending', String(pending));
    const data = {
      rows,
      organisations: await namesWhenSeveral(deps.store, firm),
      filter,
      about: aboutOf(rows, filter),
      address: addressOf('/bills', { ...filter, after }),
      next: next === null ? null : addressOf('/bills', { ...filter, after: next }),
      pending,
      tabs: STATUSES.map((status) => ({ status, count: counts[status], href: addressOf('/bills', { status }) })),
    };
    await show(deps, response, visitor, { view: fragment ? 'partials/bill-list' : 'bills', title: 'Bills', section: '/bills', data });
  }));

  router.post('/bills/sync', action(deps, 'bookkeeper', async (request, response, { firm, session }) => {
    const { bill, from, ...filter } = SyncForm.parse(request.body);
    const wanted = bill === undefined ? await marksForAll(deps.store, firm.id, filter) : [markAsked(firm.id, bill)];
    await deps.store.marks.want(wanted, instantOf(deps.clock));
    const what = bill === undefined ? `${session.name} pressed “Sync with Xero” on a list of bills.` : `${session.name} pressed “Sync with Xero”.`;
    await noteActivity(deps, { firm: firm.id, by: session.name, what: 'sync-asked', text: what, ...(bill === undefined || isCost(bill) ? {} : { billId: bill }) });
    if (bill !== undefined && isCost(bill)) {
      response.redirect(303, '/inbox');
      return;
    }
    const back = from === 'bill' && bill !== undefined ? `/bills/${bill}` : addressOf('/bills', filter);
    // The part after # brings people back to where they were in a long list.
    response.redirect(303, bill === undefined ? back : `${back}#sync-${bill}`);
  }));

  return router;
}

/** "Try again" stands beside questions about costs too. */
const isCost = (subject: string): boolean => subject.startsWith('expense:');

/** Whose bills these are, when they are one matter's or one client's: its name, and the client's beside a matter. */
function aboutOf(rows: BillRow[], filter: BillFilter): { name: string; client: string } | null {
  const [first] = rows;
  if (!first || (filter.matter === undefined && filter.client === undefined)) return null;
  const matter = filter.matter === undefined ? undefined : first.shown.matters[first.matterIds.indexOf(filter.matter)];
  return { name: matter ?? first.shown.clientName, client: matter === undefined ? '' : first.shown.clientName };
}

/** Everything the list shows and, because there may be bills we never saw, the matter, client or firm as a whole. */
async function marksForAll(store: Store, firm: string, filter: BillFilter): Promise<MarkRequest[]> {
  const wanted: MarkRequest[] = [];
  let after: string | undefined;
  do {
    const { rows, next } = await billRows(store, firm, filter, after);
    const unsettled = rows.filter((row) => row.status !== 'up-to-date' && row.status !== 'left-out');
    wanted.push(...unsettled.map((row) => mark(firm, 'send', row.billId, PRIORITY.person)));
    after = next ?? undefined;
  } while (after !== undefined);
  if (filter.matter !== undefined) return [...wanted, mark(firm, 'matter', filter.matter, PRIORITY.person)];
  if (filter.client !== undefined) return [...wanted, mark(firm, 'contact', filter.client, PRIORITY.person)];
  return [...wanted, mark(firm, 'catch-up', 'all', PRIORITY.person)];
}

/** Owed work of a person that may bring further bills into this list. */
async function wider(store: Store, firm: string, filter: BillFilter): Promise<number> {
  const owed = (await store.marks.owed(firm)).filter((each) => each.priority === PRIORITY.person);
  const about = (kind: string, id: string | undefined) => owed.filter((each) => each.kind === kind && each.id === id).length;
  if (filter.matter !== undefined) return about('matter', filter.matter);
  if (filter.client !== undefined) return about('contact', filter.client);
  return about('catch-up', 'all');
}
