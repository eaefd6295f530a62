import type { Express, Request } from 'express';
import { field, param } from './form.js';
import { html, page } from './page.js';
import type { ScreenParts } from './screens.js';

const ASKED = ['client_id', 'redirect_uri', 'response_type', 'state', 'redirect_on_decline'];

/** Sign-in, and the page on which a user lets an app in or not. */
export function consentScreens(app: Express, { firm, grants, sessions }: ScreenParts): void {
  const frame = { firmName: firm.facts.name, user: null };

  app.get('/nc/sign_in', (request, response) => {
    const options = firm.users.where((user) => user.enabled).map((user) => html`<option value="${user.id}">${user.firstName} ${user.lastName} (${user.roles.join(', ') || 'no roles'})</option>`);
    const body = html`<form class="box" method="post" action="/nc/sign_in"><input type="hidden" name="return_to" value="${param(request, 'return_to')}">
<label>Sign in as<select name="user_id">${options}</select></label><button>Sign in</button></form>`;
    response.send(page({ ...frame, title: 'Sign in' }, body));
  });
  app.post('/nc/sign_in', (request, response) => {
    const user = firm.users.get(Number(field(request, 'user_id')));
    if (!user?.enabled) {
      response.status(422).send(page({ ...frame, title: 'Sign in', notice: 'No such user, or the user is disabled.' }, html`<a href="/nc/sign_in">Try again</a>`));
      return;
    }
    sessions.signIn(response, user.id);
    response.redirect(localPath(field(request, 'return_to')));
  });
  app.post('/nc/sign_out', (_request, response) => {
    sessions.signOut(response);
    response.redirect('/nc/sign_in');
  });

  app.get('/oauth/authorize', (request, response) => {
    const problem = problemOf((name) => param(request, name));
    if (problem !== null) {
      response.status(400).send(page({ ...frame, title: 'This app cannot be connected', notice: problem }, html``));
      return;
    }
    const user = sessions.userOf(request);
    if (!user) {
      response.redirect(`/nc/sign_in?return_to=${encodeURIComponent(request.originalUrl)}`);
      return;
    }
    const asking = grants.apps.get(param(request, 'client_id'));
    const hidden = ASKED.map((name) => html`<input type="hidden" name="${name}" value="${param(request, name)}">`);
    const body = html`<p><strong>${asking?.name ?? ''}</strong> asks to work with the data of ${firm.facts.name} in your name (${user.firstName} ${user.lastName}).</p>
<p>Permissions: ${asking?.permissions?.join(', ') ?? 'all'}</p>
<form method="post" action="/oauth/authorize">${hidden}<button name="decision" value="allow">Allow access</button> <button class="grave" name="decision" value="decline">Decline</button></form>`;
    response.send(page({ ...frame, user, title: 'Connect an app' }, body));
  });

  app.post('/oauth/authorize', (request, response) => {
    const ask = (name: string) => field(request, name);
    const user = sessions.userOf(request);
    const problem = user ? problemOf(ask) : 'Sign in first.';
    if (problem !== null || !user) {
      response.status(400).send(page({ ...frame, title: 'This app cannot be connected', notice: problem ?? '' }, html``));
      return;
    }
    const target = new URL(ask('redirect_uri'));
    if (ask('state') !== '') target.searchParams.set('state', ask('state'));
    if (ask('decision') === 'allow') {
      target.searchParams.set('code', grants.issueCode(ask('client_id'), user.id, ask('redirect_uri')));
    } else if (ask('redirect_on_decline') === 'true') {
      target.searchParams.set('error', 'access_denied');
    } else {
      response.status(403).send(page({ ...frame, user, title: 'Access was declined', notice: 'You may close this window.' }, html``));
      return;
    }
    response.redirect(target.href);
  });

  function problemOf(ask: (name: string) => string): string | null {
    const asking = grants.apps.get(ask('client_id'));
    if (!asking) return 'Unknown client_id.';
    if (ask('response_type') !== 'code') return 'response_type must be code.';
    if (!asking.redirectUris.includes(ask('redirect_uri'))) return 'redirect_uri is not one of those registered.';
    return null;
  }
}

/** Where a person who is not signed in is sent, to come back here. */
export function signInFor(request: Request): string {
  return `/nc/sign_in?return_to=${encodeURIComponent(request.originalUrl)}`;
}

function localPath(path: string): string {
  return /^\/(?![/\\])/.test(path) ? path : '/nc/home';
}
