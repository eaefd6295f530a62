import { TakenError } from '../store/collection.js';
import type { Intent, LinkRecord } from '../store/records.js';
import type { SyncContext } from './firm-context.js';
import { keyIsFresh, sendAgain, settleByLooking, type Operation } from './write-once.js';

/** After this, neither a late commit nor a live key can surprise us: what a look does not find does not exist. */
const QUIESCE_MS = 10 * 60_000;

/**
 * Settles what a crash or a lost answer left open on these links. Within two minutes the very same batch is sent again; until ten
 * minutes have passed nothing is done; after that a look tells what came of it, by what was sent, for the bill may have got
 * another number meanwhile. What is not there is dropped, to be planned anew under a new key. Returns, per link id still open, when it can be looked at again (milliseconds UTC).
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
  if (operation && keyIsFresh(context, intent.firstSentAt) && (await operation.again(context, intent.key))) return null;
  const quietAt = Date.parse(intent.lastSentAt) + QUIESCE_MS;
  if (now < quietAt) return quietAt;
  await operation?.look(context, intent.key).catch(passOverTaken);
  await dropOpen(context, intent.key, members);
  await context.store.runs.remove(context.firm.id, intent.key);
  return null;
}

/** What was sent is known to another link by now, made by a look that did not see this try: planned anew, the two become one. */
function passOverTaken(error: unknown): void {
  if (!(error instanceof TakenError)) throw error;
}

async function dropOpen(context: SyncContext, key: string, members: LinkRecord[]): Promise<void> {
  const links = await context.store.links.getMany(context.firm.id, members.map((link) => link.id));
  for (const link of links) if (link.intent?.key === key) await context.store.links.replace({ ...link, intent: null }, context.held.epoch);
}

/** An operation with its types closed over, so that different kinds stand in one list. */
export interface AnyOperation {
  name: string;
  again: (context: SyncContext, key: string) => Promise<boolean>;
  look: (context: SyncContext, key: string) => Promise<void>;
}

export const resumable = <Request, Answer>(operation: Operation<Request, Answer>): AnyOperation => ({
  name: operation.name,
  again: (context, key) => sendAgain(context, operation, key),
  look: (context, key) => settleByLooking(context, operation, key),
});
