import type { Route } from '../../core/route-bill.js';
import { parseBooks } from '../../store/books-schema.js';
import { newestRoute, furtherOf } from '../../store/route-of.js';
import { newestSettings } from '../../store/settings-of.js';
import type { Store } from '../../store/store.js';

/** One of a firm's Xero organisations, as its page shows it. */
export interface ListedOrganisation {
  organisationId: string;
  name: string;
  state: 'live' | 'needs-reauth' | 'removed';
  /** The one the firm began with; its settings are on the settings page. */
  home: boolean;
  setUp: boolean;
  demo: boolean;
  trial: boolean;
}

/** Those connected, and those that are not any more but are named by the route. The first connected comes first. */
export async function organisationList(store: Store, firm: string): Promise<ListedOrganisation[]> {
  const [connections, found] = await Promise.all([store.connections.list(firm), newestRoute(store, firm)]);
  const route = found?.route;
  const named = new Set(route ? [route.home, route.otherwise, ...route.rules.map((rule) => rule.organisationId)] : []);
  const listed = connections.filter((each) => each.side === 'xero' && each.organisationId !== null && (each.state !== 'removed' || named.has(each.organisationId)));
  const organisations: ListedOrganisation[] = [];
  for (const { organisationId, organisationName, state } of listed) {
    if (organisationId === null) continue;
    const further = furtherOf(route, organisationId);
    const [settings, books] = await Promise.all([newestSettings(store, firm, further), store.books.get(firm, organisationId)]);
    const facts = books ? parseBooks(books.body).organisation : null;
    organisations.push({ organisationId, name: organisationName ?? 'An organisation', state, home: further === null, setUp: settings !== undefined, demo: facts?.demo ?? false, trial: facts?.trial ?? false });
  }
  return organisations.sort((a, b) => Number(b.home) - Number(a.home) || a.name.localeCompare(b.name));
}

/** Where the settings are that a bill of this organisation is sent by; those of the one the firm began with while nobody can tell. */
export function settingsPageOf(route: Route | undefined, organisationId: string): string {
  const further = organisationId === '' ? null : furtherOf(route, organisationId);
  return further === null ? '/settings' : `/organisations/${further}`;
}

/** By id, for pages that say where a bill is; null for a firm with one organisation, where it needs no saying. */
export async function namesWhenSeveral(store: Store, firm: string): Promise<Map<string, string> | null> {
  if (!(await newestRoute(store, firm))) return null;
  const connections = await store.connections.list(firm);
  return new Map(connections.flatMap(({ organisationId, organisationName }) => (organisationId === null ? [] : [[organisationId, organisationName ?? 'An organisation'] as const])));
}
