import { startXeroSandbox, type XeroSandbox, type XeroSandboxOptions } from '../../../src/sandbox/xero/start.js';
import { VirtualClock } from '../../virtual-clock.js';

export const app = { clientId: 'test-app', clientSecret: 'test-secret', name: 'Test app', redirectUris: ['http://localhost:9/callback'] };
export const scopes = 'openid profile email offline_access accounting.invoices accounting.payments accounting.contacts accounting.settings.read accounting.banktransactions accounting.manualjournals';

export interface Connected {
  sandbox: XeroSandbox;
  clock: VirtualClock;
  token: string;
  refreshToken: string;
  tenantId: string;
  /** One call of the Accounting API. */
  api: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Reply>;
}

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  // The tests look into answers the way a person reads JSON.
  json: Shape;
}

/** Any JSON, walked by name or index; a missing member is an empty shape with the value undefined. */
export class Shape {
  constructor(readonly value: unknown) {}

  at(...path: (string | number)[]): Shape {
    let value: unknown = this.value;
    for (const step of path) {
      if (typeof value !== 'object' || value === null) return new Shape(undefined);
      const found: unknown = Reflect.get(value, step);
      value = found;
    }
    return new Shape(value);
  }

  get length(): number {
    return Array.isArray(this.value) ? this.value.length : -1;
  }

  text(...path: (string | number)[]): string {
    const { value } = this.at(...path);
    return typeof value === 'string' ? value : '';
  }

  list(...path: (string | number)[]): Shape[] {
    const { value } = this.at(...path);
    return Array.isArray(value) ? value.map((each: unknown) => new Shape(each)) : [];
  }
}

export async function call(url: string, method: string, headers: Record<string, string>, body?: string): Promise<Reply> {
  const response = await fetch(url, { method, headers, redirect: 'manual', ...(body === undefined ? {} : { body }) });
  const text = await response.text();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  return { status: response.status, headers: response.headers, text, json: new Shape(value) };
}

export const basic = `Basic ${Buffer.from(`${app.clientId}:${app.clientSecret}`).toString('base64')}`;

export function tokenCall(sandbox: XeroSandbox, form: Record<string, string>): Promise<Reply> {
  return call(`${sandbox.url}/connect/token`, 'POST', { authorization: basic, 'content-type': 'application/x-www-form-urlencoded' }, new URLSearchParams(form).toString());
}

export function authorizeUrl(sandbox: XeroSandbox, more: Record<string, string> = {}): string {
  const query = new URLSearchParams({ response_type: 'code', client_id: app.clientId, redirect_uri: 'http://localhost:9/callback', scope: scopes, state: 'st4te', ...more });
  return `${sandbox.url}/identity/connect/authorize?${query.toString()}`;
}

export async function connect(options: Partial<XeroSandboxOptions> = {}, organisation = 'Harwood & Lisle LLP'): Promise<Connected> {
  const clock = new VirtualClock();
  const sandbox = await startXeroSandbox({ clock, ...options });
  sandbox.control.registerApp(app);
  const back = new URL(sandbox.control.consent({ authorizeUrl: authorizeUrl(sandbox), organisation }));
  const tokens = await tokenCall(sandbox, { grant_type: 'authorization_code', code: back.searchParams.get('code') ?? '', redirect_uri: 'http://localhost:9/callback' });
  const token = tokens.json.text('access_token');
  const tenantId = sandbox.control.organisations().find((each) => each.name === organisation)?.id ?? '';
  const api: Connected['api'] = (method, path, body, headers = {}) =>
    call(`${sandbox.url}/api.xro/2.0${path}`, method, { authorization: `Bearer ${token}`, 'xero-tenant-id': tenantId, accept: 'application/json', 'content-type': 'application/json', ...headers }, body === undefined ? undefined : JSON.stringify(body));
  return { sandbox, clock, token, refreshToken: tokens.json.text('refresh_token'), tenantId, api };
}

/** An approved sales invoice as the API takes it. */
export function invoice(number: string, price = 100, more: object = {}): object {
  return { Type: 'ACCREC', Status: 'AUTHORISED', Contact: { Name: 'Lake Client' }, InvoiceNumber: number, Date: '2026-11-02', DueDate: '2026-12-02', LineAmountTypes: 'Exclusive', LineItems: [{ Description: 'Work', Quantity: 1, UnitAmount: price, AccountCode: '200', TaxType: 'NONE' }], ...more };
}
