import type { Request, Response, Router } from 'express';
import type { Account, Organisation } from '../books/organisation.js';
import { effectiveRate } from '../money/line-tax.js';
import { makeControl } from '../control.js';
import type { World } from '../world.js';
import { act } from './act.js';
import { amount, html, page, type Html } from './page.js';

/** An organisation's own pages: contacts, bank accounts, chart of accounts, lock dates, connected apps. */
export function organisationScreens(world: World, router: Router): void {
  const control = makeControl(world);
  router.get('/', (_request, response) => {
    const cards = [...world.organisations.values()].map((organisation) => {
      const { facts } = organisation;
      const open = organisation.invoices.all().filter((each) => each.type === 'ACCREC' && each.status === 'AUTHORISED').length;
      return html`<a class="card org-card" href="/app/${facts.shortCode}/invoicing"><strong>${facts.name}</strong><span class="soft">${facts.countryCode}, books in ${facts.baseCurrency}</span><span>${open} ${open === 1 ? 'invoice awaits' : 'invoices await'} payment</span></a>`;
    });
    response.type('html').send(page({ title: 'Organisations', body: html`<p class="soft">Choose the books to look at; they open at their invoices.</p><div class="org-cards">${cards}</div>` }));
  });
  router.get('/app/:shortCode', (request, response) => {
    response.redirect(`/app/${request.params.shortCode}/invoicing`);
  });
  const show = (path: string, title: string, body: (organisation: Organisation) => Html): void => {
    router.get(`/app/:shortCode/${path}`, (request, response) => showPage(world, request, response, title, body));
  };
  show('contacts', 'Contacts', contacts);
  show('bank', 'Bank accounts', (organisation) => bankAccounts(organisation));
  show('accounts', 'Chart of accounts', chart);
  show('lock-dates', 'Lock dates', lockDates);
  show('connected-apps', 'Connected apps', (organisation) => connectedApps(world, organisation));
  router.get('/app/:shortCode/contacts/contact/:id', (request, response) => showPage(world, request, response, 'Contact', (organisation) => contactPage(organisation, request.params.id)));
  router.post('/app/:shortCode/contacts/contact/:id/archive', (request, response) => act(request, response, `/app/${request.params.shortCode}/contacts`, () => control.archiveContact(request.params.id)));
  router.post('/app/:shortCode/accounts/:id/archive', (request, response) => act(request, response, `/app/${request.params.shortCode}/accounts`, () => control.archiveAccount(request.params.id)));
  router.post('/app/:shortCode/connected-apps/disconnect', (request, response) => act(request, response, `/app/${request.params.shortCode}/connected-apps`, () => control.disconnect(request.params.shortCode)));
  router.post('/app/:shortCode/lock-dates', (request, response) =>
    act(request, response, `/app/${request.params.shortCode}/lock-dates`, (form) => {
      const date = (name: string): string | undefined => (/^\d{4}-\d{2}-\d{2}$/.test(form.get(name) ?? '') ? (form.get(name) ?? undefined) : undefined);
      control.setLockDates(request.params.shortCode, { period: date('period'), endOfYear: date('endOfYear') });
    }),
  );
}

export function showPage(world: World, request: Request, response: Response, title: string, body: (organisation: Organisation) => Html | undefined): void {
  const organisation = [...world.organisations.values()].find((each) => each.facts.shortCode === request.params['shortCode']);
  const shown = organisation && body(organisation);
  if (!shown) response.status(404).type('html').send(page({ title: 'Not found', body: html`<p>There is nothing at this address.</p>` }));
  else response.type('html').send(page({ title, organisation: { name: organisation.facts.name, shortCode: organisation.facts.shortCode }, body: shown }));
}

