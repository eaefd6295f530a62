import { Router } from 'express';
import { z } from 'zod';
import type { WebDeps } from '../deps.js';
import { page } from '../guard.js';
import { show } from '../shell.js';
import { addressOf } from '../address.js';

const PAGE = 100;
const Query = z.object({ after: z.string().max(100).optional().catch(undefined) });

/** The append-only account of what was done, by whom, before and after; newest first. */
export function activity(deps: WebDeps): Router {
  const router = Router();
  router.get('/activity', page(deps, async (request, response, visitor) => {
    const { after } = Query.parse(request.query);
    const lines = await deps.store.activity.list(visitor.firm.id, { newestFirst: true, limit: PAGE + 1, ...(after === undefined ? {} : { after }) });
    const shown = lines.slice(0, PAGE);
    const next = lines.length > PAGE ? addressOf('/activity', { after: shown.at(-1)?.id }) : null;
    await show(deps, response, visitor, { view: 'activity', title: 'Activity', section: '/activity', data: { lines: shown, next } });
  }));
  return router;
}
