import type { Request } from 'express';

/** The bytes of a request's body, read whole before any route. */
export function bytesOf(request: Request): Buffer {
  const body: unknown = request.body;
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}

export function formOf(request: Request): URLSearchParams {
  return new URLSearchParams(bytesOf(request).toString('utf8'));
}
