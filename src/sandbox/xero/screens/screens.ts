import { Router } from 'express';
import type { World } from '../world.js';
import { consentScreens } from './consent.js';
import { controlScreens } from './controls.js';
import { invoiceScreens } from './invoices.js';
import { organisationScreens } from './organisations.js';
import { portalScreens } from './portal.js';

/** What people see in a browser; every form works without scripts. */
export function screens(world: World): Router {
  const router = Router();
  consentScreens(world, router);
  organisationScreens(world, router);
  invoiceScreens(world, router);
  controlScreens(world, router);
  portalScreens(world, router);
  return router;
}
