import type { Router } from 'express';
import { makeControl } from '../control.js';
import type { World } from '../world.js';
import { act } from './act.js';
import { html, page } from './page.js';

/** Where one sees what went out as webhooks, and how the sandbox is set. */
export function controlScreens(world: World, router: Router): void {
  const control = makeControl(world);
  router.get('/sandbox', (_request, response) => {
    const deliveries = world.deliveries.log
      .slice(-100)
      .reverse()
      .map(
        (each) => html`<tr><td>${each.id}</td><td>${each.categories.length === 0 ? 'Intent to receive' : each.categories.join(', ')}</td><td>${each.attempts.map((attempt) => html`<div>${new Date(attempt.at).toISOString().slice(0, 19)} ${attempt.status === 0 ? 'no answer' : attempt.status} <span class="bad">${attempt.problem}</span></div>`)}</td>
<td><details><summary>Body</summary><code>${each.body}</code></details></td><td><form method="post" action="/sandbox/deliveries/${each.id}/redeliver"><button class="quiet" type="submit">Redeliver</button></form></td></tr>`,
      );
    const scopes = [...world.apps.values()].map((app) => {
      const granted = [...new Set(world.users.flatMap((user) => world.grants.scopesOf(app.clientId, user.id)))].filter((scope) => scope.startsWith('accounting.'));
      return granted.map((scope) => html`<tr><td>${app.name}</td><td><code>${scope}</code></td><td><form method="post" action="/sandbox/apps/${app.clientId}/take-scope"><input type="hidden" name="scope" value="${scope}"><button class="quiet" type="submit" aria-label="Take away ${scope}">Take away</button></form></td></tr>`);
    });
    const switches = Object.entries(world.switches).map(([name, value]) => html`<tr><td>${name}</td><td>${String(value)}</td></tr>`);
    const body = html`<h2>Webhook deliveries</h2><div class="card"><table><thead><tr><th>No.</th><th>Events</th><th>Attempts</th><th>Body</th><th>Again</th></tr></thead><tbody>${deliveries}</tbody></table></div>
<h2>Permissions</h2><div class="card"><p>What people granted; a consent brings back what was taken away.</p><table><thead><tr><th>App</th><th>Scope</th><th>Change</th></tr></thead><tbody>${scopes}</tbody></table></div>
<h2>Switches</h2><div class="card"><p>Points that no document settles; each can be set when the sandbox is started.</p><table><tbody>${switches}</tbody></table></div>`;
    response.type('html').send(page({ title: 'Sandbox controls', body }));
  });
  router.post('/sandbox/deliveries/:id/redeliver', (request, response) => act(request, response, '/sandbox', () => world.deliveries.redeliver(request.params.id)));
  router.post('/sandbox/apps/:clientId/take-scope', (request, response) => act(request, response, '/sandbox', (form) => control.takeScope(request.params.clientId, form.get('scope') ?? '')));
}
