import type { RequestHandler } from 'express';
import { z } from 'zod';
import { signatureMatches } from '../../http/hmac.js';
import { mark, type MarkKind } from '../../jobs/mark-kinds.js';
import { PRIORITY, type MarkRequest } from '../../store/store.js';
import type { WebDeps } from '../deps.js';
import { countDelivery } from '../metrics.js';
import { keepDelivery } from './delivery.js';
import { rawBodyOf } from './raw-body.js';

const uuid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i).transform((text) => text.toLowerCase());
const Envelope = z.object({ events: z.array(z.unknown()) });
/** Xero's clock, with and without `Z` (xero-api 13.3). A date in another form is no reason to refuse the event. */
const moment = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z?$/).transform((text) => new Date(`${text.slice(0, 23).replace(/Z$/, '')}Z`).toISOString()).optional().catch(undefined);
const Event = z.object({ resourceId: uuid, eventCategory: z.string().transform((text) => text.toUpperCase()), tenantId: uuid, eventDateUtc: moment });
type Event = z.infer<typeof Event>;

/**
 * POST /webhooks/xero. 200 or 401 with an empty body, no cookie, whatever Xero tries (xero-api 13.1). Events of organisations we do not serve
 * and of categories we do not know are acknowledged: Xero sends new categories without asking.
 */
export function xeroWebhook(deps: WebDeps, refused: RequestHandler): RequestHandler {
  return async (request, response) => {
    const rawBody = rawBodyOf(request);
    if (!signatureMatches(request.get('x-xero-signature'), rawBody, deps.xeroWebhookKeys, ['base64'])) {
      countDelivery('xero', 'refused');
      return refused(request, response, () => response.status(401).end());
    }
    const marks = (await Promise.all(eventsIn(rawBody).map((event) => marksFor(deps, event)))).flat();
    // The intent-to-receive check sends empty lists; they leave nothing to keep.
    if (marks.length > 0) await keepDelivery(deps, { firm: '*', vendor: 'xero', subscription: 'xero', rawBody, marks });
    else countDelivery('xero', 'ignored');
    response.status(200).end();
  };
}

function eventsIn(rawBody: Buffer): Event[] {
  try {
    const envelope = Envelope.safeParse(JSON.parse(rawBody.toString('utf8')));
    const events = envelope.success ? envelope.data.events.map((each) => Event.safeParse(each)) : [];
    return events.flatMap((each) => (each.success ? [each.data] : []));
  } catch {
    return [];
  }
}

async function marksFor(deps: WebDeps, event: Event): Promise<MarkRequest[]> {
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
