import { Router } from 'express';
import { z } from 'zod';
import { changeRecord } from '../../connections/change-record.js';
import { noteActivity } from '../../connections/note-activity.js';
import { instantOf } from '../../http/clock.js';
import { markAsked } from '../../jobs/mark-kinds.js';
import type { WebDeps } from '../deps.js';
import { action } from '../guard.js';
import { notFound } from '../problem.js';

const ClioId = z.string().regex(/^[0-9]{1,19}$/);

/** Takes back that somebody left a bill out: it is planned anew, and asked about again where it still is a question. */
export function includeAgain(deps: WebDeps): Router {
  const router = Router();
  router.post('/bills/:clioBillId/include-again', action(deps, 'bookkeeper', async (request, response, { firm, session }) => {
    const id = ClioId.safeParse(request.params['clioBillId']);
    if (!id.success) throw notFound();
    const billId = id.data;
    const main = await deps.store.links.get(firm.id, `bill:${billId}:main`);
    if (main?.reason !== 'LEFT_OUT_BY_PERSON') throw notFound();
    await changeRecord(deps.store.holds, firm.id, `${billId}:bill`, (hold) => (hold.answer === 'leave-out' ? { answer: null, answeredBy: null } : null));
    await deps.store.marks.want([markAsked(firm.id, billId)], instantOf(deps.clock));
    await noteActivity(deps, { firm: firm.id, by: session.name, what: 'bill-included', billId, text: `${session.name} took back that the bill was left out.` });
    response.redirect(303, `/bills/${billId}`);
  }));
  return router;
}
