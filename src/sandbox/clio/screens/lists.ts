import type { Express } from 'express';
import { billSums } from '../bill-arithmetic.js';
import { showing } from './guard.js';
import { html, money, page, stateTag } from './page.js';
import type { ScreenParts } from './screens.js';

export function listScreens(app: Express, parts: ScreenParts): void {
  const { firm } = parts;

  app.get('/', (_request, response) => { response.redirect('/nc/home'); });
  // Clio's own addresses carry the page behind a `#`, which no server sees.
  app.get('/nc/', (_request, response) => {
    response.send(page({ title: 'One moment', firmName: firm.facts.name, user: null }, html`<p><a href="/nc/home">Go to the firm's pages</a></p>
<script>location.replace(location.hash.startsWith('#/') ? '/nc/' + location.hash.slice(2) : '/nc/home')</script>`));
  });

  app.get('/nc/home', showing(parts, (_request, user) => {
    const open = firm.bills.where((bill) => bill.state === 'awaiting_payment').length;
    const mine = firm.tasks.where((task) => task.assignee.type === 'User' && task.assignee.id === user.id && task.status !== 'complete').length;
    return {
      title: `Good day, ${user.firstName}`,
      body: html`<p>${open} bills await payment; ${mine} open tasks are yours.</p><p class="actions"><a href="/nc/bills">Bills</a><a href="/nc/matters">Matters</a><a href="/nc/contacts">Contacts</a><a href="/nc/tasks">Tasks</a><a href="/nc/apps">App Directory</a></p>`,
    };
  }));

  app.get('/nc/bills', showing(parts, () => {
    const rows = firm.bills.where((bill) => bill.state !== 'deleted').map((bill) => {
      const sums = billSums(bill, firm);
      const { sign } = firm.currencies.at(bill.currencyId);
      return html`<tr><td><a href="/nc/bills/${bill.id}">${bill.number}</a></td><td class="day">${bill.issuedAt}</td><td>${firm.contacts.at(bill.clientId).name}</td><td>${bill.subject}</td><td>${stateTag(bill.state)}</td><td class="num">${money(sums.due, sign)}</td><td class="num">${money(sums.balance, sign)}</td></tr>`;
    });
    return { title: 'Bills', body: html`<table><thead><tr><th>No.</th><th>Issued</th><th>Client</th><th>Subject</th><th>State</th><th class="num">Due</th><th class="num">Balance</th></tr></thead><tbody>${rows}</tbody></table>` };
  }));

  app.get('/nc/matters', showing(parts, () => {
    const rows = firm.matters.all().map((matter) => html`<tr><td><a href="/nc/matters/${matter.id}">${matter.displayNumber}</a></td><td>${matter.description}</td><td>${firm.contacts.at(matter.clientId).name}</td><td>${matter.status}</td></tr>`);
    return { title: 'Matters', body: html`<table><thead><tr><th>Matter</th><th>Description</th><th>Client</th><th>Status</th></tr></thead><tbody>${rows}</tbody></table>` };
  }));

  app.get('/nc/contacts', showing(parts, () => {
    const rows = firm.contacts.all().map((contact) => html`<tr><td><a href="/nc/contacts/${contact.id}">${contact.name}</a></td><td>${contact.type}</td><td>${contact.emails[0]?.value ?? ''}</td></tr>`);
    return { title: 'Contacts', body: html`<table><thead><tr><th>Name</th><th>Type</th><th>E-mail</th></tr></thead><tbody>${rows}</tbody></table>` };
  }));
}
