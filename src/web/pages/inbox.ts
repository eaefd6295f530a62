import { Router } from 'express';
import { z } from 'zod';
import { changeRecord } from '../../connections/change-record.js';
import { noteActivity } from '../../connections/note-activity.js';
import type { Route } from '../../core/route-bill.js';
import { adviceOf, isReason, titleOf } from '../../core/reasons.js';
import { instantOf } from '../../http/clock.js';
import { markAsked } from '../../jobs/mark-kinds.js';
import type { HoldRecord, LinkRecord } from '../../store/records.js';
import { newestRoute } from '../../store/route-of.js';
import { safeBack } from '../back.js';
import type { WebDeps } from '../deps.js';
import { action, page } from '../guard.js';
import { askedIn, holdView } from '../hold-view.js';
import { settingsPageOf } from '../organisations/organisation-list.js';
import { rememberTreatment } from '../remember-treatment.js';
import { notFound, Problem } from '../problem.js';
import { show } from '../shell.js';

const SHOWN_AT_MOST = 500;
const Answer = z.object({ choice: z.string().min(1).max(200), asked: z.string().max(100), back: z.string().max(400).optional() });

/** Everything that needs a person, one heading per cause, and the answers they give. */
export function inbox(deps: WebDeps): Router {
  const router = Router();

  router.get('/inbox', page(deps, async (_request, response, visitor) => {
    const firm = visitor.firm.id;
    const holds = await deps.store.holds.list(firm, { index: 'open', value: 'open', limit: SHOWN_AT_MOST });
    const bills = await deps.store.links.getMany(firm, holds.map((hold) => `bill:${hold.billId}:main`));
    const route = (await newestRoute(deps.store, firm))?.route;
    const data = { causes: causesOf(holds, new Map(bills.map((link) => [link.clioId ?? '', link])), route), total: holds.length, shownAtMost: SHOWN_AT_MOST };
    await show(deps, response, visitor, { view: 'inbox', title: 'Inbox', section: '/inbox', data });
  }));

  router.post('/inbox/:id/answer', action(deps, 'bookkeeper', async (request, response, { firm, session }) => {
    const id = String(request.params['id']);
    const form = Answer.safeParse(request.body);
    const hold = await deps.store.holds.get(firm.id, id);
    if (!hold) throw notFound();
    const choice = form.success ? hold.choices.find((each) => each.id === form.data.choice) : undefined;
    const isAsked = (now: HoldRecord): boolean => now.open && askedIn(now) === form.data?.asked;
    if (!choice || !isAsked(hold)) throw outdated(hold.billId);

    if (hold.reason === 'CREDIT_TREATMENT_NEEDED') await rememberTreatment(deps, { firm: firm.id, by: session.name, billId: hold.billId, choice: choice.id });
    const kept = await changeRecord(deps.store.holds, firm.id, id, (now) => (isAsked(now) ? { answer: choice.id, answeredBy: session.name } : null));
    if (kept?.answer !== choice.id) throw outdated(hold.billId);
    await deps.store.marks.want([markAsked(firm.id, hold.billId)], instantOf(deps.clock));
    const title = isReason(hold.reason) ? titleOf(hold.reason, hold.facts) : hold.reason;
    await noteActivity(deps, { firm: firm.id, by: session.name, what: 'hold-answered', ...(hold.billId.startsWith('expense:') ? {} : { billId: hold.billId }), text: `${session.name} answered “${title}” with “${choice.label}”.` });
    response.redirect(303, safeBack(form.data?.back, deps.appUrl) === '/' ? '/inbox' : safeBack(form.data?.back, deps.appUrl));
  }));

  return router;
}

/** One open issue per cause, with the bills it hits: fixing the cause closes them all. */
function causesOf(holds: HoldRecord[], bills: Map<string, LinkRecord>, route: Route | undefined) {
  const causes = new Map<string, HoldRecord[]>();
  for (const hold of holds) causes.set(hold.reason, [...(causes.get(hold.reason) ?? []), hold]);
  const viewOf = (hold: HoldRecord) => holdView(hold, settingsPageOf(route, bills.get(hold.billId)?.organisationId ?? ''));
  return [...causes].map(([reason, hit]) => ({
    reason,
    title: isReason(reason) ? titleOf(reason, sharedFacts(hit)) : 'Something we did not expect',
    advice: isReason(reason) ? adviceOf(reason, sharedFacts(hit)) : '',
    // One button for all where all are cured on one page, else one beside each.
    settingsAt: oneOf(hit.map((hold) => viewOf(hold).settingsAt)),
    holds: hit.map((hold) => ({ ...viewOf(hold), bill: bills.get(hold.billId)?.shown ?? null })),
  }));
}

const oneOf = (pages: (string | null)[]): string | null => (new Set(pages).size === 1 ? (pages[0] ?? null) : null);

/** Facts that are the same for every record hit may stand in the heading; the others stand as "…". */
function sharedFacts(holds: HoldRecord[]): Record<string, string> {
  const [first, ...others] = holds.map((hold) => hold.facts);
  return Object.fromEntries(Object.entries(first ?? {}).filter(([name, value]) => others.every((facts) => facts[name] === value)));
}

const outdated = (billId: string) =>
  new Problem({ status: 409, title: 'This question has changed', text: 'It was answered or solved meanwhile, or its figures or choices are different now. Nothing was changed; look at it again.', action: { label: 'Open the bill', href: `/bills/${billId}` } });
