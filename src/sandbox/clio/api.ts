import type { Deliveries } from './deliveries.js';
import { ClioRefusal, forbidden, notFound, unauthorized } from './errors.js';
import { parseFields, shape, type Gate, type View } from './fields.js';
import type { Firm } from './firm.js';
import type { Grants } from './grants.js';
import type { Nonces } from './nonces.js';
import { RateLimit } from './rate-limit.js';
import type { Call, Found, Resource } from './resource.js';
import { resourcesOf } from './resources.js';
import type { Views } from './views.js';
import { activate } from './webhooks.js';
import type { Incoming, Reply } from './wire.js';

const DEFAULT_VERSION = '4.0.13';
/** Fields that an account has only with the feature, by their switch. */
const GATED = [['LineItem.tax_settings', 'multiTax'], ['Bill.split_invoice', 'splitInvoices'], ['Bill.legal_aid_uk_bill', 'legalAid']] as const;

interface Region {
  firm: Firm;
  views: Views;
  grants: Grants;
  nonces: Nonces;
  deliveries: Deliveries;
}

/** `/api/v4`: authorises, counts, finds the resource, shapes the answer. */
export class Api {
  private readonly resources: Map<string, Resource>;
  private readonly rateLimit: RateLimit;

  constructor(private readonly region: Region) {
    this.resources = resourcesOf(region.firm, region.views, region.deliveries);
    this.rateLimit = new RateLimit(region.firm.clock, region.firm.switches);
  }

  async answer(incoming: Incoming): Promise<Reply> {
    const headers: Record<string, string> = { 'Content-Type': 'application/json; charset=utf-8' };
    try {
      if (incoming.method === 'OPTIONS') throw notFound();
      headers['X-API-VERSION'] = versionOf(incoming);
      const call = this.authorise(incoming);
      Object.assign(headers, this.rateLimit.count(tokenOf(incoming)));
      return merged(headers, await this.dispatch(call));
    } catch (error) {
      if (!(error instanceof ClioRefusal)) throw error;
      return { status: error.status, headers: { ...headers, ...error.headers }, body: JSON.stringify({ error: { type: error.type, message: error.message } }) };
    }
  }

  private authorise(incoming: Incoming): Call {
    const { firm, grants } = this.region;
    const grant = grants.grantOf(tokenOf(incoming));
    if (!grant) throw unauthorized();
    const user = firm.users.at(grant.userId);
    if (!user.enabled) throw firm.switches.disabledUserStatus === 401 ? unauthorized() : forbidden();
    return { user, grant, incoming, switches: firm.switches };
  }

