import type { Request, Response } from 'express';
import type { SandboxClock } from '../clock.js';
import type { Exchange } from '../exchange.js';
import { pickFault, type Fault } from './faults.js';

export interface Incoming {
  method: string;
  path: string;
  /** Raw, still percent-encoded, without the question mark. */
  query: string;
  params: URLSearchParams;
  headers: Record<string, string>;
  body: string;
  /** `http://host:port` as the caller addressed us. */
  origin: string;
}

export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export interface Recorder {
  clock: SandboxClock;
  faults: Fault[];
  log: Exchange[];
  observe: ((exchange: Exchange) => void) | undefined;
}

/** Between the socket and what answers: faults are injected and exchanges written down here. Status 0 means dropped. */
export function onWire(recorder: Recorder, answer: (incoming: Incoming) => Reply | Promise<Reply>) {
  return async (request: Request, response: Response): Promise<void> => {
    const incoming = incomingOf(request);
    const at = recorder.clock.now();
    const outcome = bodiless(await faulty(incoming, recorder, answer));
    const exchange: Exchange = {
      vendor: 'clio', at, method: incoming.method, path: incoming.path, query: incoming.query, requestHeaders: incoming.headers, requestBody: incoming.body,
      status: outcome?.status ?? 0, responseHeaders: outcome?.headers ?? {}, responseBody: outcome?.body ?? '',
    };
    recorder.log.push(exchange);
    if (recorder.log.length > 20_000) recorder.log.shift();
    if (!outcome) {
      request.socket.destroy();
      return;
    }
    response.status(outcome.status).set(outcome.headers).end(outcome.body);
    recorder.observe?.(exchange);
  };
}

/** 204 and 304 have no body, hence no type of one. */
function bodiless(reply: Reply | null): Reply | null {
  if (reply?.status !== 204 && reply?.status !== 304) return reply;
  const headers = Object.fromEntries(Object.entries(reply.headers).filter(([name]) => name !== 'Content-Type'));
  return { ...reply, headers };
}

async function faulty(incoming: Incoming, recorder: Recorder, answer: (incoming: Incoming) => Reply | Promise<Reply>): Promise<Reply | null> {
  const fault = pickFault(recorder.faults, incoming);
  const failed: Reply = { status: 500, headers: { 'Content-Type': 'application/json; charset=utf-8' }, body: '{"error":{"type":"InternalServerError","message":"Something went wrong"}}' };
  switch (fault?.kind) {
    case undefined:
      return answer(incoming);
    case 'status-500-before':
      return failed;
    case 'status-500-after-commit':
      await answer(incoming);
      return failed;
    case 'html-502':
      return { status: 502, headers: { 'Content-Type': 'text/html' }, body: '<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>' };
    case '429':
      return { status: 429, headers: { 'Content-Type': 'application/json; charset=utf-8', 'Retry-After': retryAfter(fault, recorder.clock.now()) }, body: '{"error":{"type":"RateLimited","message":"Too many requests"}}' };
    case 'drop-before':
      return null;
    case 'drop-after-commit':
      await answer(incoming);
      return null;
    case 'slow':
      await recorder.clock.sleep(fault.delayMs ?? 30_000);
      return answer(incoming);
  }
}

function retryAfter(fault: Fault, now: number): string {
  const seconds = fault.retryAfterSeconds ?? 5;
  return fault.retryAfterAs === 'http-date' ? new Date(now + seconds * 1000).toUTCString() : String(seconds);
}

function incomingOf(request: Request): Incoming {
  const [path = '', query = ''] = splitOnce(request.originalUrl, '?');
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) if (typeof value === 'string') headers[name] = value;
  const body: unknown = request.body;
  return {
    method: request.method, path: decoded(path), query, params: new URLSearchParams(query), headers,
    body: Buffer.isBuffer(body) ? body.toString('utf8') : '', origin: `http://${request.headers.host ?? 'localhost'}`,
  };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
