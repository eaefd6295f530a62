import { Router } from 'express';
import type { World } from '../world.js';
import { consentScreens } from './consent.js';

/** What people see in a browser; every form works without scripts. */
export function screens(world: World): Router {
  const router = Router();
  consentScreens(world, router);
  return router;
}
