import type { RequestHandler } from 'express';
import type { WebDeps } from './deps.js';

/** One line per request: the route, never the query, which may hold a code, a nonce or a state. */
export function requestLog(deps: Pick<WebDeps, 'log' | 'clock'>): RequestHandler {
  return (request, response, next) => {
    const begun = deps.clock.now();
    response.on('finish', () => {
      const ms = deps.clock.now() - begun;
      deps.log.info('request', { method: request.method, route: hideTokens(request.path), status: response.statusCode, ms });
    });
    next();
  };
}

/** The last part of a subscription's address is a secret. */
const hideTokens = (path: string) => path.replace(/^(\/webhooks\/clio\/).+/, '$1…');
