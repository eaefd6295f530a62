import { Router, type Response } from 'express';
import { z } from 'zod';
import { BANK_SCOPE } from '../../connections/bank-scope.js';
import { organisationsToChoose } from '../../connections/connect-xero.js';
import { needsBankRights } from '../../core/switched-on.js';
import { mayActAs } from '../../store/role-of.js';
import type { WebDeps } from '../deps.js';
import { action, page, type Visitor } from '../guard.js';
import { notFound, Problem } from '../problem.js';
import { drawn } from '../settings-entry.js';
import { answersOf, type Entered } from '../setup/answers.js';
import { finishStep } from '../setup/draft.js';
import { askForMissing, setUpProgress, type Progress } from '../setup/progress.js';
import { neighbours, stepNamed, type Step } from '../setup/steps.js';
import { unpaidBefore } from '../setup/unpaid-before.js';
import { show } from '../shell.js';
import { REGION_NAMES } from '../wording.js';

const Query = z.object({ choice: z.string().max(100).optional().catch(undefined), fragment: z.enum(['setup', 'step']).optional().catch(undefined) });

/** From nothing to the first invoice: one page per step, each with its own green or red test, left and taken up again by anybody of the firm. */
export function setup(deps: WebDeps): Router {
  const router = Router();

  router.get('/setup', page(deps, async (request, response, visitor) => {
    const { choice, fragment } = Query.parse(request.query);
    const progress = await setUpProgress(deps, visitor);
    await askForMissing(deps, visitor, progress);
    const organisations = choice === undefined ? null : await organisationsToChoose(deps, visitor.firm.id, choice);
    const pending = progress.facts.xero?.state === 'live' && progress.chosen === null ? 1 : 0;
    if (fragment) response.set('x-pending', String(pending));
    const data = { ...(await connections(deps, visitor, progress)), steps: progress.steps, next: progress.next, pending, choice: organisations && { id: choice, organisations } };
    await show(deps, response, visitor, { view: fragment ? 'partials/setup-steps' : 'setup', title: 'Set-up', section: '/settings', data });
  }));

  router.get('/setup/:step', page(deps, async (request, response, visitor) => {
    const step = stepNamed(request.params['step']);
    if (!step) throw notFound();
    const progress = await setUpProgress(deps, visitor);
    if (progress.facts.settings && isSettled(step)) {
      response.redirect(303, step.asks('startOn') ? '/history' : '/settings');
      return;
    }
    await askForMissing(deps, visitor, progress);
    await showStep(deps, response, visitor, progress, step, { fragment: Query.parse(request.query).fragment !== undefined, entered: null });
  }));

  router.post('/setup/:step', action(deps, 'admin', async (request, response, visitor) => {
    const step = stepNamed(request.params['step']);
    const progress = await setUpProgress(deps, visitor);
    if (!step || step.name === 'dry-run' || step.name === 'go-live') throw notFound();
    if (progress.facts.settings && isSettled(step)) throw settledAlready();
    const entered = answersOf(step, progress, request.body);
    if (Object.keys(entered.wrong).length > 0) {
      await showStep(deps, response, visitor, progress, step, { fragment: false, entered });
      return;
    }
    await finishStep(deps, { firm: visitor.firm.id, by: visitor.session.name, step, answers: entered.answers });
    response.redirect(303, `/setup/${neighbours(step).after?.name ?? ''}`);
  }));

  return router;
}

/** After going live these are changed where all settings are, with their history. */
const isSettled = (step: Step): boolean => step.asks('startOn') || ['banks', 'accounts', 'taxes', 'costs', 'approval', 'payments'].includes(step.name);

/** What is known of both connections. */
async function connections(deps: WebDeps, visitor: Visitor, { facts }: Progress) {
  const subscriptions = await deps.store.subscriptions.list(visitor.firm.id);
  return {
    facts,
    /** Costs need a permission that was not asked for when Xero was connected. */
    lacksPermission: facts.settings !== null && needsBankRights(facts.settings.body.costs) && facts.xero?.scopes.includes(BANK_SCOPE) === false,
    regionName: REGION_NAMES[visitor.region],
    clioPeople: facts.clio.filter((each) => each.state === 'live').map((each) => visitor.firm.people[each.userId]?.name ?? 'Somebody'),
    instant: { enabled: subscriptions.filter((each) => each.state === 'enabled').length, all: subscriptions.length },
    choice: null,
  };
}

async function showStep(deps: WebDeps, response: Response, visitor: Visitor, progress: Progress, step: Step, how: { fragment: boolean; entered: Entered | null }): Promise<void> {
  const { chosen, draft, facts } = progress;
  const asked = (chosen?.form ?? []).flatMap((group) => group.fields).filter((field) => step.asks(field.name));
  const admin = mayActAs(visitor.role, 'admin');
  const groups = chosen && asked.length > 0 ? drawn([{ title: step.title, fields: asked }], chosen.settings, how.entered, admin, draft.finished[step.name] ? new Map() : chosen.why) : null;
  const arriving = groups === null && ARRIVE.has(step.name) && facts.xero?.state === 'live' && chosen === null;
  if (how.fragment) response.set('x-pending', arriving ? '1' : '0');
  const data = {
    ...(await connections(deps, visitor, progress)),
    step, steps: progress.steps, here: progress.steps.find((each) => each.step.name === step.name), ...neighbours(step),
    groups, pending: arriving ? 1 : 0, answers: how.entered?.answers ?? draft.answers, wrong: how.entered?.wrong ?? {},
    traces: { categories: (facts.lists?.costCategories ?? []).filter((each) => each.xeroCode !== null), invoices: progress.lookAlikes },
    unpaid: step.name === 'start' && chosen ? { before: chosen.settings.startOn, bills: await unpaidBefore(deps.store, visitor.firm.id, chosen.settings.startOn) } : null,
  };
  await show(deps, response, visitor, { view: how.fragment ? 'partials/setup-step' : 'setup-step', title: step.title, section: '/settings', data, ...(how.entered ? { status: 422 } : {}) });
}

/** Pages that cannot be drawn before the lists of both sides are here. */
const ARRIVE: ReadonlySet<string> = new Set(['organisation', 'start', 'banks', 'accounts', 'taxes', 'costs', 'approval', 'payments']);

const settledAlready = () =>
  new Problem({ status: 409, title: 'Set-up is finished', text: 'This is part of the settings now, where every change is kept with who made it. Nothing was changed.', action: { label: 'Open settings', href: '/settings' } });
