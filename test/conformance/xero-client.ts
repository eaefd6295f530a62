import axios, { type AxiosInstance } from 'axios';
import type { XeroSandbox } from '../../src/sandbox/xero/start.js';
import type { VirtualClock } from '../virtual-clock.js';
import { isObject, listAt, parsedJson, textAt, type JsonObject } from './json.js';

const APP = { clientId: 'conformance', clientSecret: 'conformance-secret', name: 'Conformance', redirectUris: ['http://localhost:9/callback'], webhookKey: 'conformance-key', categories: ['INVOICE', 'CONTACT', 'CREDITNOTE'] };
const SCOPES = 'openid profile email offline_access accounting.invoices accounting.payments accounting.contacts accounting.settings accounting.banktransactions';

export interface Answered {
  status: number;
  data: unknown;
}

/** A client that knows nothing of our own code. Keeps whatever status comes, and the minute limit by moving the sandbox's clock. */
export interface PlainXero {
  ask(method: 'GET' | 'PUT' | 'POST' | 'DELETE', path: string, body?: object, headers?: Record<string, string>): Promise<Answered>;
  /** Outside the accounting API. */
  http: AxiosInstance;
  /** Records of the first page behind a path such as `/Accounts`. */
  rows(path: string): Promise<JsonObject[]>;
}

export async function connectPlainly(xero: XeroSandbox, clock: VirtualClock, webhookUrl: string): Promise<PlainXero> {
  xero.control.registerApp({ ...APP, webhookUrl });
  const [redirectUri = ''] = APP.redirectUris;
  const authorize = new URLSearchParams({ response_type: 'code', client_id: APP.clientId, redirect_uri: redirectUri, scope: SCOPES, state: 'state' });
  const back = new URL(xero.control.consent({ authorizeUrl: `${xero.url}/identity/connect/authorize?${authorize.toString()}` }));
  const grant = new URLSearchParams({ grant_type: 'authorization_code', code: back.searchParams.get('code') ?? '', redirect_uri: redirectUri });
  const tokens = await axios.post<unknown>(`${xero.url}/connect/token`, grant, { auth: { username: APP.clientId, password: APP.clientSecret }, proxy: false });
  const authorization = `Bearer ${textAt(tokens.data, 'access_token')}`;
  const http = axios.create({ baseURL: xero.url, headers: { authorization, accept: 'application/json' }, validateStatus: () => true, proxy: false, timeout: 10_000 });
  // The plain list also holds what the same person once connected for others: this consent's is asked for by its id.
  const claims = parsedJson(Buffer.from(authorization.split('.')[1] ?? '', 'base64url').toString('utf8'));
  const connections = await http.get<unknown>(`/connections?authEventId=${textAt(claims, 'authentication_event_id')}`);
  const tenant = textAt(listAt({ list: connections.data }, 'list')[0], 'tenantId');

  let sent = 0;
  const ask: PlainXero['ask'] = async (method, path, body, headers = {}) => {
    sent += 1;
    if (sent % 50 === 0) await clock.advance(61_000);
    return http.request<unknown>({ method, url: `/api.xro/2.0${path}`, headers: { 'xero-tenant-id': tenant, ...headers }, ...(body && { data: body }) });
  };
  return {
    ask, http,
    async rows(path) {
      const plural = path.split(/[/?]/)[1] ?? '';
      return listAt((await ask('GET', path)).data, plural === 'Organisation' ? 'Organisations' : plural).filter(isObject);
    },
  };
}
