import { Router, type Response } from 'express';
import { z } from 'zod';
import { noteActivity } from '../../connections/note-activity.js';
import type { Route } from '../../core/route-bill.js';
import { instantOf } from '../../http/clock.js';
import { mark } from '../../jobs/mark-kinds.js';
import { TakenError } from '../../store/collection.js';
import { parseFirmLists } from '../../store/firm-lists-schema.js';
import { newestRoute, routeId, routeVersions } from '../../store/route-of.js';
import { versionOf } from '../../store/settings-of.js';
import { PRIORITY } from '../../store/store.js';
import type { WebDeps } from '../deps.js';
import { action, page, type Visitor } from '../guard.js';
import { organisationList } from '../organisations/organisation-list.js';
import { clientsOf, readRoute, rowsOf, type RuleRow } from '../organisations/route-form.js';
import { Problem } from '../problem.js';
import { show } from '../shell.js';

const VERSIONS_SHOWN = 20;
const Seen = z.object({ version: z.string().regex(/^\d{1,6}$/).transform(Number) });

/** The firm's Xero organisations, and the rules that send each bill to one of them. */
export function organisations(deps: WebDeps): Router {
  const router = Router();

  router.get('/organisations', page(deps, (_request, response, visitor) => showOrganisations(deps, response, visitor, null)));

  router.post('/organisations', action(deps, 'admin', async (request, response, visitor) => {
    const firm = visitor.firm.id;
    const found = await newestRoute(deps.store, firm);
    const seen = Seen.safeParse(request.body);
    if (!found || !seen.success) throw nothingToDivide();
    const organisationIds = (await organisationList(deps.store, firm)).map((each) => each.organisationId);
    const entered = readRoute(request.body, found.route, { organisationIds, clients: await clientsOf(deps.store, firm) });
    if (entered.wrong.size > 0) {
      await showOrganisations(deps, response, visitor, entered);
      return;
    }
    await save(deps, visitor, entered.route, seen.data.version + 1);
    response.redirect(303, '/organisations');
  }));

  return router;
}

/** A new version; bills that were not sent yet are looked at again. */
async function save(deps: WebDeps, { firm, session }: Visitor, body: Route, version: number): Promise<void> {
  const rules = body.rules.length === 1 ? 'one rule' : `${body.rules.length} rules`;
  const note = `${rules}; other bills ${body.otherwise === null ? 'wait for a rule' : 'go to one organisation'}`;
  try {
    await deps.store.settings.insert({ firm: firm.id, id: routeId(version), body, by: session.name, at: instantOf(deps.clock), note });
  } catch (error) {
    if (!(error instanceof TakenError)) throw error;
    throw new Problem({ status: 409, title: 'Somebody else saved the rules meanwhile', text: 'Nothing of yours was saved. Look at the newer rules and make your changes again.', action: { label: 'Open organisations', href: '/organisations' } });
  }
  await noteActivity(deps, { firm: firm.id, by: session.name, what: 'route-saved', text: `${session.name} changed which bill goes to which organisation: ${note} (version ${version}). Nothing that was sent moves.` });
  await deps.store.marks.want([mark(firm.id, 'catch-up', 'everything', PRIORITY.person)], instantOf(deps.clock));
}

async function showOrganisations(deps: WebDeps, response: Response, visitor: Visitor, entered: { route: Route; rows: RuleRow[]; wrong: Map<number, string> } | null): Promise<void> {
  const firm = visitor.firm.id;
  const [listed, found, clients, versions] = await Promise.all([organisationList(deps.store, firm), newestRoute(deps.store, firm), clientsOf(deps.store, firm), routeVersions(deps.store, firm, VERSIONS_SHOWN)]);
  const kept = await deps.store.books.get(firm, 'clio');
  const { offices, practiceAreas } = kept ? parseFirmLists(kept.body) : { offices: [], practiceAreas: [] };
  const division = found && {
    version: versionOf(found.record.id),
    rows: entered?.rows ?? rowsOf(found.route, clients),
    otherwise: (entered?.route ?? found.route).otherwise ?? '',
    wrong: entered?.wrong ?? new Map<number, string>(),
    versions: versions.map((each) => ({ ...each, number: versionOf(each.id) })),
  };
  const data = { organisations: listed, division: division ?? null, known: [...new Set([...offices, ...practiceAreas, ...clients.values()])].sort((a, b) => a.localeCompare(b)) };
  await show(deps, response, visitor, { view: 'organisations', title: 'Organisations', section: '/settings', data, ...(entered ? { status: 422 } : {}) });
}

const nothingToDivide = () =>
  new Problem({ status: 409, title: 'There is one organisation', text: 'All bills go there. Rules come with a second organisation.', action: { label: 'Open organisations', href: '/organisations' } });
