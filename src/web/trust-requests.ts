import type { FirmLists } from '../core/firm-lists.js';
import type { Settings } from '../core/settings.js';
import type { TrustRequest } from '../core/trust-consent.js';
import { parseTrustRequest, trustRequestId } from '../store/trust-request-schema.js';
import type { Store } from '../store/store.js';
import { replaceRun } from './replace-run.js';

/** What was asked for each trust account of Clio, by its Clio id. */
export async function trustRequests(store: Store, firm: string, lists: FirmLists | null): Promise<Map<string, TrustRequest>> {
  const accounts = (lists?.bankAccounts ?? []).filter((each) => each.type === 'trust');
  const runs = await store.runs.getMany(firm, accounts.map((each) => trustRequestId(each.clioId)));
  return new Map(accounts.flatMap(({ clioId }) => runs.filter((run) => run.id === trustRequestId(clioId)).map((run) => [clioId, parseTrustRequest(run.result)] as const)));
}

/** Accounts that two consents have switched on, as settings keep them. */
export const confirmedTrust = (requests: Map<string, TrustRequest>): Settings['trust'] =>
  Object.fromEntries([...requests].flatMap(([clioId, { name, bankAccount, liabilityAccount, second }]) => (second ? [[clioId, { name, bankAccount, liabilityAccount }]] : [])));

export async function keepTrustRequest(store: Store, firm: string, clioId: string, result: TrustRequest): Promise<void> {
  await replaceRun(store, { firm, id: trustRequestId(clioId), kind: 'trust-request', startedAt: result.first.at, endedAt: result.second?.at ?? null, result });
}
