import { Router, type Response } from 'express';
import { z } from 'zod';
import { instantOf } from '../../http/clock.js';
import { mark } from '../../jobs/mark-kinds.js';
import { mayActAs } from '../../store/role-of.js';
import { furtherOf, newestRoute } from '../../store/route-of.js';
import { settingsId, versionOf } from '../../store/settings-of.js';
import { PRIORITY } from '../../store/store.js';
import { costFields } from '../cost-fields.js';
import type { WebDeps } from '../deps.js';
import { firmFacts, type FirmFacts } from '../firm-facts.js';
import { action, page, type Visitor } from '../guard.js';
import { notFound, Problem } from '../problem.js';
import { costMarks } from '../put-in-force.js';
import { saveSettings } from '../save-settings.js';
import { drawn, readSettings } from '../settings-entry.js';
import { settingsForm } from '../settings-form.js';
import { draftSettings, type DraftSettings } from '../setup/draft-settings.js';
import { show } from '../shell.js';
import { WORDING } from '../wording.js';

const Seen = z.object({ version: z.string().regex(/^\d{1,6}$/).transform(Number) });

interface Organisation {
  organisationId: string;
  facts: FirmFacts & { xero: NonNullable<FirmFacts['xero']> };
}

/** Accounts, taxes and banks of a further organisation: proposed first, settings with versions from then on. */
export function organisationSettings(deps: WebDeps): Router {
  const router = Router();

  router.get('/organisations/:organisation', page(deps, async (request, response, visitor) => {
    const organisation = await organisationOf(deps, visitor, request.params['organisation']);
    await askForBooks(deps, visitor, organisation);
    await showSettings(deps, response, visitor, organisation, null);
  }));

  router.post('/organisations/:organisation', action(deps, 'bookkeeper', async (request, response, visitor) => {
    const { organisationId, facts } = await organisationOf(deps, visitor, request.params['organisation']);
    const { books, lists, settings: current } = facts;
    const before = formOf(deps, visitor, facts);
    if (!books || !lists || !before) throw stillReading();
    const admin = mayActAs(visitor.role, 'admin');
    if (!current && !admin) throw notYours();
    const entry = readSettings(before.form, request.body, before.settings, { admin, books, lists });
    if (Object.keys(entry.wrong).length > 0) {
      await showSettings(deps, response, visitor, { organisationId, facts }, { body: request.body, wrong: entry.wrong });
      return;
    }
    const seen = seenVersion(request.body, organisationId);
    const name = facts.xero.organisationName ?? 'the organisation';
    const note = current ? `changed ${entry.changed.join(', ') || 'nothing'} for ${name}` : `finished set-up for ${name}`;
    await saveSettings(deps, { firm: visitor.firm.id, further: organisationId, by: visitor.session.name, body: entry.settings, note, after: current && (seen ?? current.record.id) });
    await deps.store.marks.want([mark(visitor.firm.id, 'catch-up', 'everything', PRIORITY.person), ...costMarks(visitor.firm.id, organisationId)], instantOf(deps.clock));
    response.redirect(303, '/organisations');
  }));

  return router;
}

/** The version the person was looking at; null when the form does not say. */
function seenVersion(body: unknown, organisationId: string): string | null {
  const seen = Seen.safeParse(body);
  return seen.success ? settingsId(organisationId, seen.data.version) : null;
}

/** One of this firm's further organisations; the first has its settings on a page of its own. */
async function organisationOf(deps: WebDeps, { firm }: Visitor, organisationId: unknown): Promise<Organisation> {
  if (typeof organisationId !== 'string') throw notFound();
  const found = await newestRoute(deps.store, firm.id);
  const facts = await firmFacts(deps.store, firm.id, organisationId);
  const { xero } = facts;
  if (!xero || furtherOf(found?.route, organisationId) === null) throw notFound();
  return { organisationId, facts: { ...facts, xero } };
}

/** What is in force, or what the lists suggest. Money held for clients stays with the organisation the firm began with. */
function formOf(deps: WebDeps, { region }: Visitor, { books, lists, settings }: FirmFacts): DraftSettings | null {
  if (!books || !lists) return null;
  const proposed = draftSettings({ books, lists, words: WORDING[region], today: instantOf(deps.clock).slice(0, 10), trust: {} }, { answers: {}, finished: {} });
  if (!settings) return proposed;
  const words = WORDING[region];
  return { settings: settings.body, why: new Map(), form: [...settingsForm({ books, lists, words, settings: settings.body, mayWait: () => true }), costFields(books, words)] };
}

async function askForBooks(deps: WebDeps, { firm }: Visitor, { organisationId, facts }: Organisation): Promise<void> {
  if (facts.xero.state !== 'live' || (facts.books && facts.lists)) return;
  const owed = await deps.store.marks.owed(firm.id);
  if (!owed.some((each) => each.kind === 'books')) await deps.store.marks.want([mark(firm.id, 'books', organisationId, PRIORITY.person)], instantOf(deps.clock));
}

async function showSettings(deps: WebDeps, response: Response, visitor: Visitor, { organisationId, facts }: Organisation, entered: { body: unknown; wrong: Record<string, string> } | null): Promise<void> {
  const form = formOf(deps, visitor, facts);
  const admin = mayActAs(visitor.role, 'admin');
  const { record } = facts.settings ?? { record: null };
  const data = {
    organisationId, name: facts.xero.organisationName ?? 'An organisation', demo: facts.books?.organisation.demo ?? false, trial: facts.books?.organisation.trial ?? false,
    groups: form && drawn(form.form, form.settings, entered, admin, form.why), version: record && versionOf(record.id), record,
    maySave: admin || (record !== null && mayActAs(visitor.role, 'bookkeeper')), wrong: entered?.wrong ?? {},
  };
  await show(deps, response, visitor, { view: 'organisation', title: data.name, section: '/settings', data, ...(entered ? { status: 422 } : {}) });
}

const back = { label: 'Open organisations', href: '/organisations' };
const stillReading = () => new Problem({ status: 409, title: 'Tieout is still reading', text: 'The organisation’s accounts and taxes are not here yet. Open the page again in a moment; nothing was saved.', action: back });
const notYours = () => new Problem({ status: 403, title: 'Your role does not allow this', text: 'It takes an administrator in Clio to set an organisation up. Ask one of them to do it.', action: back });
