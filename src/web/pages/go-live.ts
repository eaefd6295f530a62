import { Router, type Response } from 'express';
import { z } from 'zod';
import type { Settings } from '../../core/settings.js';
import { instantOf } from '../../http/clock.js';
import { mark } from '../../jobs/mark-kinds.js';
import { PRIORITY } from '../../store/store.js';
import type { WebDeps } from '../deps.js';
import { formText } from '../form-text.js';
import { action, page, type Visitor } from '../guard.js';
import { Problem } from '../problem.js';
import { saveSettings } from '../save-settings.js';
import { missingFor } from '../setup/check-steps.js';
import { setUpProgress, type Progress } from '../setup/progress.js';
import { neighbours, stepNamed } from '../setup/steps.js';
import { show } from '../shell.js';

const Mode = z.enum(['review', 'automatic']);

/** The last step: what set-up holds becomes the settings in force, once every step is green and the organisation was named by hand. */
export function goLive(deps: WebDeps): Router {
  const router = Router();

  router.get('/setup/go-live', page(deps, async (_request, response, visitor) => {
    await showGoLive(deps, response, visitor, await setUpProgress(deps, visitor), {});
  }));

  router.post('/setup/go-live', action(deps, 'admin', async (request, response, visitor) => {
    const progress = await setUpProgress(deps, visitor);
    const { facts, chosen } = progress;
    const mode = Mode.safeParse(formText(request.body, 'mode'));
    if (!mode.success || !chosen || facts.xero?.state !== 'live' || (!facts.settings && missingFor(progress.steps).length > 0)) throw tooEarly();
    const wrong = wrongWith(progress, mode.data, formText(request.body, 'organisation') ?? '');
    if (Object.keys(wrong).length > 0) {
      await showGoLive(deps, response, visitor, progress, wrong, formText(request.body, 'organisation') ?? '');
      return;
    }
    await goOn(deps, visitor, progress, facts.settings?.body ?? chosen.settings, mode.data);
    response.redirect(303, '/bills');
  }));

  return router;
}

async function goOn(deps: WebDeps, { firm, session }: Visitor, { facts }: Progress, settings: Settings, mode: Settings['mode']): Promise<void> {
  const words = mode === 'automatic' ? 'Automatic' : 'Review first';
  const note = facts.settings ? `chose ${words} after the dry run` : `finished set-up for ${facts.xero?.organisationName ?? 'the organisation'} and chose ${words}`;
  if (facts.settings?.body.mode !== mode) await saveSettings(deps, { firm: firm.id, by: session.name, body: { ...settings, mode, liveSince: settings.liveSince ?? latestDay(deps.clock.now()) }, note, after: facts.settings?.record.id ?? null });
  await deps.store.marks.want([mark(firm.id, 'catch-up', 'everything', PRIORITY.person)], instantOf(deps.clock));
}

/** The calendar day where it is latest on earth: no bill issued on the day itself counts as issued since. */
const latestDay = (now: number): string => new Date(now + 14 * 3_600_000).toISOString().slice(0, 10);

function wrongWith({ facts, steps }: Progress, mode: 'review' | 'automatic', typed: string): Record<string, string> {
  const name = facts.xero?.organisationName ?? '';
  const wrong: Record<string, string> = {};
  if (typed.trim().toLowerCase() !== name.trim().toLowerCase()) wrong['organisation'] = `Type ${name}, as Xero shows it, so that nothing goes to another organisation by mistake.`;
  if (mode === 'automatic' && steps.find((each) => each.step.name === 'dry-run')?.state !== 'done') wrong['mode'] = 'Automatic needs a dry run of these choices that is less than a day old, with no bill that needs you or each of these left to wait by name. See to it, or begin with Review first: nothing is then written before you have seen it.';
  return wrong;
}

async function showGoLive(deps: WebDeps, response: Response, visitor: Visitor, progress: Progress, wrong: Record<string, string>, typed = ''): Promise<void> {
  const step = stepNamed('go-live');
  if (!step) throw new Error('set-up has no last step');
  const data = {
    facts: progress.facts, step, steps: progress.steps, here: progress.steps.find((each) => each.step.name === step.name), ...neighbours(step), pending: 0, wrong, typed,
    missing: progress.facts.settings ? [] : missingFor(progress.steps), dryRun: progress.steps.find((each) => each.step.name === 'dry-run'),
  };
  await show(deps, response, visitor, { view: 'setup-step', title: step.title, section: '/settings', data, ...(Object.keys(wrong).length > 0 ? { status: 422 } : {}) });
}

const tooEarly = () =>
  new Problem({ status: 409, title: 'Set-up is not complete', text: 'Some steps are still open or not possible as they stand. Look at the steps marked “To do”, then go live. Nothing was changed.', action: { label: 'Open set-up', href: '/setup' } });
