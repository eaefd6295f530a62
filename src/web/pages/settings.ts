import { Router, type Response } from 'express';
import type { Books } from '../../core/books.js';
import type { FirmLists } from '../../core/firm-lists.js';
import type { Settings } from '../../core/settings.js';
import { instantOf } from '../../http/clock.js';
import { mark } from '../../jobs/mark-kinds.js';
import { PRIORITY, type MarkRequest, type Store } from '../../store/store.js';
import type { WebDeps } from '../deps.js';
import { costFields } from '../cost-fields.js';
import { firmFacts, type FirmFacts } from '../firm-facts.js';
import { action, page, type Visitor } from '../guard.js';
import { mayActAs } from '../roles.js';
import { saveSettings } from '../save-settings.js';
import { drawn, readSettings } from '../settings-entry.js';
import type { FieldGroup } from '../setting-field.js';
import { settingsForm } from '../settings-form.js';
import { show } from '../shell.js';
import { WORDING } from '../wording.js';

const HELD_AT_MOST = 5_000;

/** The settings in force, to change; every change is a new version. */
export function settings(deps: WebDeps): Router {
  const router = Router();

  router.get('/settings', page(deps, async (_request, response, visitor) => {
    const facts = await firmFacts(deps.store, visitor.firm.id);
    if (!facts.settings || !facts.books || !facts.lists) {
      response.redirect(303, '/setup');
      return;
    }
    await showSettings(deps, response, visitor, facts, null);
  }));

  router.post('/settings', action(deps, 'bookkeeper', async (request, response, visitor) => {
    const facts = await firmFacts(deps.store, visitor.firm.id);
    const { books, lists, settings: current } = facts;
    if (!books || !lists || !current) {
      response.redirect(303, '/setup');
      return;
    }
    const admin = mayActAs(visitor.role, 'admin');
    const entry = readSettings(wholeForm(books, lists, visitor, current.body), request.body, current.body, { admin, books, lists });
    if (Object.keys(entry.wrong).length > 0) {
      await showSettings(deps, response, visitor, facts, { body: request.body, wrong: entry.wrong });
      return;
    }
    if (entry.changed.length > 0) {
      const seen = versionOf(request.body) ?? current.record.id;
      await saveSettings(deps, { firm: visitor.firm.id, by: visitor.session.name, body: entry.settings, note: `changed ${entry.changed.join(', ')}`, after: seen });
      const costs = JSON.stringify(entry.settings.costs) === JSON.stringify(current.body.costs) ? [] : costMarks(visitor.firm.id);
      await deps.store.marks.want([...(await unsettled(deps.store, visitor.firm.id)), ...costs], instantOf(deps.clock));
    }
    response.redirect(303, '/settings');
  }));

  return router;
}

const wholeForm = (books: Books, lists: FirmLists, { region }: Visitor, current: Settings): FieldGroup[] => [...settingsForm({ books, lists, words: WORDING[region], settings: current, mayWait: () => true }), costFields(books, WORDING[region])];

/** Costs switched on or off: other notices are wanted from Clio, and what holds them all up is said at once. */
const costMarks = (firm: string): MarkRequest[] => [mark(firm, 'subscriptions', 'clio', PRIORITY.person), mark(firm, 'expense', 'settings', PRIORITY.person), mark(firm, 'catch-up', 'all', PRIORITY.webhook)];

/** Bills that wait may wait for just this change. */
async function unsettled(store: Store, firm: string): Promise<MarkRequest[]> {
  const waiting = await Promise.all((['needs-you', 'ready-for-review', 'on-its-way'] as const).map((status) => store.links.list(firm, { index: 'status', value: `bill:${status}`, limit: HELD_AT_MOST })));
  return waiting.flat().flatMap((link) => (link.clioId === null ? [] : [mark(firm, 'bill', link.clioId, PRIORITY.webhook)]));
}

function versionOf(body: unknown): string | null {
  return typeof body === 'object' && body !== null && 'version' in body && typeof body.version === 'string' && /^\d{6}$/.test(body.version) ? body.version : null;
}

async function showSettings(deps: WebDeps, response: Response, visitor: Visitor, facts: FirmFacts, entered: { body: unknown; wrong: Record<string, string> } | null): Promise<void> {
  const { books, lists, settings: current, xero } = facts;
  if (!books || !lists || !current) return;
  const groups = drawn(wholeForm(books, lists, visitor, current.body), current.body, entered, mayActAs(visitor.role, 'admin'));
  const data = { groups, record: current.record, booksReadAt: books.readAt, xero, wrong: entered?.wrong ?? {} };
  await show(deps, response, visitor, { view: 'settings', title: 'Settings', section: '/settings', data, ...(entered ? { status: 422 } : {}) });
}
