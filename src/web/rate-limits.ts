import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import type { WebDeps } from './deps.js';
import { SharedCounts } from './shared-counts.js';

const MINUTE_MS = 60_000;

type Deps = Pick<WebDeps, 'store' | 'clock'>;

/** For pages that start or end a sign-in; per address. */
export const signInLimit = (deps: Deps, perMinute = 60): RequestHandler =>
  rateLimit({
    windowMs: MINUTE_MS,
    limit: perMinute,
    store: new SharedCounts(deps, 'sign-in', perMinute, MINUTE_MS),
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (_request, response) => {
      response.status(429).type('text/plain').send('Too many attempts from this address. Wait a minute and try again.');
    },
  });

/** Runs only after a webhook was refused: a valid one is never turned away. */
export const refusedWebhookLimit = (deps: Deps, perMinute = 300): RequestHandler =>
  rateLimit({
    windowMs: MINUTE_MS,
    limit: perMinute,
    store: new SharedCounts(deps, 'refused-webhook', perMinute, MINUTE_MS),
    legacyHeaders: false,
    handler: (_request, response) => {
      response.status(429).end();
    },
  });
