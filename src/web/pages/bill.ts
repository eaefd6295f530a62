import { Router } from 'express';
import { z } from 'zod';
import { parseBooks } from '../../store/books-schema.js';
import type { LinkRecord } from '../../store/records.js';
import { newestRoute } from '../../store/route-of.js';
import { billLinkOf, creditLinkOf, paymentLinkOf } from '../../sync/links-to-core.js';
import { owedBills, rowOf } from '../bill-rows.js';
import type { WebDeps } from '../deps.js';
import { page } from '../guard.js';
import { holdView } from '../hold-view.js';
import { notFound } from '../problem.js';
import { namesWhenSeveral, settingsPageOf } from '../organisations/organisation-list.js';
import { show } from '../shell.js';

const ClioId = z.string().regex(/^[0-9]{1,19}$/);
const Query = z.object({ fragment: z.literal('bill').optional().catch(undefined) });

/** One bill: both sides next to each other, its lines, the way each payment took, open questions, and what was done so far. */
export function bill(deps: WebDeps): Router {
  const router = Router();
  router.get('/bills/:clioBillId', page(deps, async (request, response, visitor) => {
    const id = ClioId.safeParse(request.params['clioBillId']);
    if (!id.success) throw notFound();
    const billId = id.data;
    const firm = visitor.firm.id;
    const { fragment } = Query.parse(request.query);
    const [links, holds, activity, marks] = await Promise.all([
      deps.store.links.list(firm, { index: 'bill', value: billId, limit: 500 }),
      deps.store.holds.list(firm, { index: 'bill', value: billId, limit: 100 }),
      deps.store.activity.list(firm, { index: 'bill', value: billId, newestFirst: true, limit: 50 }),
      deps.store.marks.owed(firm),
    ]);
    const owed = owedBills(marks);
    const main = links.find((link) => link.kind === 'bill' && link.role === 'main');
    const row = main ? rowOf(main, owed) : null;
    if (!row && !owed.has(billId)) throw notFound();

    if (fragment) response.set('x-pending', owed.has(billId) ? '1' : '0');
    const settingsPage = settingsPageOf((await newestRoute(deps.store, firm))?.route, main?.organisationId ?? '');
    const data = {
      billId,
      row,
      mayInclude: main?.reason === 'LEFT_OUT_BY_PERSON',
      supersedes: main?.supersedes ?? null,
      organisations: await namesWhenSeveral(deps.store, firm),
      address: `/bills/${billId}`,
      pending: owed.has(billId) ? 1 : 0,
      invoices: links.filter((link) => link.kind === 'bill').map((link) => ({ role: link.role, xeroId: link.xeroId, base: billLinkOf(link).base })),
      payments: links.filter((link) => link.kind === 'payment').map((link) => ({ ...paymentLinkOf(link), waiting: link.status === 'needs-you' })),
      credits: links.filter((link) => link.kind === 'credit').map(creditLinkOf),
      holds: holds.filter((hold) => hold.open).map((hold) => holdView(hold, settingsPage)),
      activity,
      rungWords: RUNG_WORDS,
      xeroUrl: main ? await invoiceUrl(deps, firm, main) : null,
      clioUrl: `${deps.clio.apps[visitor.region]?.baseUrl ?? ''}/nc/#/bills/${billId}`,
    };
    await show(deps, response, visitor, { view: fragment ? 'partials/bill-body' : 'bill', title: row ? `Bill ${row.shown.number}` : 'Bill', section: '/bills', data });
  }));
  return router;
}

/** Xero's deep link needs the organisation's short code (xero-api 8.1); null until the books were read. */
async function invoiceUrl(deps: WebDeps, firm: string, main: LinkRecord): Promise<string | null> {
  const record = main.xeroId === null ? undefined : await deps.store.books.get(firm, main.organisationId);
  return record ? `${xeroPages(deps.xero.app.apiUrl)}/app/${encodeURIComponent(parseBooks(record.body).organisation.shortCode)}/invoicing/view/${main.xeroId ?? ''}` : null;
}

/** Xero shows its pages on another host than its API; a stand-in shows both on one. */
const xeroPages = (apiUrl: string): string => (apiUrl === 'https://api.xero.com' ? 'https://go.xero.com' : apiUrl);

/** The rung of the ladder by which money that landed in Xero reached Clio. */
const RUNG_WORDS: Record<'marked-paid' | 'task' | 'inbox' | 'none', string> = {
  'marked-paid': 'Fully paid in Xero, so the bill was marked paid in Clio',
  task: 'A Clio task asks the biller to record it; it closes by itself',
  inbox: 'The inbox asks to record it in Clio; it closes by itself',
  none: 'Found on both sides and linked',
};
