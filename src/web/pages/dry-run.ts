import { Router } from 'express';
import { z } from 'zod';
import { toDecimal } from '../../core/money.js';
import { adviceOf, titleOf } from '../../core/reasons.js';
import type { Rehearsed } from '../../core/rehearse.js';
import { instantOf } from '../../http/clock.js';
import { mark } from '../../jobs/mark-kinds.js';
import { DRY_RUN_ID, parseDryRun } from '../../store/dry-run-schema.js';
import { PRIORITY } from '../../store/store.js';
import { csv } from '../csv.js';
import type { WebDeps } from '../deps.js';
import { drySums } from '../dry-run-sums.js';
import { firmFacts } from '../firm-facts.js';
import { action, page } from '../guard.js';
import { Problem } from '../problem.js';
import { saveSettings } from '../save-settings.js';
import { show } from '../shell.js';

const SHOWN_AT_MOST = 500;
const Query = z.object({ fragment: z.literal('dry-run').optional().catch(undefined) });
const Mode = z.object({ mode: z.enum(['review', 'automatic']) });

/** What the first sync would do about every open bill, before anything is written; then how to go on. */
export function dryRun(deps: WebDeps): Router {
  const router = Router();

  router.get('/setup/dry-run', page(deps, async (request, response, visitor) => {
    const { fragment } = Query.parse(request.query);
    const { run, record, pending } = await latest(deps, visitor.firm.id);
    const { settings, xero } = await firmFacts(deps.store, visitor.firm.id);
    if (fragment) response.set('x-pending', pending ? '1' : '0');
    const rows = run?.rows ?? [];
    const data = {
      run, record, sums: drySums(rows), mode: settings?.body.mode ?? null, ready: settings !== null && xero?.state === 'live', pending: pending ? 1 : 0,
      rows: rows.slice(0, SHOWN_AT_MOST).map((row) => ({ ...row, said: said(row) })), hidden: Math.max(0, rows.length - SHOWN_AT_MOST), outcomeWords: OUTCOME_WORDS, contactWords: CONTACT_WORDS,
    };
    await show(deps, response, visitor, { view: fragment ? 'partials/dry-run-body' : 'dry-run', title: 'Dry run', section: '/settings', data });
  }));

  router.get('/setup/dry-run.csv', page(deps, async (_request, response, visitor) => {
    const { run } = await latest(deps, visitor.firm.id);
    response.attachment(`dry-run-${instantOf(deps.clock).slice(0, 10)}.csv`).type('text/csv').send(csv([HEAD, ...(run?.rows ?? []).map(lineOf)]));
  }));

  router.post('/setup/dry-run', action(deps, 'admin', async (_request, response, { firm }) => {
    const { settings, xero } = await firmFacts(deps.store, firm.id);
    if (!settings || xero?.state !== 'live') throw tooEarly();
    await deps.store.marks.want([mark(firm.id, 'dry-run', DRY_RUN_ID, PRIORITY.person)], instantOf(deps.clock));
    response.redirect(303, '/setup/dry-run');
  }));

  router.post('/setup/go-live', action(deps, 'admin', async (request, response, { firm, session }) => {
    const form = Mode.safeParse(request.body);
    const { settings, xero } = await firmFacts(deps.store, firm.id);
    if (!form.success || !settings || xero?.state !== 'live') throw tooEarly();
    const { mode } = form.data;
    if (mode !== settings.body.mode) {
      await saveSettings(deps, { firm: firm.id, by: session.name, body: { ...settings.body, mode }, note: `chose ${mode === 'automatic' ? 'Automatic' : 'Review first'} after the dry run`, after: settings.record.id });
    }
    await deps.store.marks.want([mark(firm.id, 'catch-up', 'everything', PRIORITY.person)], instantOf(deps.clock));
    response.redirect(303, '/bills');
  }));

  return router;
}

async function latest(deps: WebDeps, firm: string) {
  const [record, owed] = await Promise.all([deps.store.runs.get(firm, DRY_RUN_ID), deps.store.marks.owed(firm)]);
  return { record: record ?? null, run: record ? parseDryRun(record.result) : null, pending: owed.some((each) => each.kind === 'dry-run') };
}

export const OUTCOME_WORDS: Record<Rehearsed['outcome'], string> = {
  create: 'A new invoice', adopt: 'Linked to the invoice in Xero', linked: 'Linked already', 'left-out': 'Left out', 'needs-you': 'Needs you',
};
const CONTACT_WORDS: Record<NonNullable<Rehearsed['contact']>['how'], string> = { linked: 'linked', link: 'found in Xero', create: 'will be created', ask: 'asks you' };

function said({ reason, facts, thenAsked }: Rehearsed): { title: string; advice: string } | null {
  if (reason !== null) return { title: titleOf(reason, facts), advice: adviceOf(reason, facts) };
  return thenAsked === null ? null : { title: 'A question follows', advice: titleOf(thenAsked, {}) };
}

const HEAD = ['Bill', 'Issued', 'Client', 'Contact', 'Currency', 'Due in Clio', 'Open in Clio', 'What would happen', 'Invoice', 'Open in Xero then', 'Why', 'What to do', 'Entries'];

function lineOf(row: Rehearsed) {
  const figure = (minor: number | null) => (minor === null ? '' : { figure: toDecimal(minor, row.currency) });
  const entries = row.postings.map(({ account, debit, credit }) => `${debit > 0 ? 'Dr' : 'Cr'} ${account} ${toDecimal(debit + credit, row.currency)}`).join('; ');
  const why = said(row);
  return [row.number, row.issuedOn, row.client, row.contact ? CONTACT_WORDS[row.contact.how] : '', row.currency, figure(row.due), figure(row.balance), OUTCOME_WORDS[row.outcome], row.invoiceNumber ?? '', figure(row.xeroDue), why?.title ?? '', why?.advice ?? '', entries];
}

const tooEarly = () =>
  new Problem({ status: 409, title: 'Set-up comes first', text: 'A dry run needs the Xero organisation, accounts and taxes. Finish those steps, then look at the dry run. Nothing was changed.', action: { label: 'Open set-up', href: '/setup' } });
