import { z } from 'zod';
import { ServiceError } from '../http/service-error.js';
import type { Intent, LinkRecord } from '../store/records.js';
import { SAME_KEY_MS } from '../xero/same-key.js';
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
  /** What these requests made, as found in the vendor's books by what each was sent with; null for what is not there. Without it, planning must find it. */
  find?: (context: SyncContext, requests: Request[]) => Promise<(Answer | null)[]>;
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
  const open = pending.find(({ link }) => link.intent !== null);
  if (open) throw unsettled(`another request is still open for ${open.link.id}`);
  const key = `${context.organisationId.slice(0, 8)}:${operation.name}:${context.newId()}`;
  const now = nowOf(context);
  await context.store.runs.insert(
    { firm: context.firm.id, id: key, kind: 'batch', startedAt: now, endedAt: null, result: { operation: operation.name, linkIds: pending.map(({ link }) => link.id), requests: pending.map(({ request }) => request) } },
    context.held.epoch,
  );
  const links: LinkRecord[] = [];
  for (const { link, marker } of pending) links.push(await intend(context, link, { operation: operation.name, key, marker, now }));
  return sendBatch(context, operation, { key, links, requests: pending.map(({ request }) => request), startedAt: now, again: false });
}

interface Frozen<Request> {
  key: string;
  links: LinkRecord[];
  requests: Request[];
  startedAt: string;
  /** It may have been sent before. */
  again: boolean;
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
  // Whoever finds the intent later has to look in the organisation it was sent to.
  return context.store.links.replace({ ...link, intent, organisationId: context.organisationId }, context.held.epoch);
}

async function sendBatch<Request, Answer>(context: SyncContext, operation: Operation<Request, Answer>, batch: Frozen<Request>): Promise<Written<Answer>[]> {
  const { links, requests } = batch;
  const results = await send(context, operation, batch);
  const written: Written<Answer>[] = [];
  for (const [index, link] of links.entries()) {
    const result = results[index];
    const request = requests[index];
    if (result === undefined || request === undefined) throw new Error(`${operation.name}: ${results.length} answers for ${requests.length} requests`);
    written.push({ link: await operation.record(context, link, request, result), result });
  }
  await context.store.runs.remove(context.firm.id, batch.key);
  return written;
}

async function send<Request, Answer>(context: SyncContext, operation: Operation<Request, Answer>, batch: Frozen<Request>): Promise<WriteResult<Answer>[]> {
  stillHeld(context);
  // Saving the intents may have taken long.
  if (!keyIsFresh(context, batch.startedAt)) throw unsettled('too much time passed since the request was written down');
  // Until it leaves, it may wait for a token or for its turn; under a key that was used before, it must not wait for long.
  const sender = batch.again ? { ...context, xero: context.xero.writingUntil(Date.parse(batch.startedAt) + SAME_KEY_MS) } : context;
  try {
    return await operation.send(sender, batch.requests, batch.key);
  } catch (error) {
    // That the second request was refused as a whole says nothing about the first.
    if (error instanceof ServiceError && error.kind !== 'ambiguous' && !batch.again) await forget(context, batch.key, batch.links);
    else await markUnknown(context, batch.links);
    throw error;
  }
}

/** Whether the key may still be used. A moment in the future was written by a clock that cannot be trusted. */
export function keyIsFresh(context: SyncContext, firstSentAt: string): boolean {
  const age = context.clock.now() - Date.parse(firstSentAt);
  return age >= -SAME_KEY_MS && age < SAME_KEY_MS;
}

const unsettled = (message: string): ServiceError => new ServiceError({ service: 'xero', kind: 'ambiguous', message });

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
  const batch = await frozen(context, operation, key);
  if (!batch) return false;
  // A member without the intent was either settled, or its intent was never saved, and then the batch was never sent.
  if (batch.links.some((link) => link.intent?.key !== key)) return false;
  const now = nowOf(context);
  const links: LinkRecord[] = [];
  for (const link of batch.links) links.push(link.intent ? await context.store.links.replace({ ...link, intent: { ...link.intent, lastSentAt: now } }, context.held.epoch) : link);
  await sendBatch(context, operation, { ...batch, links, again: true });
  return true;
}

/** Long after the last sending: what is in the vendor's books is recorded, what is not there was never made. Either way nothing is open any more. */
export async function settleByLooking<Request, Answer>(context: SyncContext, operation: Operation<Request, Answer>, key: string): Promise<void> {
  if (!operation.find) return;
  const batch = await frozen(context, operation, key);
  if (!batch) return;
  const open = batch.links.flatMap((link, index) => {
    const request = batch.requests[index];
    return link.intent?.key === key && request !== undefined ? [{ link, request }] : [];
  });
  const found = await operation.find(context, open.map(({ request }) => request));
  for (const [index, { link, request }] of open.entries()) {
    const value = found[index] ?? null;
    if (value !== null) await operation.record(context, link, request, { ok: true, value, warnings: [] });
  }
}

async function frozen<Request, Answer>(context: SyncContext, operation: Operation<Request, Answer>, key: string): Promise<Frozen<Request> | null> {
  const run = await context.store.runs.get(context.firm.id, key);
  const batch = Batch.safeParse(run?.result);
  if (!run || !batch.success) return null;
  const byId = new Map((await context.store.links.getMany(context.firm.id, batch.data.linkIds)).map((link) => [link.id, link]));
  const links = batch.data.linkIds.flatMap((id) => byId.get(id) ?? []);
  if (links.length !== batch.data.linkIds.length) return null;
  return { key, links, requests: batch.data.requests.map((each) => operation.parse(each)), startedAt: run.startedAt, again: true };
}
