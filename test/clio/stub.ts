import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClio } from '../../src/clio/client.js';
import { clioLimits } from '../../src/clio/rate-limits.js';
import { createBudget } from '../../src/http/budget.js';
import { ServiceError } from '../../src/http/service-error.js';
import { VirtualClock } from '../virtual-clock.js';

export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}
export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
}

/** A server that answers as the test says, and remembers what it was asked. */
export async function startStub(answer: (asked: Asked, count: number) => Answer | 'drop') {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://stub');
      const seen = { method: request.method ?? '', path: url.pathname, query: url.searchParams, headers: request.headers, body };
      asked.push(seen);
      const given = answer(seen, asked.length);
      if (given === 'drop') return request.socket.destroy();
      const text = typeof given.body === 'string' ? given.body : JSON.stringify(given.body ?? {});
      return response.writeHead(given.status ?? 200, { 'content-type': 'application/json', ...given.headers }).end(given.status === 204 ? undefined : text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () => new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
  return { url, asked, close };
}

/** A client for an address, with a virtual clock and tokens `first`, then `second` after a refresh. */
export function clientOf(url: string, over: { onUnauthorized?: () => Promise<string>; mayWrite?: () => boolean } = {}) {
  const clock = new VirtualClock();
  let token = 'first';
  let refreshes = 0;
  const onUnauthorized = over.onUnauthorized ?? (() => {
    refreshes += 1;
    token = 'second';
    return Promise.resolve(token);
  });
  const clio = createClio({ baseUrl: url, region: 'us', token: () => Promise.resolve(token), onUnauthorized, budget: createBudget(clioLimits, clock), clock, ...(over.mayWrite ? { mayWrite: over.mayWrite } : {}) });
  return { clio, clock, refreshes: () => refreshes };
}

export async function failureOf(promise: Promise<unknown>): Promise<ServiceError> {
  const error: unknown = await promise.then(() => null, (reason: unknown) => reason);
  if (!(error instanceof ServiceError)) throw new Error(`it did not fail with a ServiceError: ${String(error)}`);
  return error;
}
