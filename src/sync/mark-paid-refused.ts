import { nowOf, type SyncContext } from './firm-context.js';

/** Clio's answer to `state: paid` is remembered this long before it is tried again for another bill. */
const REMEMBER_MS = 30 * 86_400_000;

const REFUSAL = 'clio:mark-paid-refused';

export async function rememberRefusal(context: SyncContext): Promise<void> {
  const { store, firm, held } = context;
  const known = await store.cursors.get(firm.id, REFUSAL);
  if (known) await store.cursors.replace({ ...known, at: nowOf(context) }, held.epoch);
  else await store.cursors.insert({ firm: firm.id, id: REFUSAL, at: nowOf(context), position: null }, held.epoch);
}

/** Clio refused, or did not settle, the last time we asked it to mark a bill paid. */
export async function markPaidRefused(context: SyncContext): Promise<boolean> {
  const known = await context.store.cursors.get(context.firm.id, REFUSAL);
  return known !== undefined && context.clock.now() - Date.parse(known.at) < REMEMBER_MS;
}
