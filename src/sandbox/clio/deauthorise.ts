import type { Firm } from './firm.js';
import type { Grants } from './grants.js';

/**
 * A user, or everybody, removes an app inside Clio. Clio then calls the app's deauthorisation URL; method, parameters and
 * signature are not documented, so the form is a switch (C15) and the keys are inferred.
 */
export async function deauthorise(firm: Firm, grants: Grants, clientId: string, userId?: number): Promise<void> {
  const url = grants.apps.get(clientId)?.deauthorizationUrl;
  const gone = (row: { clientId: string; userId: number }) => row.clientId === clientId && (userId === undefined || row.userId === userId);
  grants.revoke(clientId, userId);
  for (const hook of firm.webhooks.where(gone)) firm.webhooks.remove(hook);
  for (const action of firm.customActions.where(gone)) firm.customActions.remove(action);
  if (url === undefined || firm.switches.deauthorization === 'none') return;
  const body = JSON.stringify({ account_id: firm.facts.accountId, user_id: userId ?? null });
  const request = firm.switches.deauthorization === 'get' ? { method: 'GET' } : { method: 'POST', body, headers: { 'Content-Type': 'application/json' } };
  await fetch(url, { ...request, redirect: 'manual', signal: AbortSignal.timeout(10_000) }).catch(() => null);
}
