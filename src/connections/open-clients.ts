import { createClio } from '../clio/client.js';
import type { Clio } from '../clio/clio.js';
import type { AcceptedFields } from '../clio/fields.js';
import { BillMemory } from '../clio/bill-memory.js';
import { clioLimits } from '../clio/rate-limits.js';
import { createCircuitBreaker, type CircuitBreaker } from '../http/circuit-breaker.js';
import { createBudget, type Budget, type BudgetLimits, type Priority } from '../http/budget.js';
import { createXero } from '../xero/client.js';
import type { Xero } from '../xero/xero.js';
import type { ConnectionRecord, Region } from '../store/records.js';
import type { FreshToken } from './fresh-token.js';
import type { ConnectionDeps } from './ports.js';

/** Xero: 60 a minute, 5 at once, 1,000 or 5,000 a day per organisation (FAQ); the headers tell what is left. */
export const xeroLimits: BudgetLimits = { service: 'xero', perMinute: 60, inFlight: 5, minuteReserve: 5, dayLimits: [1_000, 5_000] };

export interface Clients {
  /** One client per live Clio connection of the firm; the first connected comes first. */
  clioClients(firm: string, priority: Priority, mayWrite?: () => boolean): Promise<Clio[]>;
  /** `organisationId`: which of the firm's organisations; null for whichever is connected. */
  xeroClient(firm: string, priority: Priority, organisationId: string | null, mayWrite?: () => boolean): Promise<{ xero: Xero; organisationId: string } | null>;
}

/** What outlives a single run: one per connection and process. */
interface Kept {
  budget: Budget;
  acceptedFields: AcceptedFields;
  billMemory: BillMemory;
}

/** Authenticated clients whose tokens renew themselves. `priority`: whether somebody waits for what they are used for. */
export function openClients(deps: ConnectionDeps & { freshToken: FreshToken }): Clients {
  const kept = new Map<string, Kept>();
  const keptOf = (connection: ConnectionRecord): Kept => {
    const key = `${connection.firm}|${connection.id}`;
    const known = kept.get(key) ?? { budget: createBudget(connection.side === 'clio' ? clioLimits : xeroLimits, deps.clock), acceptedFields: freshFields(), billMemory: new BillMemory(deps.clock) };
    kept.set(key, known);
    return known;
  };
  const xeroBreaker = createCircuitBreaker('xero', deps.clock);
  const clioBreakers = new Map<Region, CircuitBreaker>();
  const clioBreaker = (region: Region): CircuitBreaker => {
    const known = clioBreakers.get(region) ?? createCircuitBreaker('clio', deps.clock);
    clioBreakers.set(region, known);
    return known;
  };
  const live = async (firm: string, side: ConnectionRecord['side']) =>
    (await deps.store.connections.list(firm)).filter((each) => each.side === side && each.state === 'live').sort((a, b) => a.connectedAt.localeCompare(b.connectedAt));

  /** The token last handed out is the one a 401 speaks of. */
  function tokens(connection: ConnectionRecord): { token: () => Promise<string>; onUnauthorized: () => Promise<string> } {
    let last: string | undefined;
    return {
      token: async () => (last = await deps.freshToken(connection.firm, connection.id)),
      onUnauthorized: async () => (last = await deps.freshToken(connection.firm, connection.id, last)),
    };
  }

  return {
    async clioClients(firm, priority, mayWrite) {
      const region = regionOf(firm);
      const app = region && deps.clio.apps[region];
      if (!app) return [];
      return (await live(firm, 'clio')).map((connection) => createClio({ baseUrl: app.baseUrl, region, ...tokens(connection), clock: deps.clock, breaker: clioBreaker(region), priority, mayWrite, ...keptOf(connection) }));
    },
    async xeroClient(firm, priority, organisationId, mayWrite) {
      const connection = (await live(firm, 'xero')).find((each) => organisationId === null || each.organisationId === organisationId);
      if (!connection || connection.organisationId === null) return null;
      const xero = createXero({ apiUrl: deps.xero.app.apiUrl, organisationId: connection.organisationId, ...tokens(connection), budget: keptOf(connection).budget, clock: deps.clock, breaker: xeroBreaker, priority, mayWrite });
      return { xero, organisationId: connection.organisationId };
    },
  };
}

const freshFields = (): AcceptedFields => new Map();

const regionOf = (firm: string): Region | undefined => (['us', 'ca', 'eu', 'au'] as const).find((each) => firm.startsWith(`${each}:`));
