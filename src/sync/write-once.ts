import { z } from 'zod';
import { ServiceError } from '../http/service-error.js';
import type { Intent, LinkRecord } from '../store/records.js';
import type { WriteResult } from '../xero/xero.js';
import { nowOf, stillHeld, type SyncContext } from './firm-context.js';

/**
 * A kind of remote write that makes something new. `send` is one vendor call for all requests; the same key always goes with the
 * same requests. `record` keeps what came of one request on its link and clears the intent, in one write.
 */
export interface Operation<Request, Answer> {
  name: string;
  parse: (stored: unknown) => Request;
  send: (context: SyncContext, requests: Request[], key: string) => Promise<WriteResult<Answer>[]>;
  record: (context: SyncContext, link: LinkRecord, request: Request, result: WriteResult<Answer>) => Promise<LinkRecord>;
}

export interface Pending<Request> {
  link: LinkRecord;
  /** By which the result can be found in the vendor's books. */
  marker: string;
  request: Request;
}

export interface Written<Answer> {
  link: LinkRecord;
  result: WriteResult<Answer>;
}

/** The frozen batch: sent again unchanged within two minutes, or not at all. */
const Batch = z.object({ operation: z.string(), linkIds: z.array(z.string()), requests: z.array(z.unknown()) });

/**
 * Intent, post, record. The batch and an intent on every link are durable before the first byte is sent. A lost answer is
 * asked for once more with the same key; if it stays lost the intents stay, and `resumeIntents` decides later.
 */
export async function writeOnce<Request, Answer>(context: SyncContext, operation: Operation<Request, Answer>, pending: Pending<Request>[]): Promise<Written<Answer>[]> {
  const key = `${context.organisationId.slice(0, 8)}:${operation.name}:${context.newId()}`;
  const now = nowOf(context);
  await context.store.runs.insert(
    { firm: context.firm.id, id: key, kind: 'batch', startedAt: now, endedAt: null, result: { operation: operation.name, linkIds: pending.map(({ link }) => link.id), requests: pending.map(({ request }) => request) } },
    context.held.epoch,
  );
  const links: LinkRecord[] = [];
  for (const { link, marker } of pending) links.push(await intend(context, link, { operation: operation.name, key, marker, now }));
  return sendBatch(context, operation, key, links, pending.map(({ request }) => request));
}

async function intend(context: SyncContext, link: LinkRecord, write: { operation: string; key: string; marker: string; now: string }): Promise<LinkRecord> {
  const intent: Intent = {
    operation: write.operation,
    key: write.key,
    keyNumber: (link.intent?.keyNumber ?? 0) + 1,
    state: 'sending',
    firstSentAt: write.now,
    lastSentAt: write.now,
    marker: write.marker,
  };
  return context.store.links.replace({ ...link, intent }, context.held.epoch);
}

async function sendBatch<Request, Answer>(context: SyncContext, operation: Operation<Request, Answer>, key: string, links: LinkRecord[], requests: Request[]): Promise<Written<Answer>[]> {
  const results = await send(context, operation, key, links, requests);
  const written: Written<Answer>[] = [];
  for (const [index, link] of links.entries()) {
    const result = results[index];
    const request = requests[index];
    if (result === undefined || request === undefined) throw new Error(`${operation.name}: ${results.length} answers for ${requests.length} requests`);
    written.push({ link: await operation.record(context, link, request, result), result });
  }
  await context.store.runs.remove(context.firm.id, key);
  return written;
}

async function send<Request, Answer>(context: SyncContext, operation: Operation<Request, Answer>, key: string, links: LinkRecord[], requests: Request[]): Promise<WriteResult<Answer>[]> {
  try {
    stillHeld(context);
    return await operation.send(context, requests, key);
  } catch (error) {
    if (error instanceof ServiceError && error.kind !== 'ambiguous') {
      await forget(context, key, links);
      throw error;
    }
    await markUnknown(context, links);
    throw error;
  }
}

/** The vendor refused the call as a whole: nothing happened, nothing is owed under this key. */
async function forget(context: SyncContext, key: string, links: LinkRecord[]): Promise<void> {
  for (const link of links) await context.store.links.replace({ ...link, intent: null }, context.held.epoch);
  await context.store.runs.remove(context.firm.id, key);
}

async function markUnknown(context: SyncContext, links: LinkRecord[]): Promise<void> {
  for (const link of links) {
    if (link.intent) await context.store.links.replace({ ...link, intent: { ...link.intent, state: 'unknown', lastSentAt: nowOf(context) } }, context.held.epoch);
  }
}

/** Sends a batch found after a crash or a lost answer once more: same key, same requests. False when that can no longer be done safely. */
export async function sendAgain<Request, Answer>(context: SyncContext, operation: Operation<Request, Answer>, key: string): Promise<boolean> {
  const run = await context.store.runs.get(context.firm.id, key);
  const batch = Batch.safeParse(run?.result);
  if (!run || !batch.success) return false;
  const links = await context.store.links.getMany(context.firm.id, batch.data.linkIds);
  const byId = new Map(links.map((link) => [link.id, link]));
  const members = batch.data.linkIds.map((id) => byId.get(id));
  const now = nowOf(context);
  const ready: LinkRecord[] = [];
  for (const member of members) {
    if (!member || member.xeroId !== null || (member.intent && member.intent.key !== key)) return false;
    ready.push(member.intent ? await context.store.links.replace({ ...member, intent: { ...member.intent, lastSentAt: now } }, context.held.epoch) : await intend(context, member, { operation: operation.name, key, marker: '', now: run.startedAt }));
  }
  await sendBatch(context, operation, key, ready, batch.data.requests.map((each) => operation.parse(each)));
  return true;
}
