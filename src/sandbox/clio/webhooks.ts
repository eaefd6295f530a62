import { z } from 'zod';
import { ClioRefusal, forbidden, invalid } from './errors.js';
import type { Deliveries } from './deliveries.js';
import { parseFields } from './fields.js';
import type { Firm } from './firm.js';
import { secret } from './grants.js';
import type { WebhookRecord } from './records.js';
import { parsed } from './parsed.js';
import { resource, type Call, type Resource } from './resource.js';
import type { Views } from './views.js';
import { eventsOf, MODEL_PERMISSIONS, modelNamed, MODELS } from './webhook-models.js';

const DAY_MS = 86_400_000;
const Changes = z.object({
  url: z.string().optional(),
  model: z.union([z.string(), z.number()]).optional(),
  fields: z.string().optional(),
  events: z.array(z.string()).optional(),
  expires_at: z.string().nullish(),
});
const Creation = Changes.extend({ url: z.string(), model: z.union([z.string(), z.number()]), fields: z.string() });

export function webhooks(firm: Firm, views: Views, deliveries: Deliveries): Resource {
  const mine = (hook: WebhookRecord, call: Call) => hook.userId === call.user.id && hook.clientId === call.grant.clientId;
  return resource<WebhookRecord>({
    path: 'webhooks', schema: 'Webhook', permission: 'Webhooks', view: (hook) => views.webhook(hook),
    list: { rows: (call) => firm.webhooks.where((hook) => mine(hook, call)), orders: {} },
    find: (id, call) => {
      const hook = firm.webhooks.get(id);
      return hook && mine(hook, call) ? hook : undefined;
    },
    create: (data, call) => {
      const body = parsed(Creation, data);
      const model = checkedModel(body.model, call);
      const fields = checkedFields(body.fields, model);
      return firm.webhooks.add((stamp) => ({
        ...stamp, url: checkedUrl(body.url), model, fields, events: checkedEvents(body.events, model), sharedSecret: secret(), status: 'pending',
        expiresAt: checkedExpiry(body.expires_at, firm) ?? firm.clock.now() + 3 * DAY_MS, clientId: call.grant.clientId, userId: call.user.id, seen: new Map(),
      }));
    },
    created: async (hook) => {
      if (firm.switches.handshake === 'before-answer') await deliveries.handshake(hook);
      else deliveries.handshakeSoon(hook);
    },
    patch: (hook, data, call) => {
      const body = parsed(Changes, data);
      const model = body.model === undefined ? hook.model : checkedModel(body.model, call);
      const fields = body.fields === undefined ? hook.fields : checkedFields(body.fields, model);
      const events = body.events === undefined ? hook.events : checkedEvents(body.events, model);
      const expiresAt = checkedExpiry(body.expires_at, firm) ?? hook.expiresAt;
      const url = body.url === undefined ? hook.url : checkedUrl(body.url);
      const moved = url !== hook.url;
      Object.assign(hook, { model, fields, events, expiresAt, url });
      if (moved) hook.status = 'pending';
      firm.webhooks.touch(hook);
      if (moved) void deliveries.handshake(hook);
    },
    remove: (hook) => { firm.webhooks.remove(hook); },
  });
}

/** `PUT /webhooks/{id}/activate`, the delayed confirmation. */
export function activate(hook: WebhookRecord, given: string | undefined, deliveries: Deliveries): void {
  if (given !== hook.sharedSecret) throw invalid('X-Hook-Secret does not match');
  deliveries.enable(hook);
}

function checkedModel(model: string | number, call: Call): string {
  const name = modelNamed(model);
  if (name === null) throw invalid(`An invalid argument was supplied: '${model}' is not a valid model`);
  const { permissions } = call.grant;
  if (permissions && !permissions.includes(MODEL_PERMISSIONS[name] ?? '')) throw forbidden();
  return name;
}

function checkedFields(fields: string, model: string): string {
  if (fields.length > 1000) throw invalid('fields is too long (maximum is 1000 characters)');
  const schema = MODELS[model];
  if (schema) {
    try {
      parseFields(fields, schema);
    } catch (error) {
      if (error instanceof ClioRefusal) throw invalid(error.message);
      throw error;
    }
  }
  return fields;
}

function checkedEvents(events: string[] | undefined, model: string): string[] {
  const possible = eventsOf(model);
  const wrong = events?.find((event) => !possible.includes(event));
  if (wrong !== undefined) throw invalid(`An invalid argument was supplied: '${wrong}' is not a valid event`);
  return events && events.length > 0 ? events : possible;
}

/** Clio takes https only. Deviation of the sandbox: plain http to this machine, so that a local receiver needs no certificate. */
function checkedUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isLocal = url?.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (url?.protocol !== 'https:' && !isLocal) throw invalid('url must be a valid https URL');
  return text;
}

function checkedExpiry(text: string | null | undefined, firm: Firm): number | null {
  if (text === undefined || text === null) return null;
  const at = Date.parse(text);
  const maximum = firm.clock.now() + 31 * DAY_MS;
  if (Number.isNaN(at)) throw invalid('expires_at is invalid');
  if (at <= maximum) return at;
  if (firm.switches.expiryBeyondMaximum === 'refused') throw invalid('expires_at must be within 31 days');
  return maximum;
}
