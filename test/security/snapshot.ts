import type { Store } from '../../src/store/store.js';

/** Everything the store holds of these firms, and of nobody (`*`), as text; two equal texts mean that nothing was changed. */
export async function snapshot(store: Store, firms: string[]): Promise<string> {
  const { connections, settings, books, links, holds, subscriptions, deliveries, activity, cursors, runs, alerts, tickets } = store;
  const kinds = { firms: store.firms, connections, settings, books, links, holds, subscriptions, deliveries, activity, cursors, runs, alerts, tickets };
  const all: unknown[] = [];
  for (const firm of ['*', ...firms]) {
    for (const [name, kind] of Object.entries(kinds)) all.push([firm, name, await kind.list(firm)]);
    all.push([firm, 'marks', await store.marks.owed(firm)]);
  }
  return JSON.stringify(all);
}
