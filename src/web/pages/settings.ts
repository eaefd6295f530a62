import { Router, type Response } from 'express';
import type { Books } from '../../core/books.js';
import type { FirmLists } from '../../core/firm-lists.js';
import { shapesDocuments } from '../../core/settings-effect.js';
import type { Settings } from '../../core/settings.js';
import { mayActAs } from '../../store/role-of.js';
import { parseSettings } from '../../store/settings-schema.js';
import { costFields } from '../cost-fields.js';
import type { WebDeps } from '../deps.js';
import { firmFacts, type FirmFacts } from '../firm-facts.js';
import { formText } from '../form-text.js';
import { action, page, type Visitor } from '../guard.js';
import { mergeEntry } from '../merge-entry.js';
import { askForPreview, hasSent } from '../preview-request.js';
import { putInForce } from '../put-in-force.js';
import type { FieldGroup } from '../setting-field.js';
import { settingsChanges, type Change } from '../settings-changes.js';
import { drawn, readSettings } from '../settings-entry.js';
import { settingsForm } from '../settings-form.js';
import { show } from '../shell.js';
import { whichAccount } from '../which-account.js';
import { WORDING } from '../wording.js';

/** The settings in force, to change; every change is a new version. */
export function settings(deps: WebDeps): Router {
  const router = Router();

  router.get('/settings', page(deps, async (request, response, visitor) => {
    const facts = await firmFacts(deps.store, visitor.firm.id);
    if (!facts.settings || !facts.books || !facts.lists) {
      response.redirect(303, '/setup');
      return;
    }
    await showSettings(deps, response, visitor, facts, null, request.query);
  }));

  router.post('/settings', action(deps, 'bookkeeper', async (request, response, visitor) => {
    const facts = await firmFacts(deps.store, visitor.firm.id);
    const { books, lists, settings: current } = facts;
    if (!books || !lists || !current) {
      response.redirect(303, '/setup');
      return;
    }
    const merged = await savedMeanwhile(deps, facts, visitor, request.body);
    if (merged) {
      await showSettings(deps, response, visitor, facts, merged);
      return;
    }
    const admin = mayActAs(visitor.role, 'admin');
    const entry = readSettings(wholeForm(books, lists, visitor, current.body), request.body, current.body, { admin, books, lists });
    if (Object.keys(entry.wrong).length > 0) {
      await showSettings(deps, response, visitor, facts, { body: request.body, wrong: entry.wrong, meanwhile: null });
      return;
    }
    const wanted = { settings: entry.settings, after: current.record.id, note: noteOf(entry.changed, formText(request.body, 'note') ?? '') };
    if (entry.changed.length > 0 && shapesDocuments(current.body, entry.settings) && (await hasSent(deps.store, visitor.firm.id))) {
      await askForPreview(deps, visitor, wanted);
      response.redirect(303, '/settings/preview');
      return;
    }
    if (entry.changed.length > 0) await putInForce(deps, visitor, current.body, wanted);
    response.redirect(303, '/settings');
  }));

  return router;
}

export const wholeForm = (books: Books, lists: FirmLists, { region }: Visitor, current: Settings): FieldGroup[] => [...settingsForm({ books, lists, words: WORDING[region], settings: current, mayWait: () => true }), costFields(books, WORDING[region])];

const noteOf = (changed: string[], why: string): string => `changed ${changed.join(', ')}${why.trim() === '' ? '' : `: ${why.trim().slice(0, 200)}`}`;

/** What the person typed over what somebody else saved since they opened the page; null when nobody did. */
async function savedMeanwhile(deps: WebDeps, { settings: current, books, lists }: FirmFacts, visitor: Visitor, body: unknown): Promise<Entered | null> {
  const seen = versionOf(body);
  if (!current || !books || !lists || seen === null || seen === current.record.id) return null;
  const old = await deps.store.settings.get(visitor.firm.id, seen);
  const form = wholeForm(books, lists, visitor, current.body);
  const merged = mergeEntry(form, body, old ? parseSettings(old.body) : current.body, current.body, current.record.by);
  return { ...merged, meanwhile: { by: current.record.by, changes: old ? settingsChanges(form, parseSettings(old.body), current.body) : [] } };
}

function versionOf(body: unknown): string | null {
  return typeof body === 'object' && body !== null && 'version' in body && typeof body.version === 'string' && /^\d{6}$/.test(body.version) ? body.version : null;
}

interface Entered {
  body: unknown;
  wrong: Record<string, string>;
  /** Who saved in between, and what. */
  meanwhile: { by: string; changes: Change[] } | null;
}

async function showSettings(deps: WebDeps, response: Response, visitor: Visitor, facts: FirmFacts, entered: Entered | null, asked: unknown = {}): Promise<void> {
  const { books, lists, settings: current, xero } = facts;
  if (!books || !lists || !current) return;
  const groups = drawn(wholeForm(books, lists, visitor, current.body), current.body, entered, mayActAs(visitor.role, 'admin'));
  const which = whichAccount(asked, { lists, books, settings: current.body, words: WORDING[visitor.region] });
  const data = { groups, which, record: current.record, booksReadAt: books.readAt, xero, wrong: entered?.wrong ?? {}, meanwhile: entered?.meanwhile ?? null, why: formText(entered?.body, 'note') ?? '' };
  await show(deps, response, visitor, { view: 'settings', title: 'Settings', section: '/settings', data, ...(entered ? { status: entered.meanwhile ? 409 : 422 } : {}) });
}
