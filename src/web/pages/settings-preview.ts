import { Router } from 'express';
import { z } from 'zod';
import { sentence } from '../../core/reasons.js';
import type { Settings } from '../../core/settings.js';
import { validateSettings } from '../../core/validate-settings.js';
import { fingerprint, parseSettings } from '../../store/settings-schema.js';
import type { WebDeps } from '../deps.js';
import { firmFacts } from '../firm-facts.js';
import { formText } from '../form-text.js';
import { askToFollow } from '../ask-to-follow.js';
import { action, page } from '../guard.js';
import { askForPreview, previewOf } from '../preview-request.js';
import { notFound, Problem } from '../problem.js';
import { putInForce } from '../put-in-force.js';
import { SavedMeanwhile } from '../save-settings.js';
import { settingsChanges } from '../settings-changes.js';
import { show } from '../shell.js';
import { wholeForm } from './settings.js';

const Query = z.object({ fragment: z.literal('preview').optional().catch(undefined) });
const SHOWN_AT_MOST = 100;

/** What a change of the settings means for invoices that were sent already, before it is saved. */
export function settingsPreview(deps: WebDeps): Router {
  const router = Router();

  router.get('/settings/preview', page(deps, async (request, response, visitor) => {
    const { fragment } = Query.parse(request.query);
    const [preview, facts] = await Promise.all([previewOf(deps.store, visitor.firm.id), firmFacts(deps.store, visitor.firm.id)]);
    const { settings, books, lists } = facts;
    if (!preview || preview.by !== visitor.session.userId || !settings || !books || !lists) {
      response.redirect(303, '/settings');
      return;
    }
    const pending = preview.effect === null ? 1 : 0;
    if (fragment) response.set('x-pending', String(pending));
    const changed = preview.effect?.changed ?? [];
    const data = { pending, saves: settings.body.mode !== preview.settings.mode || fingerprint(settings.body) !== fingerprint(preview.settings), effect: preview.effect, shown: changed.slice(0, SHOWN_AT_MOST), hidden: Math.max(0, changed.length - SHOWN_AT_MOST), following: changed.filter((each) => each.canFollow).length, changes: settingsChanges(wholeForm(books, lists, visitor, preview.settings), settings.body, preview.settings) };
    await show(deps, response, visitor, { view: fragment ? 'partials/preview-body' : 'settings-preview', title: 'Before you save', section: '/settings', data });
  }));

  router.post('/settings/preview', action(deps, 'bookkeeper', async (request, response, visitor) => {
    const [preview, { settings }] = await Promise.all([previewOf(deps.store, visitor.firm.id), firmFacts(deps.store, visitor.firm.id)]);
    if (!preview || !settings || preview.by !== visitor.session.userId) throw nothingToSave();
    if (preview.after !== settings.record.id) throw new SavedMeanwhile();
    // Nobody has seen yet what it means.
    if (preview.effect === null) {
      response.redirect(303, '/settings/preview');
      return;
    }
    if (fingerprint(settings.body) !== fingerprint(preview.settings) || settings.body.mode !== preview.settings.mode) await putInForce(deps, visitor, settings.body, preview);
    if (formText(request.body, 'follow') === 'on') await askToFollow(deps, visitor, preview);
    response.redirect(303, '/settings');
  }));

  router.post('/settings/check', action(deps, 'bookkeeper', async (_request, response, visitor) => {
    const { settings } = await firmFacts(deps.store, visitor.firm.id);
    if (!settings) throw notFound();
    await askForPreview(deps, visitor, { settings: settings.body, after: settings.record.id, note: '' });
    response.redirect(303, '/settings/preview');
  }));

  router.post('/settings/restore', action(deps, 'admin', async (request, response, visitor) => {
    const [{ settings, books, lists }, old] = await Promise.all([firmFacts(deps.store, visitor.firm.id), deps.store.settings.get(visitor.firm.id, formText(request.body, 'version') ?? '')]);
    if (!settings || !books || !lists || !old) throw notFound();
    const wanted = { settings: restored(parseSettings(old.body), settings.body), after: settings.record.id, note: `went back to version ${Number(old.id)}` };
    const [problem] = validateSettings(wanted.settings, books, lists).filter((each) => each.reason !== 'TAX_UNMAPPED' && each.reason !== 'BANK_UNMAPPED' && each.field !== 'startOn');
    if (problem) throw nothingFits(Number(old.id), sentence(problem.reason, problem.facts));
    await askForPreview(deps, visitor, wanted);
    response.redirect(303, '/settings/preview');
  }));

  return router;
}

/** An older version's choices; who carries plans out, where bills begin and clients' money are decided by acts of their own. */
const restored = (old: Settings, current: Settings): Settings => ({ ...old, mode: current.mode, startOn: current.startOn, liveSince: current.liveSince, trust: current.trust });

const nothingFits = (version: number, why: string) =>
  new Problem({ status: 409, title: `Version ${version} no longer works`, text: `${why} Nothing was changed.`, action: { label: 'Back to the history', href: '/history' } });
const nothingToSave = () =>
  new Problem({ status: 409, title: 'There is nothing to save here', text: 'Somebody else asked for a preview meanwhile, or yours was saved. Open the settings and make the change again.', action: { label: 'Open settings', href: '/settings' } });
