import { randomBytes } from 'node:crypto';
import { Router, type Response } from 'express';
import { z } from 'zod';
import { chooseOrganisation, connectXero, type XeroConnected } from '../../connections/connect-xero.js';
import { disconnectXero } from '../../connections/disconnect.js';
import { needsBankRights } from '../../core/switched-on.js';
import { mayActAs } from '../../store/role-of.js';
import { newestRoute, placesOf } from '../../store/route-of.js';
import { newestSettings } from '../../store/settings-of.js';
import { parseSettings } from '../../store/settings-schema.js';
import type { WebDeps } from '../deps.js';
import { action, page } from '../guard.js';
import { Problem } from '../problem.js';
import { answerOf } from './answer.js';
import { beginAttempt, endAttempt } from './attempt.js';

const Start = z.object({ further: z.literal('1').optional().catch(undefined) });
const Ending = z.object({ organisation: z.string().max(100).optional().catch(undefined) });
const Choice = z.object({ choice: z.string().max(100), organisation: z.string().max(100) });

/** Connects the firm of the person at the screen with a Xero organisation, `further` with one more, and disconnects it again. */
export function xeroOAuth(deps: WebDeps): Router {
  const router = Router();

  router.get('/oauth/xero/start', page(deps, async (request, response, { session, role }) => {
    if (!mayActAs(role, 'admin')) throw adminsOnly();
    const nonce = randomBytes(24).toString('base64url');
    const state = await beginAttempt(deps, request, response, { vendor: 'xero', firm: session.firm, userId: session.userId, nonce, further: Start.parse(request.query).further !== undefined });
    response.redirect(302, deps.xero.oauth.authorizeUrl({ ...deps.xero.app, scopes: await scopesFor(deps, session.firm) }, { state, nonce }));
  }));

  router.get('/oauth/xero/callback', page(deps, async (request, response, { session }) => {
    const answer = answerOf(request, 'Xero');
    const attempt = await endAttempt(deps, request, 'xero', answer.state);
    if (attempt.firm !== session.firm || attempt.userId !== session.userId) throw otherPerson();
    if (answer.declined) throw answer.declined;
    await goOn(deps, session.firm, response, await connectXero(deps, { firm: session.firm, by: session.name, code: answer.code ?? '', nonce: attempt.nonce, further: attempt.further }));
  }));

  router.post('/xero/organisation', action(deps, 'admin', async (request, response, { session }) => {
    const form = Choice.safeParse(request.body);
    const outcome = form.success && (await chooseOrganisation(deps, { firm: session.firm, by: session.name, choiceId: form.data.choice, organisationId: form.data.organisation }));
    if (!outcome) throw choiceOver();
    await goOn(deps, session.firm, response, outcome);
  }));

  router.post('/xero/disconnect', action(deps, 'admin', async (request, response, { session }) => {
    await disconnectXero(deps, deps.freshToken, { firm: session.firm, by: session.name, organisationId: Ending.parse(request.body).organisation });
    response.redirect(303, await connectionsPage(deps, session.firm));
  }));

  return router;
}

/** The least the firm's settings need; costs, in any of its organisations, take one permission more. */
async function scopesFor(deps: WebDeps, firm: string): Promise<string[]> {
  const { scopes, scopesForCosts = [] } = deps.xero.app;
  const inForce = await Promise.all((await placesOf(deps.store, firm)).map((further) => newestSettings(deps.store, firm, further)));
  return inForce.some((each) => each && needsBankRights(parseSettings(each.body).costs)) ? [...scopes, ...scopesForCosts] : scopes;
}

/** Where a firm's organisations are looked after: one is part of set-up, several have a page of their own. */
const connectionsPage = async (deps: WebDeps, firm: string): Promise<string> => ((await newestRoute(deps.store, firm)) ? '/organisations' : '/setup');

async function goOn(deps: WebDeps, firm: string, response: Response, outcome: XeroConnected): Promise<void> {
  if (outcome.outcome === 'refused') throw REFUSALS[outcome.reason](outcome.facts);
  response.redirect(303, outcome.outcome === 'choose' ? `/setup?${new URLSearchParams({ choice: outcome.choiceId }).toString()}` : await connectionsPage(deps, firm));
}

const again = { label: 'Connect again', href: '/setup' };

const REFUSALS: Record<'CONN_NO_ORG' | 'CONN_WRONG_ORG' | 'CONN_ORG_SHARED', (facts: Record<string, string>) => Problem> = {
  CONN_NO_ORG: () => new Problem({ status: 409, title: 'No organisation was chosen', text: 'Xero gave permission for no organisation. Connect again and pick the one this firm keeps its books in.', action: again }),
  CONN_WRONG_ORG: (facts) =>
    new Problem({
      status: 409,
      title: `This is not ${facts['organisation'] ?? 'your organisation'}`,
      text: `Your invoices are in ${facts['organisation'] ?? 'another organisation'}, but Xero gave permission for ${facts['chosen'] ?? 'another one'}. Nothing was changed. Connect again and pick ${facts['organisation'] ?? 'the same organisation'}.`,
      action: again,
    }),
  CONN_ORG_SHARED: (facts) =>
    new Problem({
      status: 409,
      title: 'Another firm uses this organisation',
      text: `${facts['organisation'] ?? 'It'} is already connected with another Clio account, and two firms must not write into the same books. Disconnect it there first, or pick another organisation.`,
      action: again,
    }),
};

const adminsOnly = () =>
  new Problem({ status: 403, title: 'Your role does not allow this', text: 'It takes an administrator in Clio to connect Xero. Ask one of them to do it.', action: { label: 'Go to bills', href: '/bills' } });
const otherPerson = () =>
  new Problem({ status: 403, title: 'Somebody else signed in meanwhile', text: 'The connection was started by another person. Start it again; nothing was changed.', action: again });
const choiceOver = () =>
  new Problem({ status: 400, title: 'This choice is over', text: 'It was made already, or took longer than ten minutes. Connect Xero again.', action: again });
