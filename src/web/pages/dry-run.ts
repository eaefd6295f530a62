import { Router } from 'express';
import { z } from 'zod';
import { toDecimal } from '../../core/money.js';
import { adviceOf, sentence, titleOf } from '../../core/reasons.js';
import type { Rehearsed } from '../../core/rehearse.js';
import type { Settings } from '../../core/settings.js';
import { instantOf } from '../../http/clock.js';
import { mark } from '../../jobs/mark-kinds.js';
import { DRY_RUN_ID } from '../../store/dry-run-schema.js';
import { PRIORITY } from '../../store/store.js';
import { csv } from '../csv.js';
import type { WebDeps } from '../deps.js';
import { dryRunResult, type DryRunResult } from '../dry-run-result.js';
import { action, page } from '../guard.js';
import { Problem } from '../problem.js';
import { needsSomebody, parkRows, tickedBills, whoParked } from '../parked-rows.js';
import { missingFor } from '../setup/check-steps.js';
import { keepTrial } from '../setup/keep-trial.js';
import { setUpProgress, type Progress } from '../setup/progress.js';
import { neighbours, stepNamed } from '../setup/steps.js';
import { show } from '../shell.js';

const SHOWN_AT_MOST = 500;
const Query = z.object({ fragment: z.literal('dry-run').optional().catch(undefined) });

/** What the first sync would do about every open bill, before anything is written. */
export function dryRun(deps: WebDeps): Router {
  const router = Router();

  router.get('/setup/dry-run', page(deps, async (request, response, visitor) => {
    const { fragment } = Query.parse(request.query);
    const { run, pending } = await latest(deps, visitor.firm.id);
    const progress = await setUpProgress(deps, visitor);
    const step = stepNamed('dry-run');
    if (fragment) response.set('x-pending', pending ? '1' : '0');
    const rows = run?.rows ?? [];
    const parkedBy = await whoParked(deps.store, visitor.firm.id);
    const data = {
      facts: progress.facts, step, steps: progress.steps, here: progress.steps.find((each) => each.step === step), ...(step ? neighbours(step) : {}), wrong: {},
      run, several: isSeveral(run), ready: triable(progress) !== null, pending: pending ? 1 : 0,
      rows: rows.slice(0, SHOWN_AT_MOST).map((row) => ({ ...row, said: said(row) })), red: rows.filter(needsSomebody).map((row) => ({ ...row, said: said(row), parkedBy: parkedBy(row) })), hidden: Math.max(0, rows.length - SHOWN_AT_MOST), outcomeWords: OUTCOME_WORDS, contactWords: CONTACT_WORDS,
    };
    await show(deps, response, visitor, { view: fragment ? 'partials/dry-run-body' : 'setup-step', title: 'Dry run', section: '/settings', data });
  }));

  router.get('/setup/dry-run.csv', page(deps, async (_request, response, visitor) => {
    const { run } = await latest(deps, visitor.firm.id);
    response.attachment(`dry-run-${instantOf(deps.clock).slice(0, 10)}.csv`).type('text/csv').send(csv(fileOf(run)));
  }));

  router.post('/setup/dry-run', action(deps, 'admin', async (_request, response, visitor) => {
    const settings = triable(await setUpProgress(deps, visitor));
    if (!settings) throw tooEarly();
    await keepTrial(deps, visitor.firm.id, settings);
    await deps.store.marks.want([mark(visitor.firm.id, 'dry-run', DRY_RUN_ID, PRIORITY.person)], instantOf(deps.clock));
    response.redirect(303, '/setup/dry-run');
  }));

  router.post('/setup/dry-run/park', action(deps, 'admin', async (request, response, visitor) => {
    const ticked = new Set(tickedBills(request.body));
    const rows = ((await latest(deps, visitor.firm.id)).run?.rows ?? []).filter((row) => needsSomebody(row) && ticked.has(row.billId));
    if (rows.length === 0) throw nothingTicked();
    await parkRows(deps, { firm: visitor.firm.id, by: visitor.session.name, rows });
    response.redirect(303, '/setup/dry-run');
  }));

  return router;
}

/** The settings a dry run can be made with: those in force, or those of a set-up whose pages are all answered. */
function triable({ facts, chosen, steps }: Progress): Settings | null {
  if (facts.xero?.state !== 'live' || !chosen) return null;
  if (facts.settings) return facts.settings.body;
  return missingFor(steps).length === 0 ? chosen.settings : null;
}

async function latest(deps: WebDeps, firm: string) {
  const [run, owed] = await Promise.all([dryRunResult(deps.store, firm), deps.store.marks.owed(firm)]);
  return { run, pending: owed.some((each) => each.kind === 'dry-run' && each.id === DRY_RUN_ID) };
}

export const OUTCOME_WORDS: Record<Rehearsed['outcome'], string> = {
  create: 'A new invoice', adopt: 'Linked to the invoice in Xero', linked: 'Linked already', 'left-out': 'Left out', 'needs-you': 'Needs you',
};
const CONTACT_WORDS: Record<NonNullable<Rehearsed['contact']>['how'], string> = { linked: 'linked', link: 'found in Xero', create: 'will be created', ask: 'asks you' };

function said({ reason, facts, thenAsked }: Rehearsed): { title: string; advice: string; whole: string } | null {
  if (reason !== null) return { title: titleOf(reason, facts), advice: adviceOf(reason, facts), whole: sentence(reason, facts) };
  if (thenAsked === null) return null;
  const [title, advice] = ['A question follows', titleOf(thenAsked, {})];
  return { title, advice, whole: `${title}. ${advice}` };
}

const HEAD = ['Bill', 'Issued', 'Client', 'Contact', 'Currency', 'Due in Clio', 'Open in Clio', 'What would happen', 'Invoice', 'Open in Xero then', 'Why', 'What to do', 'Entries'];

/** Which organisation, only where there are several. */
function fileOf(run: DryRunResult | null) {
  const lines = (run?.rows ?? []).map(lineOf);
  if (!isSeveral(run)) return [HEAD, ...lines];
  return [['Organisation', ...HEAD], ...lines.map((line, index) => [run?.rows[index]?.organisation ?? '', ...line])];
}

const isSeveral = (run: DryRunResult | null): boolean => run?.places.some((place) => place.organisation !== null) ?? false;

function lineOf(row: Rehearsed) {
  const figure = (minor: number | null) => (minor === null ? '' : { figure: toDecimal(minor, row.currency) });
  const entries = row.postings.map(({ account, debit, credit }) => `${debit > 0 ? 'Dr' : 'Cr'} ${account} ${toDecimal(debit + credit, row.currency)}`).join('; ');
  const why = said(row);
  return [row.number, row.issuedOn, row.client, row.contact ? CONTACT_WORDS[row.contact.how] : '', row.currency, figure(row.due), figure(row.balance), OUTCOME_WORDS[row.outcome], row.invoiceNumber ?? '', figure(row.xeroDue), why?.title ?? '', why?.advice ?? '', entries];
}

const nothingTicked = () =>
  new Problem({ status: 400, title: 'No bill was ticked', text: 'Tick each bill that may wait, then press the button again. Nothing was changed.', action: { label: 'Back to the dry run', href: '/setup/dry-run' } });

const tooEarly = () =>
  new Problem({ status: 409, title: 'Set-up comes first', text: 'A dry run needs the Xero organisation, accounts and taxes. Finish those steps, then look at the dry run. Nothing was changed.', action: { label: 'Open set-up', href: '/setup' } });
