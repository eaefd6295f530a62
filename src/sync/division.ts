import { newestRoute } from '../store/route-of.js';
import type { Store } from '../store/store.js';
import type { Division } from './firm-context.js';

/** Null for a firm that never had more than one organisation. */
export async function divisionOf(store: Store, firm: string): Promise<Division | null> {
  const found = await newestRoute(store, firm);
  if (!found) return null;
  const { route } = found;
  const connections = (await store.connections.list(firm)).filter((each) => each.side === 'xero');
  const named = [...connections.map((each) => each.organisationId), ...route.rules.map((rule) => rule.organisationId), route.otherwise];
  const further = new Set(named.filter((each) => each !== null && each !== route.home));
  const nameOf = (organisationId: string) => connections.find((each) => each.organisationId === organisationId)?.organisationName ?? 'another organisation';
  return { route, further: [...further].filter((each) => each !== null), nameOf };
}
