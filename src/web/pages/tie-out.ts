import { Router } from 'express';
import { toDecimal } from '../../core/money.js';
import { instantOf } from '../../http/clock.js';
import { csv } from '../csv.js';
import type { WebDeps } from '../deps.js';
import { page } from '../guard.js';
import { ledgers, type LedgerRow } from '../ledger-rows.js';
import { show } from '../shell.js';

const SHOWN_AT_MOST = 500;

/** Receivables in Clio against receivables in Xero: the sums, the difference, and every bill that makes it; all bills as a file. */
export function tieOut(deps: WebDeps): Router {
  const router = Router();

  router.get('/tie-out', page(deps, async (_request, response, visitor) => {
    const { sums, differing, complete, several } = await ledgers(deps.store, visitor.firm.id);
    const data = { sums, several, rows: differing.slice(0, SHOWN_AT_MOST), hidden: Math.max(0, differing.length - SHOWN_AT_MOST), complete, at: instantOf(deps.clock) };
    await show(deps, response, visitor, { view: 'tie-out', title: 'Tie-out', section: '/tie-out', data });
  }));

  router.get('/tie-out.csv', page(deps, async (_request, response, visitor) => {
    const { rows, several } = await ledgers(deps.store, visitor.firm.id);
    response.attachment(`tie-out-${instantOf(deps.clock).slice(0, 10)}.csv`).type('text/csv').send(csv(several ? [['Organisation', ...HEAD], ...rows.map((row) => [row.organisation ?? '', ...lineOf(row)])] : [HEAD, ...rows.map(lineOf)]));
  }));

  return router;
}

const HEAD = ['Bill', 'Issued', 'Client', 'Currency', 'Billed in Clio', 'Billed in Xero', 'Difference billed', 'Open in Clio', 'Open in Xero', 'Difference open', 'Because'];

function lineOf(row: LedgerRow) {
  const figure = (minor: number) => ({ figure: toDecimal(minor, row.currency) });
  const differs = row.difference.total !== 0 || row.difference.open !== 0;
  return [
    row.number, row.issuedOn, row.clientName, row.currency,
    figure(row.clio.total), figure(row.xero.total), figure(row.difference.total), figure(row.clio.open), figure(row.xero.open), figure(row.difference.open),
    differs ? (row.because ?? 'Unexplained') : '',
  ];
}
