import { Router } from 'express';

/** Pages for everybody, which both vendors' directories link to: how to get help, and what is kept of whom. */
export function about(): Router {
  const router = Router();
  router.get('/help', (_request, response) => response.render('help', { title: 'Help' }));
  router.get('/privacy', (_request, response) => response.render('privacy', { title: 'Privacy' }));
  return router;
}
