import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';

const MINUTE_MS = 60_000;

/** For pages that start or end a sign-in; per address. */
export const signInLimit = (perMinute = 60): RequestHandler =>
  rateLimit({
    windowMs: MINUTE_MS,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (_request, response) => {
      response.status(429).type('text/plain').send('Too many attempts from this address. Wait a minute and try again.');
    },
  });

/** Runs only after a webhook was refused: a valid one is never turned away. */
export const refusedWebhookLimit = (perMinute = 300): RequestHandler =>
  rateLimit({
    windowMs: MINUTE_MS,
    limit: perMinute,
    legacyHeaders: false,
    handler: (_request, response) => {
      response.status(429).end();
    },
  });
