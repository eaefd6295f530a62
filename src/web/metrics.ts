import { Router } from 'express';
import { haveNoticesLapsed } from '../jobs/notices.js';
import { STATUSES } from '../store/records.js';
import type { WebDeps } from './deps.js';

type Outcome = 'accepted' | 'repeated' | 'refused' | 'ignored';

/** Deliveries since this process started; Prometheus adds the processes up. */
const deliveries = new Map<string, number>();

export function countDelivery(vendor: 'clio' | 'xero', outcome: Outcome): void {
  const series = `tieout_deliveries_total{vendor="${vendor}",outcome="${outcome}"}`;
  deliveries.set(series, (deliveries.get(series) ?? 0) + 1);
}

/** `/metrics` for Prometheus: totals only, nothing of any single firm. */
export function metrics(deps: Pick<WebDeps, 'store' | 'clock'>): Router {
  const router = Router();
  router.get('/metrics', async (_request, response) => {
    const firms = await deps.store.firms.list('*');
    const owed = await Promise.all(firms.map((firm) => deps.store.marks.countOwed(firm.id)));
    const statuses = await Promise.all(STATUSES.map((status) => Promise.all(firms.map((firm) => deps.store.links.count(firm.id, 'status', `bill:${status}`)))));
    const lapsed = await Promise.all(firms.map((firm) => haveNoticesLapsed(deps.store, firm.id, deps.clock.now())));
    const lines = [
      '# TYPE tieout_firms gauge',
      `tieout_firms ${firms.length}`,
      '# HELP tieout_marks_owed Records that may be out of step and wait to be looked at.',
      '# TYPE tieout_marks_owed gauge',
      `tieout_marks_owed ${sum(owed)}`,
      '# HELP tieout_firms_without_notices Firms whose webhooks with Clio are suspended, over or silent.',
      '# TYPE tieout_firms_without_notices gauge',
      `tieout_firms_without_notices ${lapsed.filter(Boolean).length}`,
      '# TYPE tieout_bills gauge',
      ...STATUSES.map((status, index) => `tieout_bills{status="${status}"} ${sum(statuses[index] ?? [])}`),
      '# TYPE tieout_deliveries_total counter',
      ...[...deliveries].map(([series, count]) => `${series} ${count}`),
    ];
    response.type('text/plain; version=0.0.4').send(`${lines.join('\n')}\n`);
  });
  return router;
}

const sum = (counts: number[]) => counts.reduce((total, each) => total + each, 0);
