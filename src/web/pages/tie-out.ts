import { Router } from 'express';
import { instantOf } from '../../http/clock.js';
import type { WebDeps } from '../deps.js';
import { page } from '../guard.js';
import { ledgers } from '../ledger-rows.js';
import { show } from '../shell.js';

const SHOWN_AT_MOST = 500;

/** Receivables in Clio against receivables in Xero: the sums, the difference, and every bill that makes it. */
export function tieOut(deps: WebDeps): Router {
  const router = Router();
  router.get('/tie-out', page(deps, async (_request, response, visitor) => {
    const { sums, differing, complete } = await ledgers(deps.store, visitor.firm.id);
    const data = { sums, rows: differing.slice(0, SHOWN_AT_MOST), hidden: Math.max(0, differing.length - SHOWN_AT_MOST), complete, at: instantOf(deps.clock) };
    await show(deps, response, visitor, { view: 'tie-out', title: 'Tie-out', section: '/tie-out', data });
  }));
  return router;
}
