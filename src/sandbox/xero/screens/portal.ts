import type { Router } from 'express';
import type { World } from '../world.js';
import { act } from './act.js';
import { html, page } from './page.js';

/** The developer portal's page of each app: its webhook and the intent to receive. */
export function portalScreens(world: World, router: Router): void {
  router.get('/portal', (_request, response) => {
    const apps = [...world.apps.values()].map((app) => {
      const hook = world.deliveries.subscription(app.clientId);
      return html`<section class="card"><h2>${app.name}</h2><p>Client id <code>${app.clientId}</code></p><ul>${app.redirectUris.map((uri) => html`<li><code>${uri}</code></li>`)}</ul>
<h3>Webhook</h3><p>Delivery address <code>${hook?.url}</code></p><p>Categories ${hook?.categories.join(', ')}</p><p>Status <strong class="${hook?.status === 'ok' ? 'ok' : 'bad'}">${hook?.status ?? 'none'}</strong></p>
<form method="post" action="/portal/${app.clientId}/intent-to-receive"><button type="submit">Send intent to receive</button></form></section>`;
    });
    response.type('html').send(page({ title: 'App portal', body: html`${apps.length === 0 ? html`<p>No app is registered.</p>` : apps}` }));
  });
  router.post('/portal/:clientId/intent-to-receive', (request, response) => act(request, response, '/portal', () => world.deliveries.intentToReceive(request.params.clientId)));
}
