import type { Router } from 'express';
import type { Invoice, Organisation } from '../books/organisation.js';
import { amountCredited, amountDue, amountPaid, livePayments } from '../books/settlement.js';
import { makeControl } from '../control.js';
import { todayIn } from '../dates.js';
import { cents } from '../money/decimal.js';
import { refuseIf } from '../refusal.js';
import { act } from './act.js';
import { showPage } from './organisations.js';
import { amount, html, type Html } from './page.js';
import type { World } from '../world.js';

/** The list of invoices and the page of one, where a bookkeeper takes payments, removes them, edits and voids. */
export function invoiceScreens(world: World, router: Router): void {
  const control = makeControl(world);
  const at = '/app/:shortCode/invoicing/view/:id';
  const back = (params: { shortCode: string; id: string }): string => `/app/${params.shortCode}/invoicing/view/${params.id}`;
  router.get('/app/:shortCode/invoicing', (request, response) => showPage(world, request, response, 'Invoices', list));
  router.get(at, (request, response) => {
    showPage(world, request, response, 'Invoice', (organisation) => {
      const invoice = organisation.invoices.get(request.params.id.toLowerCase());
      return invoice && invoicePage(world, organisation, invoice);
    });
  });
  router.post(`${at}/payments`, (request, response) =>
    act(request, response, back(request.params), (form) =>
      control.recordPayment({ invoiceId: request.params.id, amount: typedAmount(form), date: form.get('date') ?? '', accountId: form.get('account') ?? '', reference: form.get('reference') ?? '' }),
    ),
  );
  router.post(`${at}/payments/:payment/remove`, (request, response) => act(request, response, back(request.params), () => control.deletePayment(request.params.payment)));
  router.post(`${at}/payments/:payment/reconcile`, (request, response) => act(request, response, back(request.params), () => control.reconcilePayment(request.params.payment)));
  router.post(`${at}/void`, (request, response) => act(request, response, back(request.params), () => control.voidInvoice(request.params.id)));
  router.post(`${at}/approve`, (request, response) => act(request, response, back(request.params), () => control.editInvoice(request.params.id, { Status: 'AUTHORISED' })));
  router.post(`${at}/credit`, (request, response) => act(request, response, back(request.params), (form) => control.creditInvoice({ invoiceId: request.params.id, amount: typedAmount(form), date: form.get('date') ?? '' })));
  router.post(`${at}/edit`, (request, response) =>
    act(request, response, back(request.params), (form) => {
      const before = control.invoices(request.params.shortCode).find((each) => each.id === request.params.id);
      const lines = (before?.lines ?? []).map((line) => ({ LineItemID: line.id, Description: form.get(`description-${line.id}`) ?? line.description, ...(line.unitAmount === undefined ? {} : { UnitAmount: Number(form.get(`price-${line.id}`) ?? line.unitAmount) }) }));
      return control.editInvoice(request.params.id, { Reference: form.get('reference') ?? '', DueDate: form.get('dueDate') ?? '', LineItems: lines });
    }),
  );
}

/** `1,250.00` as a person types it, in cents. */
function typedAmount(form: URLSearchParams): number {
  const text = (form.get('amount') ?? '').replaceAll(',', '').trim();
  refuseIf(!/^\d+(\.\d{1,2})?$/.test(text), 'Type an amount such as 1250.00.');
  return cents(Number(text));
}

