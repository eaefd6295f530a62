import type { Express } from 'express';
import { timestamp } from '../timestamps.js';
import { idOf } from './form.js';
import { doing, showing } from './guard.js';
import { html } from './page.js';
import type { ScreenParts } from './screens.js';

/** What the sandbox itself did: webhooks, their deliveries and answers, and a button to send one again. */
export function sandboxScreens(app: Express, parts: ScreenParts): void {
  const { firm, control } = parts;

  app.get('/nc/sandbox', showing(parts, () => {
    const hooks = control.webhooks().map((hook) => html`<tr><td>${hook.id}</td><td>${hook.model}</td><td><span class="state">${hook.status}</span></td><td>${timestamp(hook.expiresAt, firm.facts.timeZone)}</td><td>${hook.url}</td></tr>`);
    const deliveries = control.deliveries().slice(-200).reverse().map((each) => html`<tr><td>${each.id}</td><td>${each.webhookId}</td><td>${each.event ?? each.kind} ${each.recordId}</td><td><span class="state">${each.state}</span></td><td>${each.attempts.map((attempt) => attempt.status ?? 'no answer').join(', ')}</td><td>${
      each.kind === 'event' ? html`<form method="post" action="/nc/sandbox/deliveries/${each.id}/redeliver"><button>Redeliver</button></form>` : null
    }</td></tr>`);
    return {
      title: 'Sandbox controls',
      body: html`<h2>Webhooks</h2><table><thead><tr><th>Id</th><th>Model</th><th>Status</th><th>Expires</th><th>URL</th></tr></thead><tbody>${hooks}</tbody></table>
<h2>Deliveries</h2><table><thead><tr><th>No.</th><th>Webhook</th><th>Event</th><th>State</th><th>Answers</th><th></th></tr></thead><tbody>${deliveries}</tbody></table>`,
    };
  }));

  app.post('/nc/sandbox/deliveries/:id/redeliver', doing(parts, () => '/nc/sandbox', async (request) => {
    await control.redeliver(idOf(request));
    return 'Sent again.';
  }));
}
