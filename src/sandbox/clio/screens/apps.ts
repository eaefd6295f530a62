import type { Express } from 'express';
import { doing, showing } from './guard.js';
import { html } from './page.js';
import type { ScreenParts } from './screens.js';

/** The App Directory, and the page on which an installation ends. */
export function appScreens(app: Express, parts: ScreenParts): void {
  const { grants, control } = parts;

  app.get('/nc/apps', showing(parts, (_request, user) => {
    const installed = new Set(grants.installedBy(user.id).map((each) => each.clientId));
    const cards = [...grants.apps.values()].map((each) => html`<article class="app"><span class="app-sign" aria-hidden="true">${each.name.charAt(0)}</span><div class="app-text"><h2>${each.name}</h2><p>${each.summary ?? 'An app of this firm.'}</p><p class="soft">Accounting · Billing${installed.has(each.clientId) ? ' · installed' : ''}</p></div><div class="app-do">${
      installed.has(each.clientId)
        ? html`${each.appUrl === undefined ? null : html`<a class="press" href="${each.appUrl}" target="_blank" rel="noopener">Open</a>`}<form method="post" action="/nc/apps/${encodeURIComponent(each.clientId)}/revoke"><button class="plain">Revoke access</button></form>`
        : each.addToClioUrl === undefined ? null : html`<a class="press" href="${each.addToClioUrl}" target="_blank">Add to Clio</a>`
    }</div></article>`);
    return { title: 'App Directory', body: html`<p class="soft">Apps that work with the firm's data. Adding one asks for your consent first.</p>${cards}` };
  }));

  app.get('/app_integrations_callback', showing(parts, (_request, user) => {
    const cards = grants.installedBy(user.id).map((each) => html`<article class="app"><span class="app-sign" aria-hidden="true">${each.name.charAt(0)}</span><div class="app-text"><h2>${each.name}</h2><p>installed</p></div><div class="app-do">${each.appUrl === undefined ? null : html`<a class="press" href="${each.appUrl}">Open</a>`}</div></article>`);
    return { title: 'My Integrations', body: html`${cards}<p><a href="/nc/apps">Back to the App Directory</a></p>` };
  }));

  app.post('/nc/apps/:client/revoke', doing(parts, () => '/nc/apps', async (request, user) => {
    await control.revokeApp(String(request.params['client']), user.id);
    return 'Access revoked.';
  }));
}
