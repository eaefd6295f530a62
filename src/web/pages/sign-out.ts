import { Router } from 'express';
import type { WebDeps } from '../deps.js';
import { action } from '../guard.js';
import { endSession } from '../session.js';

export function signOut(deps: WebDeps): Router {
  const router = Router();
  router.post('/sign-out', action(deps, 'viewer', (_request, response) => {
    endSession(deps, response);
    response.redirect(303, '/');
    return Promise.resolve();
  }));
  return router;
}
