import { instantOf } from '../http/clock.js';
import { REGIONS } from '../store/records.js';
import { PRIORITY } from '../store/store.js';
import type { ConnectionDeps } from './ports.js';

const AT_MOST = 20;

/**
 * Clio says that somebody removed us, without proof and in an undocumented shape (clio-api 2.6). So it is a hint: the firms the request
 * may speak of are marked, and `subscribe` asks Clio itself whether each grant still lives. Nothing is ended or deleted here.
 * `ids` are numbers found anywhere in the request; returns the firms marked.
 */
export async function hintOfDeauthorisation(deps: Pick<ConnectionDeps, 'store' | 'clock'>, ids: string[]): Promise<string[]> {
  const firms = new Set<string>();
  for (const id of ids.slice(0, AT_MOST)) {
    for (const region of REGIONS) {
      const firm = await deps.store.firms.get('*', `${region}:${id}`);
      const connection = await deps.store.connections.findUnique('user', `${region}:${id}`);
      if (firm) firms.add(firm.id);
      if (connection) firms.add(connection.firm);
    }
  }
  const requests = [...firms].map((firm) => ({ firm, kind: 'subscriptions', id: 'clio', priority: PRIORITY.webhook }));
  if (requests.length > 0) await deps.store.marks.want(requests, instantOf(deps.clock));
  return [...firms];
}
