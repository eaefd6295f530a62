import { Router } from 'express';
import type { WebDeps } from '../deps.js';
import { action } from '../guard.js';
import { endSession } from '../session.js';

export function signOut(deps: WebDeps): Router {
  const router = Router();
  router.post('/sign-out', action(deps, 'viewer', async (_request, response, { session }) => {
    await endSession(deps, response, session);
    response.redirect(303, '/');
  }));
  return router;
}
