import express, { Router } from 'express';
import { hintOfDeauthorisation } from '../connections/deauthorized.js';
import type { WebDeps } from './deps.js';

const text: express.RequestHandler = express.text({ type: () => true, limit: '16kb' });

/** Clio's note that somebody removed us: any method, any shape (clio-api 2.6). A hint only, so 200 whatever it says. */
export function deauthorized(deps: WebDeps): Router {
  const router = Router();
  router.all('/clio/deauthorized', text, async (request, response) => {
    const body: unknown = request.body;
    const words = `${request.originalUrl} ${typeof body === 'string' ? body : ''}`;
    const ids = [...new Set(words.match(/\b[0-9]{1,19}\b/g) ?? [])];
    const firms = await hintOfDeauthorisation(deps, ids);
    deps.log.info('Clio says that we were removed', { count: firms.length });
    response.status(200).end();
  });
  return router;
}
