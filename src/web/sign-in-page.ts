import type { Response } from 'express';
import { REGIONS } from '../store/records.js';
import { safeBack } from './back.js';
import type { WebDeps } from './deps.js';
import { REGION_NAMES } from './wording.js';

/** Clio is how people sign in. A server without a Clio application says what is missing instead. */
export function signInPage(deps: WebDeps, response: Response, options: { status: number; back: string }): void {
  const back = safeBack(options.back, deps.appUrl);
  const regions = REGIONS.filter((region) => deps.clio.apps[region]).map((region) => ({
    name: REGION_NAMES[region],
    href: `/oauth/clio/start?${new URLSearchParams({ region, ...(back === '/' ? {} : { back }) }).toString()}`,
  }));
  response.status(options.status).render('sign-in', { title: 'Sign in', regions });
}
