import { Router } from 'express';
import type { WebDeps } from './deps.js';

/** `/healthz`: the process answers. `/readyz`: the database answers too. */
export function health(deps: Pick<WebDeps, 'store'>): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.type('text/plain').send('ok\n');
  });
  router.get('/readyz', async (_request, response) => {
    const ready = await deps.store.ping().catch(() => false);
    response.status(ready ? 200 : 503).type('text/plain').send(ready ? 'ready\n' : 'the database does not answer\n');
  });
  return router;
}
