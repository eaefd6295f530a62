import type { Request, Response, Router } from 'express';
import { allow, deny, maySelectSeveral, readAsked, type Asked } from '../identity/authorize.js';
import type { User } from '../identity/people.js';
import type { World } from '../world.js';
import { formOf } from './form.js';
import { html, page, type Html } from './page.js';

/** Sign in, choose the organisation, allow or deny. Every step is a plain form that carries the app's request along. */
export function consentScreens(world: World, router: Router): void {
  router.use('/identity/connect/authorize', (_request, response, next) => {
    response.set({ 'X-Frame-Options': 'DENY', 'Content-Security-Policy': "frame-ancestors 'none'", 'Cache-Control': 'no-store' });
    next();
  });
  router.get('/identity/connect/authorize', (request, response) => {
    const asked = readAsked(world, new URL(request.originalUrl, 'http://sandbox').searchParams);
    if ('error' in asked) refuse(response, asked.error);
    else respond(response, 'Sign in', signIn(world, asked));
  });
  router.post('/identity/connect/authorize', (request, response) => decide(world, request, response));
}

function decide(world: World, request: Request, response: Response): void {
  const form = formOf(request);
  const asked = readAsked(world, form);
  if ('error' in asked) {
    refuse(response, asked.error);
    return;
  }
  const user = world.users.find((each) => each.id === form.get('sandbox_user'));
  const decision = form.get('sandbox_decision');
  if (!user) {
    respond(response, 'Sign in', signIn(world, asked));
    return;
  }
  if (decision === 'deny') {
    response.redirect(302, deny(asked));
    return;
  }
  const chosen = form.getAll('sandbox_organisation');
  const needsOrganisation = asked.scopes.some((scope) => scope.startsWith('accounting.'));
  const decided = decision === 'allow' && (chosen.length > 0 || !needsOrganisation);
  if (!decided) respond(response, `${asked.app.name} wants access`, choose(world, asked, user));
  else response.redirect(302, allow(world, asked, user, maySelectSeveral(world, asked) ? chosen : chosen.slice(0, 1)));
}

function respond(response: Response, title: string, body: Html): void {
  response.type('html').send(page({ title, body }));
}

function refuse(response: Response, error: string): void {
  response.status(400).type('html').send(page({ title: 'Sorry, something went wrong', body: html`<div class="card"><p>Error: <code>${error}</code></p><p>The app that sent you here has to be corrected; nothing was connected.</p></div>` }));
}

function carried(asked: Asked): Html[] {
  return [...asked.params].filter(([name]) => !name.startsWith('sandbox_')).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`);
}

function signIn(world: World, asked: Asked): Html {
  return html`<form class="card consent" method="post" action="/identity/connect/authorize">${carried(asked)}
<p>Sign in to continue to <strong>${asked.app.name}</strong>. The sandbox asks for no password.</p>
<fieldset><legend>Who are you?</legend>${world.users.map((user, index) => html`<label class="choice"><input type="radio" name="sandbox_user" value="${user.id}"${index === 0 && html` checked`}> ${user.givenName} ${user.familyName} <span class="soft">${user.email}</span></label>`)}</fieldset>
<button type="submit">Sign in</button></form>`;
}

function choose(world: World, asked: Asked, user: User): Html {
  const kind = maySelectSeveral(world, asked) ? 'checkbox' : 'radio';
  const organisations = user.organisationIds.map((id) => world.organisations.get(id)).filter((each) => each !== undefined);
  return html`<form class="card consent" method="post" action="/identity/connect/authorize">${carried(asked)}<input type="hidden" name="sandbox_user" value="${user.id}">
<p>Signed in as ${user.email}.</p>
<fieldset><legend>Organisation</legend>${organisations.map((each, index) => html`<label class="choice"><input type="${kind}" name="sandbox_organisation" value="${each.id}"${index === 0 && html` checked`}> ${each.facts.name}</label>`)}</fieldset>
<p>${asked.app.name} asks for:</p><ul>${asked.scopes.map((scope) => html`<li><code>${scope}</code></li>`)}</ul>
<button type="submit" name="sandbox_decision" value="allow">Allow access</button><button class="quiet" type="submit" name="sandbox_decision" value="deny">Deny</button></form>`;
}
