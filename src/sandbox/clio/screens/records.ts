import type { Express } from 'express';
import { billSums } from '../bill-arithmetic.js';
import { customActionMenu } from './custom-action-menu.js';
import { idOf } from './form.js';
import { showing } from './guard.js';
import { html, money, stateTag } from './page.js';
import type { ScreenParts } from './screens.js';

/** A matter, a contact, and the press of a custom action on either. */
export function recordScreens(app: Express, parts: ScreenParts): void {
  const { firm, nonces } = parts;
  const billsOf = (keeps: (bill: { clientId: number; matterIds: number[] }) => boolean) => {
    const rows = firm.bills.where((bill) => bill.state !== 'deleted' && keeps(bill)).map((bill) => {
      const sums = billSums(bill, firm);
      const { sign } = firm.currencies.at(bill.currencyId);
      return html`<tr><td><a href="/nc/bills/${bill.id}">${bill.number}</a></td><td class="day">${bill.issuedAt}</td><td>${bill.subject}</td><td>${stateTag(bill.state)}</td><td class="num">${money(sums.due, sign)}</td><td class="num">${money(sums.balance, sign)}</td></tr>`;
    });
    return html`<h2>Bills</h2><table><thead><tr><th>No.</th><th>Issued</th><th>Subject</th><th>State</th><th class="num">Due</th><th class="num">Balance</th></tr></thead><tbody>${rows}</tbody></table>`;
  };

  app.get('/nc/matters/:id', showing(parts, (request, user) => {
    const matter = firm.matters.get(idOf(request));
    if (!matter) return null;
    const client = firm.contacts.at(matter.clientId);
    return {
      title: matter.displayNumber,
      body: html`<p>${matter.description} · <a href="/nc/contacts/${client.id}">${client.name}</a> · ${matter.status}, opened ${matter.openDate}</p>${customActionMenu(parts, user, 'matters', matter.id)}${billsOf((bill) => bill.matterIds.includes(matter.id))}`,
    };
  }));

  app.get('/nc/contacts/:id', showing(parts, (request, user) => {
    const contact = firm.contacts.get(idOf(request));
    if (!contact) return null;
    return {
      title: contact.name,
      body: html`<p>${contact.type} · ${contact.emails.map((each) => each.value).join(', ')}</p>${customActionMenu(parts, user, 'contacts', contact.id)}${billsOf((bill) => bill.clientId === contact.id)}`,
    };
  }));

  app.get('/nc/custom_actions/:id/launch/:place/:record', (request, response) => {
    const user = parts.sessions.userOf(request);
    const action = firm.customActions.get(idOf(request));
    if (!user || action?.userId !== user.id || action.uiReference !== `${request.params.place}/show`) {
      response.status(404).type('text').send('There is no such action.');
      return;
    }
    const subject = `/api/v4/${request.params.place}/${request.params.record}`;
    const target = new URL(action.targetUrl);
    target.searchParams.set('custom_action_id', String(action.id));
    target.searchParams.set('user_id', String(user.id));
    target.searchParams.set('subject_url', subject);
    target.searchParams.set('custom_action_nonce', nonces.mint(user.id, subject));
    response.redirect(target.href);
  });
}
