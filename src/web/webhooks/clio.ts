import { timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import { z } from 'zod';
import { changeRecord } from '../../connections/change-record.js';
import { secretContext } from '../../connections/subscription-url.js';
import { instantOf } from '../../http/clock.js';
import { signatureMatches } from '../../http/hmac.js';
import { isMarkKind, mark, type MarkKind } from '../../jobs/mark-kinds.js';
import { StaleError } from '../../store/collection.js';
import type { SubscriptionRecord } from '../../store/records.js';
import { PRIORITY, type MarkRequest } from '../../store/store.js';
import type { WebDeps } from '../deps.js';
import { countDelivery } from '../metrics.js';
import { answerWith, type Answer } from './answer.js';
import { keepDelivery } from './delivery.js';
import { rawBodyOf } from './raw-body.js';

const Token = z.string().regex(/^[\w-]{32,128}$/);
const NOTED_EVERY_MS = 60_000;

export type ClioReceiver = Pick<WebDeps, 'store' | 'clock' | 'sealer' | 'log'>;

/** Everything the payload is good for: which record to read again. */
const Payload = z.object({ data: z.object({ id: z.union([z.int(), z.string().regex(/^\d{1,19}$/)]) }), meta: z.object({ webhook_id: z.union([z.int(), z.string()]).optional() }).optional() });

/** A request as it came, with what of it counts. */
export interface FromClio {
  token: unknown;
  hookSecret: string | undefined;
  signature: string | undefined;
  rawBody: Buffer;
}

/** POST /webhooks/clio/:subscription. */
export const clioWebhook = (deps: WebDeps, refused: RequestHandler): RequestHandler =>
  answerWith(deps, refused, (request) => receiveFromClio(deps, { token: request.params['subscription'], hookSecret: request.get('x-hook-secret'), signature: request.get('x-hook-signature'), rawBody: rawBodyOf(request) }));

/** The unguessable path finds the firm; the signature proves the sender; the content is a hint. Answers once the notice is durable. */
export async function receiveFromClio(deps: ClioReceiver, { token, hookSecret, signature, rawBody }: FromClio): Promise<Answer> {
  const known = Token.safeParse(token);
  const subscription = known.success ? await deps.store.subscriptions.findUnique('token', known.data) : undefined;
  if (!subscription) return refusal(404);
  if (hookSecret !== undefined) return shakeHands(deps, subscription, hookSecret);

  // Clio does not say how the digest is written: hex was seen, base64 is possible (clio-api 5.4).
  if (!signatureMatches(signature, rawBody, secretsOf(deps, subscription), ['hex', 'base64'])) {
    deps.log.warn('a Clio webhook had a wrong signature', { firm: subscription.firm, kind: subscription.model });
    return refusal(401);
  }
  await keepDelivery(deps, { firm: subscription.firm, vendor: 'clio', subscription: subscription.id, rawBody, marks: [markFor(deps, subscription, rawBody)] });
  await noteDelivery(deps, subscription);
  return { status: 200 };
}

function refusal(status: 401 | 404): Answer {
  countDelivery('clio', 'refused');
  return { status };
}

function secretsOf(deps: ClioReceiver, subscription: SubscriptionRecord): string[] {
  return (['secret', 'previousSecret'] as const).flatMap((field) => {
    const sealed = subscription[field];
    return sealed === null ? [] : [deps.sealer.open(sealed, secretContext(subscription.firm, subscription.model, field))];
  });
}

/** Time entries come under the same word as costs; they drop out when they are read. */
const kindOf = (model: string): MarkKind | null => (model === 'activity' ? 'expense' : isMarkKind(model) ? model : null);

function markFor(deps: ClioReceiver, subscription: SubscriptionRecord, rawBody: Buffer): MarkRequest {
  const payload = Payload.safeParse(parsed(rawBody));
  const { firm, model } = subscription;
  // Rightly signed but not understood: something changed, so look for what.
  const kind = kindOf(model);
  if (!payload.success || kind === null) return mark(firm, 'catch-up', 'all', PRIORITY.webhook);
  const webhookId = payload.data.meta?.webhook_id;
  if (webhookId !== undefined && String(webhookId) !== subscription.clioWebhookId) deps.log.warn('a Clio webhook came from another subscription than expected', { firm, kind: model });
  return mark(firm, kind, String(payload.data.data.id), PRIORITY.webhook);
}

function parsed(rawBody: Buffer): unknown {
  try {
    return JSON.parse(rawBody.toString('utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Clio offers a secret and wants it echoed (clio-api 5.3). Only a subscription that expects one takes it, and only the first; a secret
 * learned from the answer to our own request must be the same. Otherwise we answer without the echo, and `subscribe` repairs it over our own call.
 */
async function shakeHands(deps: ClioReceiver, subscription: SubscriptionRecord, offered: string): Promise<Answer> {
  const { firm, model } = subscription;
  const outcome = { echo: false };
  if (/^[\x21-\x7e]{8,512}$/.test(offered)) {
    await changeRecord(deps.store.subscriptions, firm, subscription.id, (record) => {
      const known = record.secret === null ? null : deps.sealer.open(record.secret, secretContext(firm, model, 'secret'));
      outcome.echo = known === null ? record.state === 'expecting-handshake' : sameText(known, offered);
      if (!outcome.echo || record.state !== 'expecting-handshake') return null;
      const secret = known === null ? deps.sealer.seal(offered, secretContext(firm, model, 'secret')) : record.secret;
      return { secret, state: record.clioWebhookId === null ? ('expecting-handshake' as const) : ('enabled' as const) };
    });
  }
  if (outcome.echo) return { status: 200, hookSecret: offered };
  deps.log.warn('a Clio handshake nobody expected', { firm, kind: model });
  await deps.store.marks.want([mark(firm, 'subscriptions', 'clio', PRIORITY.webhook)], instantOf(deps.clock));
  return { status: 200 };
}

function sameText(known: string, offered: string): boolean {
  const [left, right] = [Buffer.from(known), Buffer.from(offered)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/**
 * When we last heard from a subscription, to the minute: enough to tell a silent one, without a write per delivery. Of many deliveries in
 * the same moment one notes it; the others find the record changed, and that is as well.
 */
async function noteDelivery(deps: ClioReceiver, subscription: SubscriptionRecord): Promise<void> {
  const last = subscription.lastDeliveryAt === null ? 0 : Date.parse(subscription.lastDeliveryAt);
  if (deps.clock.now() - last < NOTED_EVERY_MS) return;
  try {
    await deps.store.subscriptions.replace({ ...subscription, lastDeliveryAt: instantOf(deps.clock) });
  } catch (error) {
    if (!(error instanceof StaleError)) throw error;
  }
}
