import type { Express } from 'express';
import { doing, showing } from './guard.js';
import { html } from './page.js';
import type { ScreenParts } from './screens.js';

/** The App Directory, and the page on which an installation ends. */
export function appScreens(app: Express, parts: ScreenParts): void {
  const { grants, control } = parts;

  app.get('/nc/apps', showing(parts, (_request, user) => {
    const installed = new Set(grants.installedBy(user.id).map((each) => each.clientId));
    const rows = [...grants.apps.values()].map((each) => html`<tr><td>${each.name}</td><td class="actions">${
      installed.has(each.clientId)
        ? html`${each.appUrl === undefined ? null : html`<a href="${each.appUrl}" target="_blank" rel="noopener">Open</a>`}<form method="post" action="/nc/apps/${encodeURIComponent(each.clientId)}/revoke"><button class="grave">Revoke access</button></form>`
        : each.addToClioUrl === undefined ? null : html`<a href="${each.addToClioUrl}" target="_blank">Add to Clio</a>`
    }</td><td>${installed.has(each.clientId) ? 'installed' : ''}</td></tr>`);
    return { title: 'App Directory', body: html`<table><thead><tr><th>App</th><th></th><th></th></tr></thead><tbody>${rows}</tbody></table>` };
  }));

  app.get('/app_integrations_callback', showing(parts, (_request, user) => {
    const rows = grants.installedBy(user.id).map((each) => html`<li>${each.name}: installed ${each.appUrl === undefined ? null : html`<a href="${each.appUrl}">Open</a>`}</li>`);
    return { title: 'My Integrations', body: html`<ul>${rows}</ul><p><a href="/nc/apps">Back to the App Directory</a></p>` };
  }));

  app.post('/nc/apps/:client/revoke', doing(parts, () => '/nc/apps', async (request, user) => {
    await control.revokeApp(String(request.params['client']), user.id);
    return 'Access revoked.';
  }));
}
