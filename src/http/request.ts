import axios, { AxiosError } from 'axios';
import { outcomeUnknown } from './failure.js';
import { ServiceError } from './service-error.js';

/** One vendor address; nothing outside it is ever called, so a token cannot leave it. */
export interface Address {
  service: ServiceError['service'];
  /** Origin, and the path every request must stay under, e.g. `https://ca.app.clio.com/api/v4/`. */
  baseUrl: string;
  timeoutMs?: number;
  maxBytes?: number;
}

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Relative to the base, or an absolute URL under it (a vendor's next page). The query is sent literally. */
  url: string;
  headers?: Record<string, string>;
  json?: unknown;
  form?: Record<string, string>;
  /** Whether the request can change something; by default all but GET. */
  writes?: boolean;
}

export interface HttpReply {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  text: string;
  /** The parsed body; undefined when it is not JSON. Still outside data: parse it with a schema. */
  json: unknown;
  /** Method and path for messages and logs, never with a query. */
  call: string;
  writes: boolean;
}

export type Send = (request: HttpRequest) => Promise<HttpReply>;

/** Errors that happen before a connection stands: nothing was sent, so not even a write can have happened. */
const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

/**
 * Makes the one function through which an address is spoken to. Any status is an answer and is returned;
 * it throws `unavailable` (reads) or `ambiguous` (writes) when no whole answer came.
 */
export function createSend(address: Address): Send {
  const base = new URL(address.baseUrl.endsWith('/') ? address.baseUrl : `${address.baseUrl}/`);
  return async (request) => {
    const url = urlUnder(base, request.url, address.service);
    const writes = request.writes ?? request.method !== 'GET';
    const call = `${request.method} ${url.pathname}`;
    // For the whole exchange; axios' own timeout only watches for silence.
    const deadline = AbortSignal.timeout(address.timeoutMs ?? 30_000);
    try {
      const reply = await axios.request<ArrayBuffer>({
        method: request.method,
        url: url.href,
        headers: { accept: 'application/json', ...contentType(request), ...request.headers },
        data: bodyOf(request),
        signal: deadline,
        maxRedirects: 0,
        maxContentLength: address.maxBytes ?? 20_000_000,
        responseType: 'arraybuffer',
        validateStatus: () => true,
        // No proxy from the environment: config.ts alone reads it.
        proxy: false,
      });
      const text = Buffer.from(reply.data).toString('utf8');
      return { status: reply.status, headers: plainHeaders(reply.headers), text, json: parsed(text), call, writes };
    } catch (error) {
      // axios' error holds the request with its token: only a code leaves this function.
      throw noAnswer(address.service, deadline.aborted ? 'too late' : codeOf(error), call, writes);
    }
  };
}

/** The absolute address, or a refusal when it would leave the base (origin, path prefix or credentials in it). */
export function urlUnder(base: URL, url: string, service: ServiceError['service']): URL {
  const target = URL.canParse(url, base.href) ? new URL(url, base.href) : null;
  const inside = target?.origin === base.origin && target.pathname.startsWith(base.pathname) && target.username === '' && target.password === '';
  if (!target || !inside) throw new ServiceError({ service, kind: 'rejected', message: `An address outside ${base.origin}${base.pathname} was refused` });
  return target;
}

function noAnswer(service: ServiceError['service'], code: string, call: string, writes: boolean): ServiceError {
  const kind = neverSent.has(code) ? 'unavailable' : outcomeUnknown(writes);
  return new ServiceError({ service, kind, message: `No whole answer from ${service} to ${call} (${code})` });
}

const codeOf = (error: unknown): string => (error instanceof AxiosError ? (error.code ?? 'no code') : 'unexpected failure');

function contentType(request: HttpRequest): Record<string, string> {
  if (request.json !== undefined) return { 'content-type': 'application/json' };
  return request.form ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
}

function bodyOf(request: HttpRequest): string | undefined {
  if (request.json !== undefined) return JSON.stringify(request.json);
  return request.form ? new URLSearchParams(request.form).toString() : undefined;
}

function plainHeaders(headers: object): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]: [string, unknown]) => [name.toLowerCase(), Array.isArray(value) ? value.join(', ') : String(value)]);
  return Object.fromEntries(entries) as Record<string, string>;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
