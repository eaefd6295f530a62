import { Router } from 'express';
import { z } from 'zod';
import { instantOf } from '../../http/clock.js';
import { mark } from '../../jobs/mark-kinds.js';
import type { SettingsRecord } from '../../store/records.js';
import { settingsVersions } from '../../store/settings-of.js';
import { parseSettings } from '../../store/settings-schema.js';
import { PRIORITY } from '../../store/store.js';
import type { WebDeps } from '../deps.js';
import { firmFacts } from '../firm-facts.js';
import { action, page } from '../guard.js';
import { Problem } from '../problem.js';
import { saveSettings } from '../save-settings.js';
import { settingsChanges } from '../settings-changes.js';
import type { FieldGroup } from '../setting-field.js';
import { show } from '../shell.js';
import { wholeForm } from './settings.js';

const PAGE = 50;
const Form = z.object({ startOn: z.iso.date() });

/** Versions of the settings, and how far back bills are brought over. */
export function history(deps: WebDeps): Router {
  const router = Router();

  router.get('/history', page(deps, async (_request, response, visitor) => {
    const firm = visitor.firm.id;
    const [facts, versions, cursor, owed, leftOut] = await Promise.all([
      firmFacts(deps.store, firm),
      settingsVersions(deps.store, firm, null, PAGE + 1),
      deps.store.cursors.get(firm, 'clio:bills'),
      deps.store.marks.countOwed(firm),
      deps.store.links.count(firm, 'status', 'bill:left-out'),
    ]);
    const form = facts.books && facts.lists && facts.settings ? wholeForm(facts.books, facts.lists, visitor, facts.settings.body) : [];
    const told = versions.slice(0, PAGE).map((version, index) => ({ version, changes: changesSince(form, versions[index + 1], version) }));
    const data = { startOn: facts.settings?.body.startOn ?? null, lockedThrough: facts.books?.lockedThrough ?? null, versions: told, lookedAt: cursor?.at ?? null, owed, leftOut };
    await show(deps, response, visitor, { view: 'history', title: 'History', section: '/history', data });
  }));

  router.post('/history', action(deps, 'admin', async (request, response, { firm, session }) => {
    const form = Form.safeParse(request.body);
    const { settings } = await firmFacts(deps.store, firm.id);
    if (!form.success || !settings) throw noDay();
    const { startOn } = form.data;
    if (startOn !== settings.body.startOn) {
      await saveSettings(deps, { firm: firm.id, by: session.name, body: { ...settings.body, startOn }, note: `moved the start date from ${settings.body.startOn} to ${startOn}`, after: settings.record.id });
    }
    await deps.store.marks.want([mark(firm.id, 'catch-up', 'everything', PRIORITY.history)], instantOf(deps.clock));
    response.redirect(303, '/history');
  }));

  return router;
}

/** Against the version before it; the first one has none. */
const changesSince = (form: FieldGroup[], before: SettingsRecord | undefined, version: SettingsRecord) => (before ? settingsChanges(form, parseSettings(before.body), parseSettings(version.body)) : []);

const noDay = () => new Problem({ status: 400, title: 'This start date cannot be used', text: 'It is not a day, or set-up is not finished yet. Nothing was changed.', action: { label: 'Go back', href: '/history' } });
