import { newestRoute, placesOf } from '../store/route-of.js';
import type { Store } from '../store/store.js';
import type { Division } from './firm-context.js';

/** Null for a firm that never had more than one organisation. */
export async function divisionOf(store: Store, firm: string): Promise<Division | null> {
  const found = await newestRoute(store, firm);
  if (!found) return null;
  const { route } = found;
  const connections = (await store.connections.list(firm)).filter((each) => each.side === 'xero');
  const nameOf = (organisationId: string) => connections.find((each) => each.organisationId === organisationId)?.organisationName ?? 'another organisation';
  const further = (await placesOf(store, firm)).filter((each) => each !== null);
  return { route, further, nameOf };
}
