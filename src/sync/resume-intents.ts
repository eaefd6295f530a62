import type { Intent, LinkRecord } from '../store/records.js';
import type { SyncContext } from './firm-context.js';
import { sendAgain, type Operation } from './write-once.js';

/** Xero keeps an idempotency key six minutes from its first use; a request of ours may be under way for up to four. */
const SAME_KEY_MS = 2 * 60_000;
/** After this, neither a late commit nor a live key can surprise us: what a look does not find does not exist. */
const QUIESCE_MS = 10 * 60_000;

/**
 * Settles what a crash or a lost answer left open on these links. Within two minutes the very same batch is sent again; until ten
 * minutes have passed nothing is done; after that the intent is dropped, and planning on a fresh look adopts what it finds or
 * makes it anew under a new key. Returns, per link id still open, when it can be looked at again (milliseconds UTC).
 */
export async function resumeIntents(context: SyncContext, links: LinkRecord[], operations: AnyOperation[]): Promise<Map<string, number>> {
  const waiting = new Map<string, number>();
  const keys = new Set(links.flatMap((link) => (link.intent ? [link.intent.key] : [])));
  for (const key of keys) {
    const members = links.filter((link) => link.intent?.key === key);
    const intent = members[0]?.intent;
    if (!intent) continue;
    const until = await settle(context, intent, members, operations);
    if (until !== null) for (const member of members) waiting.set(member.id, until);
  }
  return waiting;
}

async function settle(context: SyncContext, intent: Intent, members: LinkRecord[], operations: AnyOperation[]): Promise<number | null> {
  const now = context.clock.now();
  const operation = operations.find((each) => each.name === intent.operation);
  if (operation && now - Date.parse(intent.firstSentAt) < SAME_KEY_MS && (await operation.again(context, intent.key))) return null;
  const quietAt = Date.parse(intent.lastSentAt) + QUIESCE_MS;
  if (now < quietAt) return quietAt;
  for (const link of members) await context.store.links.replace({ ...link, intent: null }, context.held.epoch);
  await context.store.runs.remove(context.firm.id, intent.key);
  return null;
}

/** An operation with its types closed over, so that different kinds stand in one list. */
export interface AnyOperation {
  name: string;
  again: (context: SyncContext, key: string) => Promise<boolean>;
}

export const resumable = <Request, Answer>(operation: Operation<Request, Answer>): AnyOperation => ({
  name: operation.name,
  again: (context, key) => sendAgain(context, operation, key),
});
