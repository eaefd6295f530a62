import { Router, type Response } from 'express';
import { z } from 'zod';
import { organisationsToChoose } from '../../connections/connect-xero.js';
import { proposeSettings } from '../../core/propose-settings.js';
import type { Settings } from '../../core/settings.js';
import { instantOf } from '../../http/clock.js';
import { mark } from '../../jobs/mark-kinds.js';
import { PRIORITY } from '../../store/store.js';
import type { WebDeps } from '../deps.js';
import { BANK_SCOPE } from '../../connections/bank-scope.js';
import { needsBankRights } from '../../core/switched-on.js';
import { firmFacts, type FirmFacts } from '../firm-facts.js';
import { action, page, type Visitor } from '../guard.js';
import { Problem } from '../problem.js';
import { mayActAs } from '../roles.js';
import { saveSettings } from '../save-settings.js';
import { drawn, readSettings } from '../settings-entry.js';
import { settingsForm } from '../settings-form.js';
import { show } from '../shell.js';
import { REGION_NAMES, WORDING } from '../wording.js';

const Query = z.object({ choice: z.string().max(100).optional().catch(undefined), fragment: z.literal('setup').optional().catch(undefined) });
const Confirmed = z.object({ nativeSyncOff: z.literal('on'), rightOrganisation: z.literal('on') });

/** From nothing to the first invoice: both connections, then accounts, taxes and banks, each proposed and confirmed by a person. */
export function setup(deps: WebDeps): Router {
  const router = Router();

  router.get('/setup', page(deps, async (request, response, visitor) => {
    const { choice, fragment } = Query.parse(request.query);
    const facts = await firmFacts(deps.store, visitor.firm.id);
    await askForMissing(deps, visitor, facts);
    const organisations = choice === undefined ? null : await organisationsToChoose(deps, visitor.firm.id, choice);
    await showSetup(deps, response, visitor, facts, { fragment: fragment !== undefined, choice: organisations && choice !== undefined ? { id: choice, organisations } : null, entered: null });
  }));

  router.post('/setup', action(deps, 'admin', async (request, response, visitor) => {
    const facts = await firmFacts(deps.store, visitor.firm.id);
    const { books, lists, xero } = facts;
    if (!books || !lists || !xero) throw tooEarly();
    const settings = onlyAsked(proposal(deps, facts).settings, request.body);
    const entry = readSettings(settingsForm(books, lists, WORDING[visitor.region], openIn(settings)), request.body, settings, { admin: true, books, lists });
    if (!Confirmed.shape.nativeSyncOff.safeParse(fieldOf(request.body, 'nativeSyncOff')).success) entry.wrong['nativeSyncOff'] = 'Switch Clio’s own sync off first, then tick this.';
    if (!Confirmed.shape.rightOrganisation.safeParse(fieldOf(request.body, 'rightOrganisation')).success) entry.wrong['rightOrganisation'] = 'Tick this when it is the right organisation.';
    if (Object.keys(entry.wrong).length > 0) {
      await showSetup(deps, response, visitor, facts, { fragment: false, choice: null, entered: { body: request.body, wrong: entry.wrong } });
      return;
    }
    await saveSettings(deps, { firm: visitor.firm.id, by: visitor.session.name, body: entry.settings, note: `finished set-up for ${xero.organisationName ?? 'the organisation'}`, after: facts.settings?.record.id ?? null });
    await deps.store.marks.want([mark(visitor.firm.id, 'catch-up', 'everything', PRIORITY.person)], instantOf(deps.clock));
    response.redirect(303, '/bills');
  }));

  return router;
}

/** What the page lacks is asked for, sooner than anything else; the page shows it arriving. */
async function askForMissing(deps: WebDeps, visitor: Visitor, facts: FirmFacts): Promise<void> {
  const organisationId = facts.xero?.state === 'live' ? facts.xero.organisationId : null;
  if (organisationId === null || (facts.books && facts.lists)) return;
  const owed = await deps.store.marks.owed(visitor.firm.id);
  if (owed.some((each) => each.kind === 'books')) return;
  await deps.store.marks.want([mark(visitor.firm.id, 'books', organisationId, PRIORITY.person)], instantOf(deps.clock));
}

