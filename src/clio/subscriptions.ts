import type { Api } from './api.js';
import type { Call } from './call.js';
import type { Clio, ClioWebhook, WebhookModel } from './clio.js';
import { webhookWire, type WebhookWire } from './wire.js';

/** What is watched: an `updated` event comes when one of these names changed. At most 1,000 characters (documented). */
const watched: Record<WebhookModel, string> = {
  bill: 'id,etag,number,state,type,kind,issued_at,due_at,total,due,paid,paid_at,pending,balance,credits_issued,updated_at',
  contact: 'id,etag,type,name,primary_email_address,is_client,updated_at',
  matter: 'id,etag,display_number,status,updated_at',
  activity: 'id,etag,type,date,price,total,billed,on_bill,updated_at',
  task: 'id,etag,status,completed_at,updated_at',
  clio_payments_payment: 'id,state,amount,updated_at',
};

const events = (model: WebhookModel): string[] => ['created', 'updated', ...(model === 'clio_payments_payment' ? [] : ['deleted'])];

export function subscriptionPart(
  api: Api,
  call: Call,
): Pick<Clio, 'webhooks' | 'createWebhook' | 'renewWebhook' | 'deleteWebhook' | 'activateWebhook'> {
  return {
    async webhooks() {
      const { records } = await api.list({ path: 'webhooks.json', fields: 'webhooks', record: webhookWire });
      return records.map(inCore);
    },

    async createWebhook({ url, model, expiresAt }) {
      const data = { url, model, events: events(model), fields: watched[model], expires_at: expiresAt };
      const made = await api.write({ method: 'POST', path: 'webhooks.json', fields: 'newWebhook', record: webhookWire, data });
      return { ...inCore(made), sharedSecret: made.shared_secret };
    },

    async renewWebhook(id, expiresAt) {
      return inCore(await api.write({ method: 'PATCH', path: `webhooks/${id}.json`, fields: 'webhooks', record: webhookWire, data: { expires_at: expiresAt } }));
    },

    deleteWebhook: (id) => api.remove(`webhooks/${id}.json`),

    async activateWebhook(id, secret) {
      // Described in the guide only, without `.json`.
      await call({ method: 'PUT', path: `webhooks/${id}/activate`, headers: { 'x-hook-secret': secret } });
    },
  };
}

function inCore(webhook: WebhookWire): ClioWebhook {
  const { id, url, model, status } = webhook;
  // A state that is not known delivers nothing we could count on.
  const state = status === 'enabled' || status === 'pending' ? status : 'suspended';
  return { clioId: id, url: url ?? '', model: model ?? '', state, expiresAt: webhook.expires_at ?? new Date(0).toISOString() };
}
