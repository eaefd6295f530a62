import type { RequestHandler } from 'express';
import { z } from 'zod';
import { signatureMatches } from '../../http/hmac.js';
import { mark, type MarkKind } from '../../jobs/mark-kinds.js';
import { noteRange, type Range } from '../../jobs/notice-gaps.js';
import { PRIORITY, type MarkRequest } from '../../store/store.js';
import type { WebDeps } from '../deps.js';
import { countDelivery } from '../metrics.js';
import { answerWith, type Answer } from './answer.js';
import { keepDelivery } from './delivery.js';
import { rawBodyOf } from './raw-body.js';

const uuid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i).transform((text) => text.toLowerCase());
/** From 1 on; the intent to receive has 0, and a body without them is taken all the same (xero-api 13.2). */
const sequence = z.int().min(1).optional().catch(undefined);
const Envelope = z.object({ events: z.array(z.unknown()), firstEventSequence: sequence, lastEventSequence: sequence });
/** Xero's clock, with and without `Z` (xero-api 13.3). A date in another form is no reason to refuse the event. */
const moment = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z?$/).transform((text) => new Date(`${text.slice(0, 23).replace(/Z$/, '')}Z`).toISOString()).optional().catch(undefined);
const Event = z.object({ resourceId: uuid, eventCategory: z.string().transform((text) => text.toUpperCase()), tenantId: uuid, eventDateUtc: moment });
type Event = z.infer<typeof Event>;

export type XeroReceiver = Pick<WebDeps, 'store' | 'clock' | 'xeroWebhookKeys'>;

/** POST /webhooks/xero. */
export const xeroWebhook = (deps: WebDeps, refused: RequestHandler): RequestHandler =>
  answerWith(deps, refused, (request) => receiveFromXero(deps, request.get('x-xero-signature'), rawBodyOf(request)));

/**
 * 200 or 401, whatever Xero tries (xero-api 13.1), once the notices are durable. Events of organisations we do not serve and of categories we do not
 * know are acknowledged: Xero sends new categories without asking.
 */
export async function receiveFromXero(deps: XeroReceiver, signature: string | undefined, rawBody: Buffer): Promise<Answer> {
  if (!signatureMatches(signature, rawBody, deps.xeroWebhookKeys, ['base64'])) {
    countDelivery('xero', 'refused');
    return { status: 401 };
  }
  const { events, range } = contentOf(rawBody);
  const marks = (await Promise.all(events.map((event) => marksFor(deps, event)))).flat();
  // The intent-to-receive check sends empty lists; they leave nothing to keep.
  if (marks.length === 0) countDelivery('xero', 'ignored');
  await Promise.all([
    marks.length > 0 ? keepDelivery(deps, { firm: '*', vendor: 'xero', subscription: 'xero', rawBody, marks }) : undefined,
    range ? noteRange(deps, range) : undefined,
  ]);
  return { status: 200 };
}

function contentOf(rawBody: Buffer): { events: Event[]; range: Range | null } {
  try {
    const { events, firstEventSequence: first, lastEventSequence: last } = Envelope.parse(JSON.parse(rawBody.toString('utf8')));
    const known = events.map((each) => Event.safeParse(each)).flatMap((each) => (each.success ? [each.data] : []));
    return { events: known, range: first !== undefined && last !== undefined && first <= last ? { first, last } : null };
  } catch {
    return { events: [], range: null };
  }
}

async function marksFor(deps: XeroReceiver, event: Event): Promise<MarkRequest[]> {
  const connection = await deps.store.connections.findUnique('organisation', event.tenantId);
  if (!connection) return [];
  const { firm } = connection;
  const kind = KIND_OF[event.eventCategory];
  if (kind !== undefined) return [{ ...mark(firm, kind, event.resourceId, PRIORITY.webhook), ...(event.eventDateUtc === undefined ? {} : { changedAt: event.eventDateUtc }) }];
  // The event does not say which invoices it settles; the list of changed invoices does.
  return SETTLES.has(event.eventCategory) ? [mark(firm, 'catch-up', 'all', PRIORITY.webhook)] : [];
}

const KIND_OF: Partial<Record<string, MarkKind>> = { INVOICE: 'invoice', PAYMENT: 'payment', CREDITNOTE: 'credit-note', CONTACT: 'xero-contact' };
const SETTLES = new Set(['PREPAYMENT', 'OVERPAYMENT']);
