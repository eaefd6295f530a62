import express, { type Request, type RequestHandler } from 'express';

/** Signatures are over the bytes as sent, so nothing may parse them first. */
export const rawBody: RequestHandler = express.raw({ type: () => true, limit: '256kb', inflate: false });

/** The bytes of the request; empty when it had none. */
export function rawBodyOf(request: Request): Buffer {
  const body: unknown = request.body;
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}
