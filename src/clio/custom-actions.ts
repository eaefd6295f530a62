import { z } from 'zod';
import { ServiceError } from '../http/service-error.js';
import type { Api } from './api.js';
import type { Call } from './call.js';
import type { Clio } from './clio.js';
import { billIdWire, customActionWire } from './wire.js';

const launchedWire = z.object({ data: billIdWire });

/** Buttons in Clio. They belong to the user whose token made them and are seen by nobody else (documented). */
export function customActionPart(
  api: Api,
  call: Call,
): Pick<Clio, 'customActions' | 'createCustomAction' | 'moveCustomAction' | 'deleteCustomAction' | 'verifyLaunch'> {
  const resource = { fields: 'customActions', record: customActionWire } as const;
  return {
    async customActions() {
      const { records } = await api.list({ ...resource, path: 'custom_actions.json' });
      return records.map(({ id, label, target_url: targetUrl, ui_reference: place }) => ({ clioId: id, label: label ?? '', targetUrl: targetUrl ?? '', place: place ?? '' }));
    },

    async createCustomAction({ label, targetUrl, place }) {
      try {
        await api.write({ ...resource, method: 'POST', path: 'custom_actions.json', data: { label, target_url: targetUrl, ui_reference: place } });
        return true;
      } catch (error) {
        if (error instanceof ServiceError && error.status === 422) return false;
        throw error;
      }
    },

    async moveCustomAction(id, targetUrl) {
      await api.write({ ...resource, method: 'PATCH', path: `custom_actions/${id}.json`, data: { target_url: targetUrl } });
    },

    deleteCustomAction: (id) => api.remove(`custom_actions/${id}.json`),

    async verifyLaunch({ kind, clioId }, nonce) {
      // Part of the path: anything but an id could lead elsewhere.
      if (!/^\d{1,19}$/.test(clioId) || nonce === '') return false;
      try {
        const reply = await call({ method: 'GET', path: `${kind}/${clioId}`, query: [['custom_action_nonce', nonce]] });
        const answer = launchedWire.safeParse(reply.json);
        return answer.success && answer.data.data.id === clioId;
      } catch (error) {
        if (error instanceof ServiceError && refusals.has(error.kind)) return false;
        throw error;
      }
    },
  };
}

/** A used, foreign or expired nonce is 403; a record that the user may not see is 403 or 404. */
const refusals = new Set<ServiceError['kind']>(['forbidden', 'not-found', 'unauthorized', 'rejected']);
