import type { SandboxClock } from '../clock.js';
import type { Exchange } from '../exchange.js';
import type { App, User } from './identity/people.js';
import type { Grants } from './identity/grants.js';
import type { Limits } from './gate/limits.js';
import type { KeptAnswers } from './gate/idempotency.js';
import type { Faults } from './gate/faults.js';
import type { Signer } from './identity/signer.js';
import type { Organisation } from './books/organisation.js';
import type { Deliveries } from './webhooks/deliveries.js';
import type { XeroSwitches } from './switches.js';

/** Everything one sandbox holds. */
export interface World {
  clock: SandboxClock;
  switches: XeroSwitches;
  /** Known once the server listens. */
  url: string;
  newId: () => string;
  signer: Signer;
  users: User[];
  apps: Map<string, App>;
  organisations: Map<string, Organisation>;
  grants: Grants;
  limits: Limits;
  kept: KeptAnswers;
  faults: Faults;
  deliveries: Deliveries;
  calls: CallRecord[];
  observe: ((exchange: Exchange) => void) | undefined;
}

/** One request on Xero's paths, for counting. */
export interface CallRecord {
  at: number;
  method: string;
  path: string;
  query: string;
  status: number;
  tenantId: string | undefined;
  idempotencyKey: string | undefined;
}
