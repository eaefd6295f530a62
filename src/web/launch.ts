import { Router } from 'express';
import { z } from 'zod';
import { ServiceError } from '../http/service-error.js';
import { instantOf } from '../http/clock.js';
import { mark, type MarkKind } from '../jobs/mark-kinds.js';
import { REGIONS } from '../store/records.js';
import { PRIORITY } from '../store/store.js';
import type { LaunchSubject } from '../clio/clio.js';
import type { WebDeps } from './deps.js';
import { beginAttempt } from './oauth/attempt.js';
import { notFound, Problem } from './problem.js';
import { startSession } from './session.js';

const Name = z.templateLiteral(['sync-with-xero-', z.enum(REGIONS)]);
const Launch = z.object({
  user_id: z.string().regex(/^[0-9]{1,19}$/),
  /** Comes from whoever opened the address: only this shape is ever sent to Clio. */
  subject_url: z.string().regex(/^\/api\/v4\/(matters|contacts|bills)\/[0-9]{1,19}(\.json)?$/),
  custom_action_nonce: z.string().regex(/^[\x21-\x7e]{1,512}$/),
});

const MARKED: Record<LaunchSubject['kind'], MarkKind> = { matters: 'matter', contacts: 'contact', bills: 'send' };

/**
 * "Sync with Xero" pressed inside Clio: a new tab on this address, unauthenticated and forgeable. The nonce, asked of Clio with the token of
 * the user it names, proves who pressed it; then this person is signed in here and the work is on its way before the page is drawn.
 */
export function launches(deps: WebDeps): Router {
  const router = Router();
  router.get('/clio/actions/:name', async (request, response) => {
    const name = Name.safeParse(request.params.name);
    const region = REGIONS.find((each) => name.success && name.data.endsWith(`-${each}`));
    const app = region && deps.clio.apps[region];
    if (!region || !app) throw notFound();
    const launch = Launch.safeParse(request.query);
    if (!launch.success) throw malformed();

    const subject = subjectOf(launch.data.subject_url);
    const connection = await deps.store.connections.findUnique('user', `${region}:${launch.data.user_id}`);
    if (connection?.state !== 'live') {
      const state = await beginAttempt(deps, request, response, { vendor: 'clio', region, install: false, back: pageOf(subject), wanted: { kind: MARKED[subject.kind], id: subject.clioId } });
      response.redirect(303, deps.clio.oauth.authorizeUrl(app, state));
      return;
    }
    const firm = await deps.store.firms.get('*', connection.firm);
    if (!firm || !(await verified(deps, region, connection, subject, launch.data.custom_action_nonce))) throw unproven();

    const person = firm.people[connection.userId];
    await startSession(deps, response, { firm: firm.id, userId: connection.userId, name: person?.name ?? '' });
    await deps.store.marks.want([mark(firm.id, MARKED[subject.kind], subject.clioId, PRIORITY.person)], instantOf(deps.clock));
    response.redirect(303, pageOf(subject));
  });
  return router;
}

function subjectOf(url: string): LaunchSubject {
  const [, , , kind = '', id = ''] = url.split('/');
  const kinds = { matters: 'matters', contacts: 'contacts', bills: 'bills' } as const;
  const known = Object.values(kinds).find((each) => each === kind);
  if (!known) throw malformed();
  return { kind: known, clioId: id.replace('.json', '') };
}

function pageOf(subject: LaunchSubject): string {
  if (subject.kind === 'bills') return `/bills/${subject.clioId}`;
  return subject.kind === 'matters' ? `/bills?matter=${subject.clioId}` : `/bills?client=${subject.clioId}`;
}

async function verified(deps: WebDeps, region: (typeof REGIONS)[number], connection: { firm: string; id: string }, subject: LaunchSubject, nonce: string): Promise<boolean> {
  try {
    const token = await deps.freshToken(connection.firm, connection.id);
    return await deps.clio.clientFor(region, token).verifyLaunch(subject, nonce);
  } catch (error) {
    if (error instanceof ServiceError && ['unauthorized', 'forbidden', 'not-found', 'rejected'].includes(error.kind)) return false;
    throw error;
  }
}

const malformed = () =>
  new Problem({ status: 400, title: 'This did not come from Clio', text: 'The address is incomplete or was changed. Open the matter or contact in Clio and press “Sync with Xero” again.', action: { label: 'Go to bills', href: '/bills' } });
const unproven = () =>
  new Problem({
    status: 403,
    title: 'Clio did not confirm this click',
    text: 'It was used before, is too old, or did not come from you. Go back to Clio and press “Sync with Xero” again, or sign in here.',
    action: { label: 'Sign in', href: '/' },
  });
