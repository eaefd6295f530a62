import type { Request, RequestHandler, Response } from 'express';
import { REGIONS, type FirmRecord, type Region } from '../store/records.js';
import { isStillInClio, mayActAs, roleOf, type Role } from '../store/role-of.js';
import type { WebDeps } from './deps.js';
import { keepAsking } from './keep-asking.js';
import { Problem } from './problem.js';
import { carriesToken, postedFromOurPages } from './same-site.js';
import { forgetSession, readSession, type Session } from './session.js';
import { signInPage } from './sign-in-page.js';

/** The person at the screen, and the one firm everything they see or do belongs to. */
export interface Visitor {
  session: Session;
  firm: FirmRecord;
  region: Region;
  role: Role;
}

type Page = (request: Request, response: Response, visitor: Visitor) => Promise<void>;

export async function visitorOf(deps: WebDeps, request: Request): Promise<Visitor | null> {
  const session = await readSession(deps, request);
  const firm = session && (await deps.store.firms.get('*', session.firm));
  const role = firm && isStillInClio(firm, session.userId) ? roleOf(firm, session.userId) : null;
  const region = REGIONS.find((each) => session?.firm.startsWith(`${each}:`));
  if (!session || !firm || !role || !region) return null;
  await keepAsking(deps, firm);
  return { session, firm, region, role };
}

/** A page for signed-in people; others get the sign-in page in its place and come back here afterwards. */
export function page(deps: WebDeps, show: Page): RequestHandler {
  return async (request, response) => {
    const visitor = await visitorOf(deps, request);
    if (!visitor) {
      forgetSession(deps, response);
      signInPage(deps, response, { status: 401, back: request.originalUrl });
      return;
    }
    await show(request, response, visitor);
  };
}

/** Something a signed-in person does: the form must come from our own page, carry the session's token, and the role must allow it. */
export function action(deps: WebDeps, needed: Role, carryOut: Page): RequestHandler {
  return async (request, response) => {
    if (!postedFromOurPages(request, deps.appUrl)) throw wrongOrigin();
    const visitor = await visitorOf(deps, request);
    if (!visitor) {
      signInPage(deps, response, { status: 401, back: '/' });
      return;
    }
    if (!carriesToken(request, visitor.session.csrf)) throw staleForm();
    if (!mayActAs(visitor.role, needed)) throw notAllowed(needed);
    await carryOut(request, response, visitor);
  };
}

const wrongOrigin = () =>
  new Problem({ status: 403, title: 'This came from another site', text: 'Tieout only acts on its own pages. Open Tieout and try again there.', action: { label: 'Open Tieout', href: '/' } });
const staleForm = () =>
  new Problem({ status: 403, title: 'This page is out of date', text: 'You signed in again since it was opened. Reload the page and try again; nothing was changed.', action: { label: 'Go to bills', href: '/bills' } });
const notAllowed = (needed: Role) =>
  new Problem({
    status: 403,
    title: 'Your role does not allow this',
    text: needed === 'admin' ? 'It takes an administrator in Clio. Ask one of them to do it.' : 'It takes billing or accounts rights in Clio. Ask an administrator for them, then sign in again.',
    action: { label: 'Go to bills', href: '/bills' },
  });
