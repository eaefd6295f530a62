import { LeaseLostError } from '../../src/store/collection.js';
import { KINDS } from '../../src/store/kinds.js';
import type { Lease, Leases, Store } from '../../src/store/store.js';
import { MemoryCollection, settled } from './memory-collection.js';
import { MemoryMarks } from './memory-marks.js';

class MemoryLeases implements Leases {
  private readonly leases = new Map<string, { owner: string; epoch: number; until: number }>();

  constructor(private readonly now: () => number) {}

  copy(): MemoryLeases {
    const copy = new MemoryLeases(this.now);
    for (const [firm, lease] of this.leases) copy.leases.set(firm, { ...lease });
    return copy;
  }

  acquire(firm: string, owner: string, forMs: number): Promise<Lease | undefined> {
    const held = this.leases.get(firm);
    if (held && held.until > this.now()) return Promise.resolve(undefined);
    this.leases.set(firm, { owner, epoch: (held?.epoch ?? 0) + 1, until: this.now() + forMs });
    return Promise.resolve(this.peek(firm));
  }

  holder(firm: string): Promise<Lease | undefined> {
    const lease = this.peek(firm);
    return Promise.resolve(lease && Date.parse(lease.until) > this.now() ? lease : undefined);
  }

  renew(lease: Lease, forMs: number): Promise<Lease> {
    return settled(() => {
      const held = this.own(lease);
      if (!held) throw new LeaseLostError(lease.firm);
      held.until = this.now() + forMs;
      return { ...lease, until: new Date(held.until).toISOString() };
    });
  }

  release(lease: Lease): Promise<void> {
    const held = this.own(lease);
    if (held) held.until = 0;
    return Promise.resolve();
  }

  /** At once, for whoever watches: the last lease, run out or not. */
  peek(firm: string): Lease | undefined {
    const held = this.leases.get(firm);
    return held && { firm, owner: held.owner, epoch: held.epoch, until: new Date(held.until).toISOString() };
  }

  private own(lease: Lease): { owner: string; epoch: number; until: number } | undefined {
    const held = this.leases.get(lease.firm);
    return held?.owner === lease.owner && held.epoch === lease.epoch ? held : undefined;
  }
}

export type MemoryStore = ReturnType<typeof memoryStore>;

/** What a former primary goes on showing. */
export function copyOf(store: MemoryStore): MemoryStore {
  const { firms, connections, settings, books, links, holds, subscriptions, deliveries, activity, cursors, runs, alerts, tickets, marks, leases } = store;
  return {
    ...store,
    firms: firms.copy(), connections: connections.copy(), settings: settings.copy(), books: books.copy(), links: links.copy(), holds: holds.copy(), subscriptions: subscriptions.copy(),
    deliveries: deliveries.copy(), activity: activity.copy(), cursors: cursors.copy(), runs: runs.copy(), alerts: alerts.copy(), tickets: tickets.copy(), marks: marks.copy(), leases: leases.copy(),
  };
}

/**
 * The whole store in memory, for simulations: passes test/store/store-contract.ts. `now` is the database's own clock. Without `checked`,
 * changed records are taken as they come: checking each is a tenth of a simulation's time.
 */
export function memoryStore(now: () => number, checked = true) {
  let open = true;
  return {
    firms: new MemoryCollection(KINDS.firms, checked),
    connections: new MemoryCollection(KINDS.connections, checked),
    settings: new MemoryCollection(KINDS.settings, checked),
    books: new MemoryCollection(KINDS.books, checked),
    links: new MemoryCollection(KINDS.links, checked),
    holds: new MemoryCollection(KINDS.holds, checked),
    subscriptions: new MemoryCollection(KINDS.subscriptions, checked),
    deliveries: new MemoryCollection(KINDS.deliveries, checked),
    activity: new MemoryCollection(KINDS.activity, checked),
    cursors: new MemoryCollection(KINDS.cursors, checked),
    runs: new MemoryCollection(KINDS.runs, checked),
    alerts: new MemoryCollection(KINDS.alerts, checked),
    tickets: new MemoryCollection(KINDS.tickets, checked),
    marks: new MemoryMarks(),
    leases: new MemoryLeases(now),
    ping: () => Promise.resolve(open),
    close: () => {
      open = false;
      return Promise.resolve();
    },
  } satisfies Store;
}
