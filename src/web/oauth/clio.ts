import { Router } from 'express';
import { z } from 'zod';
import { connectClio } from '../../connections/connect-clio.js';
import { instantOf } from '../../http/clock.js';
import { mark } from '../../jobs/mark-kinds.js';
import { REGIONS } from '../../store/records.js';
import { PRIORITY } from '../../store/store.js';
import { safeBack } from '../back.js';
import type { WebDeps } from '../deps.js';
import { Problem } from '../problem.js';
import { startSession } from '../session.js';
import { answerOf } from './answer.js';
import { beginAttempt, endAttempt } from './attempt.js';

const Start = z.object({ region: z.enum(REGIONS), install: z.literal('1').optional(), back: z.string().optional() });

/** Sign-in and installation in one: Clio tells us who the person is and which firm they belong to. */
export function clioOAuth(deps: WebDeps): Router {
  const router = Router();

  router.get('/oauth/clio/start', async (request, response) => {
    const start = Start.safeParse(request.query);
    const app = start.success ? deps.clio.apps[start.data.region] : undefined;
    if (!start.success || !app) throw unknownRegion();
    const { region, install, back } = start.data;
    const state = await beginAttempt(deps, request, response, { vendor: 'clio', region, install: install === '1', back: safeBack(back, deps.appUrl), wanted: null });
    response.redirect(302, deps.clio.oauth.authorizeUrl(app, state));
  });

  router.get('/oauth/clio/callback', async (request, response) => {
    const answer = answerOf(request, 'Clio');
    const attempt = await endAttempt(deps, request, 'clio', answer.state);
    const app = deps.clio.apps[attempt.region];
    if (answer.declined) throw answer.declined;
    if (!app || answer.code === null) throw unknownRegion();
    const { firm, user } = await connectClio(deps, { region: attempt.region, app, code: answer.code });
    if (attempt.wanted) await deps.store.marks.want([mark(firm.id, attempt.wanted.kind, attempt.wanted.id, PRIORITY.person)], instantOf(deps.clock));
    await startSession(deps, response, { firm: firm.id, userId: user.clioId, name: user.name });
    // Clio's own window waits at this address for an installation begun in its directory (clio-api 3).
    response.redirect(302, attempt.install ? `${app.baseUrl}/app_integrations_callback` : attempt.back);
  });

  return router;
}

const unknownRegion = () =>
  new Problem({ status: 400, title: 'Which Clio do you use?', text: 'The address does not name a region this server is set up for. Choose yours on the home page.', action: { label: 'Go to the home page', href: '/' } });