function contacts(organisation: Organisation): Html {
  const rows = organisation.contacts.all().map((each) => html`<tr><td><a href="/app/${organisation.facts.shortCode}/contacts/contact/${each.id}">${each.name}</a></td><td>${each.email}</td><td>${each.contactNumber}</td><td>${each.status}${each.mergedTo !== undefined && ' (merged)'}</td></tr>`);
  return html`<div class="card"><table><thead><tr><th>Name</th><th>E-mail</th><th>Contact code</th><th>Status</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

function contactPage(organisation: Organisation, id: string): Html | undefined {
  const contact = organisation.contacts.get(id.toLowerCase());
  if (!contact) return undefined;
  const { shortCode } = organisation.facts;
  const invoices = organisation.invoices.by('contact', contact.id).map((each) => html`<li><a href="/app/${shortCode}/invoicing/view/${each.id}">${each.number}</a> ${amount(each.total)} ${each.currency} ${each.status}</li>`);
  const merged = contact.mergedTo === undefined ? undefined : organisation.contacts.get(contact.mergedTo);
  return html`<div class="card"><h2>${contact.name}</h2><p>${contact.email}</p><p>Contact code: ${contact.contactNumber ?? 'none'}</p><p class="status ${contact.status}">${contact.status}${merged && html`, merged into <a href="/app/${shortCode}/contacts/contact/${merged.id}">${merged.name}</a>`}</p>
<ul>${invoices}</ul><form method="post" action="/app/${shortCode}/contacts/contact/${contact.id}/archive"><button class="danger" type="submit">Archive contact</button></form></div>`;
}

function bankAccounts(organisation: Organisation): Html {
  return html`${organisation.accounts.all().filter((each) => each.type === 'BANK').map((account) => statement(organisation, account))}`;
}

function statement(organisation: Organisation, account: Account): Html {
  const payments = organisation.payments.all().filter((each) => each.accountId === account.id && each.status === 'AUTHORISED');
  const transactions = organisation.bankTransactions.all().filter((each) => each.bankAccountId === account.id && each.status === 'AUTHORISED');
  const lines = [
    ...payments.map((each) => ({ date: each.date, text: `Payment ${each.reference}`, cents: /^(ACCREC|APCREDIT|APOVER|APPRE)/.test(each.paymentType) ? each.bankAmount : -each.bankAmount })),
    ...transactions.map((each) => ({ date: each.date, text: `${each.type} ${each.reference}`, cents: each.type.startsWith('RECEIVE') ? each.total : -each.total })),
  ].sort((a, b) => (a.date < b.date ? -1 : 1));
  const balance = lines.reduce((sum, each) => sum + each.cents, 0);
  return html`<section class="card"><h2>${account.code} ${account.name}</h2><p>Balance <strong>${amount(balance)}</strong> ${account.currencyCode}</p><table><tbody>${lines.map((each) => html`<tr><td>${each.date}</td><td>${each.text}</td><td class="n">${amount(each.cents)}</td></tr>`)}</tbody></table></section>`;
}

function chart(organisation: Organisation): Html {
  const archive = (account: Account): Html => html`<form method="post" action="/app/${organisation.facts.shortCode}/accounts/${account.id}/archive"><button class="quiet" type="submit" aria-label="Archive ${account.name}">Archive</button></form>`;
  const rows = organisation.accounts.all().map((each) => html`<tr><td>${each.code}</td><td>${each.name}</td><td>${each.type}</td><td>${each.taxType}</td><td>${each.status}</td><td>${each.status === 'ACTIVE' && each.systemAccount === '' && archive(each)}</td></tr>`);
  const rates = organisation.taxRates.all().map((each) => html`<tr><td>${each.taxType}</td><td>${each.name}</td><td class="n">${effectiveRate(each.components)} %</td></tr>`);
  return html`<div class="card"><table><thead><tr><th>Code</th><th>Name</th><th>Type</th><th>Tax</th><th>Status</th><th><span class="soft">Change</span></th></tr></thead><tbody>${rows}</tbody></table></div><h2>Tax rates</h2><div class="card"><table><thead><tr><th>Code</th><th>Name</th><th class="n">Rate</th></tr></thead><tbody>${rates}</tbody></table></div>`;
}

function lockDates(organisation: Organisation): Html {
  const { periodLockDate, endOfYearLockDate, shortCode } = organisation.facts;
  return html`<form class="card" method="post" action="/app/${shortCode}/lock-dates"><p>Documents dated on or before a lock date can be neither written nor changed.</p>
<label for="period">Stop all users except advisers making changes on and before</label><input id="period" name="period" type="date" value="${periodLockDate}">
<label for="endOfYear">Stop all users making changes on and before</label><input id="endOfYear" name="endOfYear" type="date" value="${endOfYearLockDate}"><p><button type="submit">Save</button></p></form>`;
}

function connectedApps(world: World, organisation: Organisation): Html {
  const names = new Set(world.grants.connections.filter((each) => each.tenantId === organisation.id).map((each) => world.apps.get(each.clientId)?.name ?? each.clientId));
  if (names.size === 0) return html`<div class="card"><p>No app is connected.</p></div>`;
  return html`<div class="card"><ul>${[...names].map((name) => html`<li>${name}</li>`)}</ul><form method="post" action="/app/${organisation.facts.shortCode}/connected-apps/disconnect"><button class="danger" type="submit">Disconnect</button></form></div>`;
}
