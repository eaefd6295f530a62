import { Router } from 'express';
import { costsByMatter, isForJournal, isLongUnbilled, type AdvancedCost } from '../../core/advanced-cost.js';
import { toDecimal } from '../../core/money.js';
import { instantOf } from '../../http/clock.js';
import { advancedCosts } from '../advanced-costs.js';
import { csv } from '../csv.js';
import type { WebDeps } from '../deps.js';
import { page } from '../guard.js';
import { show } from '../shell.js';

const SHOWN_AT_MOST = 500;

/** What the firm paid for its clients: by matter what was billed and came back, what still stands on the account, and what needs a journal by hand. */
export function costs(deps: WebDeps): Router {
  const router = Router();

  router.get('/costs', page(deps, async (_request, response, visitor) => {
    const { costs: all, complete } = await advancedCosts(deps.store, visitor.firm.id);
    const today = instantOf(deps.clock).slice(0, 10);
    const matters = costsByMatter(all);
    const data = {
      complete, at: instantOf(deps.clock), matters: matters.slice(0, SHOWN_AT_MOST), hidden: Math.max(0, matters.length - SHOWN_AT_MOST),
      journal: all.filter(isForJournal).slice(0, SHOWN_AT_MOST), old: all.filter((cost) => isLongUnbilled(cost, today)).sort((a, b) => a.date.localeCompare(b.date)).slice(0, SHOWN_AT_MOST),
    };
    await show(deps, response, visitor, { view: 'costs', title: 'Costs paid for clients', section: '/tie-out', data });
  }));

  router.get('/costs.csv', page(deps, async (_request, response, visitor) => {
    const { costs: all } = await advancedCosts(deps.store, visitor.firm.id);
    response.attachment(`costs-${instantOf(deps.clock).slice(0, 10)}.csv`).type('text/csv').send(csv([HEAD, ...costsByMatter(all).flatMap((matter) => matter.costs.map(lineOf))]));
  }));

  return router;
}

const HEAD = ['Matter', 'Date', 'Category', 'Supplier', 'Currency', 'Paid', 'Billed', 'Recovered', 'On the account', 'Bill', 'Billed since', 'Needs a journal'];

function lineOf(cost: AdvancedCost) {
  const figure = (minor: number) => ({ figure: toDecimal(minor, cost.currency) });
  const billed = cost.bill === null ? 0 : cost.amount;
  return [cost.matter, cost.date, cost.category, cost.vendor, cost.currency, figure(cost.amount), figure(billed), figure(cost.recovered ? billed : 0), figure(cost.amount - billed), cost.bill?.number ?? '', cost.bill?.seenAt.slice(0, 10) ?? '', isForJournal(cost) ? 'Yes' : ''];
}
