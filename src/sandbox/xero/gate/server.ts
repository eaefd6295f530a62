import { randomUUID } from 'node:crypto';
import express, { type Express, type Request, type Response } from 'express';
import type { Answer } from '../answer.js';
import { deleteConnection, listConnections } from '../identity/connections.js';
import { discovery, signingKeys } from '../identity/discovery.js';
import { revocationEndpoint, tokenEndpoint } from '../identity/token-endpoint.js';
import { bytesOf } from '../screens/form.js';
import { screens } from '../screens/screens.js';
import type { World } from '../world.js';
import { accounting } from './accounting.js';
import { bearer } from './bearer.js';
import type { FaultSpec } from './faults.js';
import { toXml } from './xml.js';

const apiRoot = '/api.xro/2.0';

export function buildServer(world: World): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.use(express.raw({ type: () => true, limit: '10mb' }));
  app.use(async (request, response, next) => {
    if (isApi(request.path)) await answerApi(world, request, response);
    else next();
  });
  app.use(screens(world));
  return app;
}

function isApi(path: string): boolean {
  return path.startsWith('/api.xro/') || path.startsWith('/.well-known/') || /^\/connections(\/|$)/i.test(path) || path === '/connect/token' || path === '/connect/revocation';
}

async function answerApi(world: World, request: Request, response: Response): Promise<void> {
  const fault = world.faults.take(request.method, request.path);
  const answer = fault?.kind === 'drop-before' ? undefined : (early(fault) ?? (await route(world, request, fault)));
  if (!answer || fault?.kind === 'drop-after-commit') drop(world, request);
  else reply(world, request, response, spoilt(fault, answer));
}

/** What a gateway in front of Xero would answer by itself. */
function early(fault: FaultSpec | undefined): Answer | undefined {
  if (fault?.kind === 'html-502') return { status: 502, text: '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>', contentType: 'text/html' };
  if (fault?.kind === '503') return { status: 503, text: 'The organisation for this access token is not active or the API is unavailable.' };
  if (fault?.kind === 'token-429') return { status: 429, text: '' };
  if (fault?.kind === 'token-500') return { status: 500, text: '' };
  return undefined;
}

function spoilt(fault: FaultSpec | undefined, answer: Answer): Answer {
  if (fault?.kind === 'html-200-after-commit') return { status: 200, text: '<html><body>Please wait…</body></html>', contentType: 'text/html' };
  if (fault?.kind === 'malformed-json-after-commit') return { status: 200, text: '{"Id": "', contentType: 'application/json' };
  return answer;
}

function drop(world: World, request: Request): void {
  note(world, request, { status: 0 }, '', {});
  request.socket.destroy();
}

function route(world: World, request: Request, fault: FaultSpec | undefined): Answer | Promise<Answer> {
  const url = new URL(request.originalUrl, 'http://sandbox');
  const { method, path } = request;
  const body = bytesOf(request);
  if (path.startsWith(`${apiRoot}/`)) {
    const header = (name: string): string | undefined => request.header(name);
    return accounting(world, { method, path: path.slice(apiRoot.length), url: request.originalUrl, query: url.searchParams, header, body }, fault);
  }
  if (path === '/connect/token' && method === 'POST') return tokenEndpoint(world, request.header('authorization'), request.header('content-type') ?? '', body.toString('utf8'));
  if (path === '/connect/revocation' && method === 'POST') return revocationEndpoint(world, request.header('authorization'), body.toString('utf8'));
  if (path === '/.well-known/openid-configuration') return discovery(world);
  if (path === '/.well-known/openid-configuration/jwks') return signingKeys(world);
  return connections(world, request, url);
}

function connections(world: World, request: Request, url: URL): Answer {
  const id = /^\/connections\/([^/]+)$/i.exec(request.path)?.[1];
  if (!/^\/connections/i.test(request.path)) return { status: 404, text: '' };
  const access = bearer(world, request.header('authorization'));
  if ('status' in access) return access;
  if (id === undefined && request.method === 'GET') return listConnections(world, access, url.searchParams.get('authEventId'));
  if (id !== undefined && request.method === 'DELETE') return deleteConnection(world, access, id.toLowerCase());
  return { status: 404, text: '' };
}

/** Without `Accept: application/json` the Accounting API speaks XML. */
function reply(world: World, request: Request, response: Response, answer: Answer): void {
  const wantsJson = !request.path.startsWith('/api.xro/') || /application\/json|problem\+json/.test(request.header('accept') ?? '');
  const [text, type] = rendered(answer, wantsJson);
  response.status(answer.status);
  const headers: Record<string, string> = { ...answer.headers, 'Xero-Correlation-Id': randomUUID(), ...(type === undefined ? {} : { 'Content-Type': type }) };
  response.set(headers);
  if (answer.bytes) response.send(answer.bytes);
  else response.end(text);
  note(world, request, answer, text, headers);
}

function rendered(answer: Answer, wantsJson: boolean): [string, string | undefined] {
  if (answer.json === undefined) return [answer.text ?? '', answer.contentType ?? (answer.text === undefined || answer.text === '' ? undefined : 'text/plain; charset=utf-8')];
  return wantsJson ? [JSON.stringify(answer.json), 'application/json; charset=utf-8'] : [toXml('Response', answer.json), 'text/xml; charset=utf-8'];
}

function note(world: World, request: Request, answer: Answer, body: string, headers: Record<string, string>): void {
  const at = world.clock.now();
  const [path = '', query = ''] = request.originalUrl.split('?');
  world.calls.push({ at, method: request.method, path, query, status: answer.status, tenantId: request.header('xero-tenant-id'), idempotencyKey: request.header('idempotency-key') });
  if (world.calls.length > 20_000) world.calls.splice(0, 10_000);
  world.observe?.({
    vendor: 'xero',
    at,
    method: request.method,
    path,
    query,
    requestHeaders: textHeaders(request.headers),
    requestBody: bytesOf(request).toString('utf8'),
    status: answer.status,
    responseHeaders: textHeaders(headers),
    responseBody: body,
  });
}

function textHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), Array.isArray(value) ? value.join(', ') : (value ?? '')]));
}
