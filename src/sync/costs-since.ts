import { BANK_SCOPE } from '../connections/bank-scope.js';
import { exportsCosts, importsCosts, switchedOnAt } from '../core/switched-on.js';
import { newestSettings, settingsVersions } from '../store/settings-of.js';
import { parseSettings } from '../store/settings-schema.js';
import type { OpenFirm, SyncContext } from './firm-context.js';

/** What of costs a firm has switched on, since when, and whether Xero lets us at money spent. */
export interface CostTerms {
  exportSince: string | null;
  importSince: string | null;
  mayUseBanks: boolean;
}

const VERSIONS_READ = 500;

export async function costTerms({ store, firm, further, organisationId }: OpenFirm | SyncContext): Promise<CostTerms> {
  const newest = await newestSettings(store, firm.id, further);
  const costs = newest && parseSettings(newest.body).costs;
  if (!costs || !(exportsCosts(costs) || importsCosts(costs))) return { exportSince: null, importSince: null, mayUseBanks: false };
  const records = await settingsVersions(store, firm.id, further, VERSIONS_READ);
  const versions = records.map(({ body, at }) => ({ settings: parseSettings(body), at }));
  const connection = (await store.connections.list(firm.id)).find((each) => each.side === 'xero' && each.state === 'live' && each.organisationId === organisationId);
  return { exportSince: switchedOnAt(versions, exportsCosts), importSince: switchedOnAt(versions, importsCosts), mayUseBanks: connection?.scopes.includes(BANK_SCOPE) ?? false };
}