function list(organisation: Organisation): Html {
  const rows = organisation.invoices
    .all()
    .reverse()
    .map(
      (each) => html`<tr><td><a href="/app/${organisation.facts.shortCode}/invoicing/view/${each.id}">${each.number === '' ? 'No number' : each.number}</a></td><td>${each.type === 'ACCPAY' ? 'Bill' : 'Invoice'}</td><td>${organisation.contacts.get(each.contactId)?.name}</td><td class="day">${each.date}</td><td class="day">${each.dueDate}</td>
<td class="n">${amount(each.total)} <span class="soft">${each.currency}</span></td><td class="n">${amount(amountDue(organisation, each))}</td><td>${statusTag(each.status)}</td></tr>`,
    );
  if (rows.length === 0) return html`<div class="card"><p>No invoices yet.</p></div>`;
  return html`<div class="card"><table><thead><tr><th>Number</th><th>Kind</th><th>Contact</th><th>Date</th><th>Due</th><th class="n">Total</th><th class="n">Due</th><th>Status</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

function invoicePage(world: World, organisation: Organisation, invoice: Invoice): Html {
  const action = `/app/${organisation.facts.shortCode}/invoicing/view/${invoice.id}`;
  const contact = organisation.contacts.get(invoice.contactId);
  const notes = organisation.notes.by('subject', invoice.id);
  return html`<p><a href="/app/${organisation.facts.shortCode}/invoicing">All invoices</a></p>${invoice.status === 'AUTHORISED' && paymentForm(world, organisation, invoice, action)}<div class="card"><h2>${invoice.number} ${statusTag(invoice.status)}</h2>
<p>To <a href="/app/${organisation.facts.shortCode}/contacts/contact/${invoice.contactId}">${contact?.name}</a>, dated ${invoice.date}, due ${invoice.dueDate ?? 'no date'}, reference ${invoice.reference === '' ? 'none' : invoice.reference}${invoice.url !== undefined && html`, <a href="${invoice.url}">open in the app that made it</a>`}</p>
<table><thead><tr><th>Description</th><th class="n">Quantity</th><th class="n">Price</th><th>Account</th><th>Tracking</th><th>Tax</th><th class="n">Tax</th><th class="n">Amount</th></tr></thead><tbody>
${invoice.lines.map((line) => html`<tr><td>${line.description}</td><td class="n">${line.quantity}</td><td class="n">${line.unitAmount}</td><td>${accountName(organisation, line.accountId)}</td><td>${trackingNames(organisation, line.tracking)}</td><td>${line.taxType}</td><td class="n">${amount(line.taxAmount)}</td><td class="n">${amount(line.lineAmount)}</td></tr>`)}</tbody></table>
<table class="sums"><tbody><tr><td>Subtotal</td><td class="n">${amount(invoice.subTotal)}</td></tr><tr><td>Tax</td><td class="n">${amount(invoice.totalTax)}</td></tr><tr><th>Total ${invoice.currency}</th><td class="n"><strong>${amount(invoice.total)}</strong></td></tr>
<tr><td>Paid</td><td class="n">${amount(amountPaid(organisation, invoice))}</td></tr><tr><td>Credited</td><td class="n">${amount(amountCredited(organisation, invoice))}</td></tr><tr><th>Due</th><td class="n"><strong>${amount(amountDue(organisation, invoice))}</strong></td></tr></tbody></table></div>
${paymentsCard(organisation, invoice, action)}${invoice.status === 'AUTHORISED' && creditForm(world, organisation, action)}${!['VOIDED', 'DELETED'].includes(invoice.status) && editForms(invoice, action)}
<h2>History</h2><div class="card"><table><tbody>${notes.map((note) => html`<tr><td>${new Date(note.at).toISOString().slice(0, 16).replace('T', ' ')}</td><td>${note.changes}</td><td>${note.details}</td><td>${note.user}</td></tr>`)}</tbody></table></div>`;
}

function paymentsCard(organisation: Organisation, invoice: Invoice, action: string): Html {
  const rows = livePayments(organisation, invoice.id).map(
    (each) => html`<tr><td>${each.date}</td><td>${accountName(organisation, each.accountId)}</td><td>${each.reference}</td><td class="n">${amount(each.amount)}</td><td class="row">${each.isReconciled ? 'Reconciled' : html`<form method="post" action="${action}/payments/${each.id}/reconcile"><button class="quiet" type="submit">Reconcile</button></form>`}<form method="post" action="${action}/payments/${each.id}/remove"><button class="danger" type="submit">Remove payment</button></form></td></tr>`,
  );
  return html`<h2>Payments</h2><div class="card">${rows.length === 0 ? html`<p>No payments.</p>` : html`<table><tbody>${rows}</tbody></table>`}</div>`;
}

/** All that is due, today: what a bookkeeper most often means. */
function paymentForm(world: World, organisation: Organisation, invoice: Invoice, action: string): Html {
  const today = todayIn(organisation.facts.timezone, world.clock.now());
  const due = (amountDue(organisation, invoice) / 100).toFixed(2);
  const accounts = organisation.accounts.all().filter((each) => each.status === 'ACTIVE' && (each.type === 'BANK' || each.enablePayments));
  return html`<form class="card" method="post" action="${action}/payments"><h2>Record a payment</h2><div class="row">
<div><label for="amount">Amount</label><input id="amount" name="amount" inputmode="decimal" value="${due}"></div><div><label for="date">Date</label><input id="date" name="date" type="date" value="${today}"></div>
<div><label for="account">Account</label><select id="account" name="account">${accounts.map((each) => html`<option value="${each.id}">${each.code} ${each.name}</option>`)}</select></div>
<div><label for="payment-reference">Reference</label><input id="payment-reference" name="reference"></div><button type="submit">Record payment</button></div></form>`;
}

function creditForm(world: World, organisation: Organisation, action: string): Html {
  const today = todayIn(organisation.facts.timezone, world.clock.now());
  return html`<form class="card" method="post" action="${action}/credit"><h2>Credit</h2><div class="row"><div><label for="credit">Amount</label><input id="credit" name="amount" inputmode="decimal"></div><div><label for="credit-date">Date</label><input id="credit-date" name="date" type="date" value="${today}"></div><button class="quiet" type="submit">Add credit note</button></div></form>`;
}

function editForms(invoice: Invoice, action: string): Html {
  const lines = invoice.lines.map(
    (line) => html`<div class="row"><div><label for="d-${line.id}">Description</label><input id="d-${line.id}" name="description-${line.id}" value="${line.description}" size="50"></div>${line.unitAmount !== undefined && html`<div><label for="p-${line.id}">Price</label><input id="p-${line.id}" name="price-${line.id}" value="${line.unitAmount}" inputmode="decimal"></div>`}</div>`,
  );
  const draft = invoice.status === 'DRAFT' || invoice.status === 'SUBMITTED';
  return html`<form class="card" method="post" action="${action}/edit"><h2>Edit</h2><div class="row"><div><label for="edit-reference">Reference</label><input id="edit-reference" name="reference" value="${invoice.reference}"></div><div><label for="edit-due">Due date</label><input id="edit-due" name="dueDate" type="date" value="${invoice.dueDate}"></div></div>${lines}<button class="quiet" type="submit">Save changes</button></form>
<div class="row">${draft && html`<form method="post" action="${action}/approve"><button type="submit">Approve</button></form>`}<form method="post" action="${action}/void"><button class="danger" type="submit">${draft ? 'Delete' : 'Void'}</button></form></div>`;
}

const STATUS_WORDS: Record<Invoice['status'], string> = { DRAFT: 'Draft', SUBMITTED: 'Awaiting approval', AUTHORISED: 'Awaiting payment', PAID: 'Paid', VOIDED: 'Voided', DELETED: 'Deleted' };

const statusTag = (status: Invoice['status']): Html => html`<span class="status ${status}">${STATUS_WORDS[status]}</span>`;

function accountName(organisation: Organisation, id: string | undefined): string {
  const account = id === undefined ? undefined : organisation.accounts.get(id);
  return account ? `${account.code} ${account.name}` : '';
}

function trackingNames(organisation: Organisation, pairs: Invoice['lines'][number]['tracking']): string {
  return pairs.map((pair) => organisation.trackingCategories.get(pair.categoryId)?.options.find((each) => each.id === pair.optionId)?.name ?? '').join(', ');
}