  private async dispatch(call: Call): Promise<Reply> {
    const { incoming } = call;
    const [name = '', id, action, ...rest] = incoming.path.replace(/^\/api\/v4\//, '').replace(/\.json$/, '').split('/');
    const place = [name, id, action, ...rest].filter((part) => part !== undefined).join('/');
    if (incoming.method === 'GET' && place === 'users/who_am_i') return this.show(call, 'User', () => this.region.views.user(call.user), call.user.updatedAt);
    if (incoming.method === 'GET' && place === 'settings/billing') {
      requirePermission(call, 'Billing');
      return this.show(call, 'BillingSetting', () => this.region.views.billingSetting(), this.region.firm.billingSettings.updatedAt);
    }
    const resource = this.resources.get(name);
    if (!resource || rest.length > 0) throw notFound();
    requirePermission(call, resource.permission);
    if (id === undefined) return this.collection(call, resource);
    if (!/^\d{1,19}$/.test(id)) throw notFound();
    if (name === 'webhooks' && action === 'activate' && incoming.method === 'PUT') return this.activate(call, resource, Number(id));
    if (action !== undefined) throw notFound();
    return this.single(call, resource, Number(id));
  }

  private async collection(call: Call, resource: Resource): Promise<Reply> {
    const { method } = call.incoming;
    const selection = this.selection(call, resource.schema);
    if (method === 'GET' && resource.list) {
      const page = resource.list(call);
      const paging = { ...(page.previous === null ? {} : { previous: page.previous }), ...(page.next === null ? {} : { next: page.next }) };
      const data = page.views.map((view) => shape(view, selection, resource.schema));
      return reply(200, { data, meta: { paging, records: page.total } });
    }
    if (method === 'POST' && resource.create) {
      const view = await resource.create(this.bodyOf(call), call);
      return reply(201, { data: shape(view, selection, resource.schema) });
    }
    throw notFound();
  }

  private single(call: Call, resource: Resource, id: number): Reply {
    const { method, headers } = call.incoming;
    const found = resource.find?.(id, call);
    if (!found) throw notFound();
    if (method === 'GET' && resource.showable) {
      this.checkNonce(call);
      return this.show(call, resource.schema, found.view, found.updatedAt());
    }
    if (method === 'PATCH' && found.patch) {
      const selection = this.selection(call, resource.schema);
      const ifMatch = headers['if-match'];
      if (ifMatch !== undefined && ifMatch !== '*' && ifMatch !== found.view()['etag']) {
        throw new ClioRefusal(412, 'PreconditionFailed', 'The record was changed by somebody else');
      }
      found.patch(this.bodyOf(call));
      return withValidators(reply(200, { data: shape(found.view(), selection, resource.schema) }), found);
    }
    if (method === 'DELETE' && found.remove) {
      found.remove();
      return { status: 204, headers: {}, body: '' };
    }
    throw notFound();
  }

  private show(call: Call, schema: string, view: () => View, updatedAt: number): Reply {
    const selection = this.selection(call, schema);
    const { headers } = call.incoming;
    const shown = view();
    const validators = validatorsOf(shown, updatedAt);
    const since = headers['if-modified-since'];
    const unchanged = headers['if-none-match'] === undefined ? since !== undefined && Math.floor(updatedAt / 1000) * 1000 <= Date.parse(since) : headers['if-none-match'] === shown['etag'];
    if (unchanged) return { status: 304, headers: validators, body: '' };
    return merged(validators, reply(200, { data: shape(shown, selection, schema) }));
  }

  private activate(call: Call, resource: Resource, id: number): Reply {
    const found = resource.find?.(id, call);
    if (!found) throw notFound();
    activate(this.region.firm.webhooks.at(id), call.incoming.headers['x-hook-secret'], this.region.deliveries);
    return reply(200, { data: shape(found.view(), this.selection(call, resource.schema), resource.schema) });
  }

  /** Clicks on custom actions are proved by reading the record with the nonce. */
  private checkNonce(call: Call): void {
    const nonce = call.incoming.params.get('custom_action_nonce');
    if (nonce === null) return;
    if (!this.region.nonces.use(nonce, call.user.id, call.incoming.path.replace(/\.json$/, ''))) throw forbidden('Nonce is invalid');
  }

  private selection(call: Call, schema: string) {
    const { switches } = this.region.firm;
    if (switches.encodedBraces === 'refused' && /[?&]?fields=[^&]*%7b/i.test(call.incoming.query)) throw new ClioRefusal(400, 'InvalidFields', 'fields is not a valid field');
    const gate: Gate = { closed: new Set(GATED.flatMap(([field, feature]) => (switches[feature] ? [] : [field]))), silently: switches.gatedFields === 'absent' };
    return parseFields(call.incoming.params.get('fields') ?? undefined, schema, gate);
  }

  private bodyOf(call: Call): unknown {
    const refuse = () => new ClioRefusal(this.region.firm.switches.bodyWithoutData, 'ArgumentError', 'data is required');
    let body: unknown;
    try {
      body = JSON.parse(call.incoming.body);
    } catch {
      throw new ClioRefusal(400, 'ParseError', 'The body is not valid JSON');
    }
    if (typeof body !== 'object' || body === null || !('data' in body) || typeof body.data !== 'object') throw refuse();
    return body.data;
  }
}

function versionOf(incoming: Incoming): string {
  const asked = incoming.headers['x-api-version'];
  if (asked === undefined) return DEFAULT_VERSION;
  const known = /^4\.0\.(\d{1,2})$/.exec(asked);
  if (!known || Number(known[1]) > 13) throw new ClioRefusal(410, 'InvalidVersion', `${asked} is not a supported API version`);
  return asked;
}

function tokenOf(incoming: Incoming): string {
  return /^Bearer (.+)$/i.exec(incoming.headers['authorization'] ?? '')?.[1] ?? '';
}

function requirePermission(call: Call, permission: string): void {
  const { permissions } = call.grant;
  if (permissions && !permissions.includes(permission)) throw forbidden();
}

function validatorsOf(view: View, updatedAt: number): Record<string, string> {
  const etag = view['etag'];
  return typeof etag === 'string' ? { ETag: etag, 'Last-Modified': new Date(updatedAt).toUTCString() } : {};
}

function withValidators(answer: Reply, found: Found): Reply {
  return merged(validatorsOf(found.view(), found.updatedAt()), answer);
}

function merged(headers: Record<string, string>, answer: Reply): Reply {
  return { ...answer, headers: { ...headers, ...answer.headers } };
}

function reply(status: number, body: object): Reply {
  return { status, headers: {}, body: JSON.stringify(body) };
}