/** The settings in force, or what the firm's own lists suggest, with the reason of each suggestion by field. */
function proposal(deps: WebDeps, facts: FirmFacts): { settings: Settings; why: Map<string, string> } {
  const { books, lists, settings } = facts;
  if (!books || !lists) throw tooEarly();
  if (settings) return { settings: settings.body, why: new Map() };
  const { taxCombinations, bankAccounts, costCategories } = lists;
  const proposed = proposeSettings({ books, taxCombinations, clioBankAccounts: bankAccounts, costCategories, today: instantOf(deps.clock).slice(0, 10) });
  return { settings: proposed.settings, why: new Map(proposed.why.map((each) => [each.field, each.reason])) };
}

/** Taxes and banks that came up while the form was open were not on it: nobody confirmed them, so they ask once a bill has them. */
function onlyAsked(settings: Settings, body: unknown): Settings {
  const asked = (map: 'taxMap' | 'bankMap') => Object.fromEntries(Object.entries(settings[map]).filter(([key]) => fieldOf(body, `${map}.${key}`) !== undefined));
  return { ...settings, taxMap: asked('taxMap'), bankMap: asked('bankMap') };
}

/** What nobody could propose may wait until a bill or payment has it; what was proposed is confirmed or changed. */
const openIn = ({ taxMap, bankMap }: Settings) => (field: string): boolean => {
  const [map = '', ...key] = field.split('.');
  return (map === 'taxMap' ? taxMap : bankMap)[key.join('.')] === undefined;
};

interface Extras {
  fragment: boolean;
  choice: { id: string; organisations: { organisationId: string; name: string }[] } | null;
  entered: { body: unknown; wrong: Record<string, string> } | null;
}

async function showSetup(deps: WebDeps, response: Response, visitor: Visitor, facts: FirmFacts, extras: Extras): Promise<void> {
  const { books, lists, xero } = facts;
  const subscriptions = await deps.store.subscriptions.list(visitor.firm.id);
  const admin = mayActAs(visitor.role, 'admin');
  const proposed = books && lists ? proposal(deps, facts) : null;
  const groups = books && lists && proposed ? drawn(settingsForm(books, lists, WORDING[visitor.region], openIn(proposed.settings)), proposed.settings, extras.entered, admin, proposed.why) : null;
  const arriving = xero?.state === 'live' && groups === null;
  if (extras.fragment) response.set('x-pending', arriving ? '1' : '0');
  const data = {
    facts,
    /** Costs need a permission that was not asked for when Xero was connected. */
    lacksPermission: facts.settings !== null && needsBankRights(facts.settings.body.costs) && facts.xero?.scopes.includes(BANK_SCOPE) === false,
    regionName: REGION_NAMES[visitor.region],
    clioPeople: facts.clio.filter((each) => each.state === 'live').map((each) => visitor.firm.people[each.userId]?.name ?? 'Somebody'),
    instant: { enabled: subscriptions.filter((each) => each.state === 'enabled').length, all: subscriptions.length },
    choice: extras.choice,
    groups,
    confirmed: { nativeSyncOff: fieldOf(extras.entered?.body, 'nativeSyncOff') === 'on', rightOrganisation: fieldOf(extras.entered?.body, 'rightOrganisation') === 'on' },
    wrong: extras.entered?.wrong ?? {},
    pending: arriving ? 1 : 0,
  };
  await show(deps, response, visitor, { view: extras.fragment ? 'partials/setup-steps' : 'setup', title: 'Set-up', section: '/settings', data, ...(extras.entered ? { status: 422 } : {}) });
}

function fieldOf(body: unknown, name: string): string | undefined {
  const form = z.record(z.string(), z.unknown()).safeParse(body);
  const value = form.success ? form.data[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}

const tooEarly = () =>
  new Problem({ status: 409, title: 'The lists are still arriving', text: 'Connect Xero first and give Tieout a moment to read accounts and taxes. Nothing was saved.', action: { label: 'Back to set-up', href: '/setup' } });
