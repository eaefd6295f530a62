import { allocationPart } from './allocations.js';
import { createApi } from './api.js';
import { createBillCurrencies } from './bill-currencies.js';
import { createFirmTerms } from './billing-settings.js';
import { BillMemory } from './bill-memory.js';
import { billPart } from './bills.js';
import { createCall, type CallDeps } from './call.js';
import type { Clio } from './clio.js';
import { customActionPart } from './custom-actions.js';
import { expensePart } from './expenses.js';
import type { AcceptedFields } from './fields.js';
import { firmListPart } from './firm-lists.js';
import { peoplePart } from './people.js';
import { subscriptionPart } from './subscriptions.js';
import { taskPart } from './tasks.js';

export interface ClioDeps extends CallDeps {
  /** Of the connection; tokens and records of one region mean nothing in another. `baseUrl` is this region's. */
  region: string;
  /** Kept by the caller for as long as the connection lives, so that each new client need not find out what is refused. */
  acceptedFields?: AcceptedFields;
  /** Kept by the caller likewise. */
  billMemory?: BillMemory;
}

/** One firm's Clio through one user's token. Keeps what it learned about fields and settings for as long as it lives. */
export function createClio(deps: ClioDeps): Clio {
  const call = createCall(deps);
  const api = createApi(call, deps.clock, deps.acceptedFields);
  const terms = createFirmTerms(api);
  const currencies = createBillCurrencies(api, terms);
  const memory = deps.billMemory ?? new BillMemory(deps.clock);
  return {
    ...peoplePart(api),
    ...billPart(api, terms, currencies, memory),
    ...allocationPart(api, currencies, memory),
    ...firmListPart(api, terms),
    ...expensePart(api, terms),
    ...taskPart(api),
    ...subscriptionPart(api, call),
    ...customActionPart(api, call),
  };
}
