import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createBudget } from '../../src/http/budget.js';
import { createXero } from '../../src/xero/client.js';
import type { Xero } from '../../src/xero/xero.js';
import { VirtualClock } from '../virtual-clock.js';

export interface Seen {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: unknown;
  raw: string;
}

export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  /** Objects are sent as JSON, texts as they are; `hang` never answers, `cut` closes the connection after reading. */
  body?: unknown;
  fail?: 'hang' | 'cut';
}

export interface AnsweringServer {
  url: string;
  seen: Seen[];
  close(): Promise<void>;
}

/** A server that says exactly what a test tells it to: for shapes of answers that the sandbox has no reason to give. */
export async function answering(answer: (seen: Seen, nth: number) => Answer): Promise<AnsweringServer> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://localhost');
      const raw = Buffer.concat(chunks).toString('utf8');
      const isJson = (request.headers['content-type'] ?? '').includes('json') && raw !== '';
      const one: Seen = { method: request.method ?? '', path: url.pathname, query: url.searchParams, headers: request.headers, body: isJson ? (JSON.parse(raw) as unknown) : raw, raw };
      seen.push(one);
      const { status = 200, headers = {}, body = '', fail } = answer(one, seen.length);
      if (fail === 'cut') return void request.socket.destroy();
      if (fail === 'hang') return;
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      response.writeHead(status, { 'content-type': typeof body === 'string' ? 'text/html' : 'application/json', ...headers });
      response.end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export const organisationId = '4c7d9d1e-2f63-4f5e-9b0a-6a3c8e1d2b47';

export function xeroAt(url: string, options: { onUnauthorized?: () => Promise<string>; timeoutMs?: number; mayWrite?: () => boolean; clock?: VirtualClock } = {}): Xero {
  const clock = options.clock ?? new VirtualClock();
  return createXero({
    apiUrl: url,
    organisationId,
    token: () => Promise.resolve('token-1'),
    onUnauthorized: options.onUnauthorized ?? (() => Promise.resolve('token-2')),
    budget: createBudget({ service: 'xero', perMinute: 55, inFlight: 5, minuteReserve: 5, dayLimits: [1_000, 5_000] }, clock),
    clock,
    timeoutMs: options.timeoutMs ?? 5_000,
    ...(options.mayWrite ? { mayWrite: options.mayWrite } : {}),
  });
}
