import type { Express } from 'express';
import { billSums, lineSums } from '../bill-arithmetic.js';
import { inCents } from '../decimal.js';
import { invalid } from '../errors.js';
import type { BillRecord } from '../records.js';
import { customActionMenu } from './custom-action-menu.js';
import { field, idOf } from './form.js';
import { doing, showing } from './guard.js';
import { html, money, stateTag, type Html } from './page.js';
import type { ScreenParts } from './screens.js';

/** One bill: lines, taxes, sums, what settled it, and what a biller can do. */
export function billScreens(app: Express, parts: ScreenParts): void {
  const { firm, control } = parts;
  const back = (request: { params: Record<string, string | string[] | undefined> }) => `/nc/bills/${String(request.params['id'])}`;

  app.get('/nc/bills/:id', showing(parts, (request, user) => {
    const bill = firm.bills.get(idOf(request));
    if (!bill) return null;
    return { title: `Bill ${bill.number}`, body: html`${facts(parts, bill)}${customActionMenu(parts, user, 'bills', bill.id)}${lines(parts, bill)}${settlements(parts, bill)}${forms(parts, bill)}` };
  }));

  app.post('/nc/bills/:id/approve', doing(parts, back, (request) => {
    control.approveBill(idOf(request));
    return 'Bill approved.';
  }));
  app.post('/nc/bills/:id/void', doing(parts, back, (request) => {
    control.voidBill(idOf(request));
    return 'Bill voided.';
  }));
  app.post('/nc/bills/:id/delete', doing(parts, back, (request) => {
    control.deleteBill(idOf(request));
    return 'Bill deleted.';
  }));
  app.post('/nc/bills/:id/edit', doing(parts, back, (request) => {
    const dueAt = field(request, 'due_at');
    control.editBill(idOf(request), { memo: field(request, 'memo'), number: field(request, 'number'), ...(dueAt === '' ? {} : { due_at: dueAt }) });
    return 'Bill changed.';
  }));
  app.post('/nc/bills/:id/payments', doing(parts, back, (request) => {
    const account = firm.bankAccounts.get(Number(field(request, 'bank_account_id')));
    const isTrust = account?.type === 'Trust';
    control.recordPayment({
      billIds: [idOf(request)], amount: amountOf(field(request, 'amount')), date: field(request, 'date') === '' ? firm.today() : field(request, 'date'),
      reference: field(request, 'reference'), ...(isTrust ? { sourceBankAccountId: account.id } : account ? { bankAccountId: account.id } : {}),
    });
    return 'Payment recorded.';
  }));
  app.post('/nc/bills/:id/credits', doing(parts, back, (request, user) => {
    const kind = field(request, 'kind') === 'write_off' ? 'write_off' : 'credit_note';
    control.recordCredit({ billId: idOf(request), amount: amountOf(field(request, 'amount')), description: field(request, 'description'), kind, userId: user.id });
    return 'Credit recorded.';
  }));
  app.post('/nc/bills/:id/allocations/:allocation/void', doing(parts, back, (request) => {
    const allocation = firm.allocations.get(Number(request.params['allocation']));
    if (!allocation) throw invalid('There is no such payment');
    if (allocation.parent.type === 'Payment') control.voidPayment(allocation.parent.id);
    else control.voidCredit(allocation.parent.id);
    return 'Voided.';
  }));
}

function amountOf(text: string): number {
  const amount = Number(text);
  if (!Number.isFinite(amount) || amount <= 0) throw invalid('Amount must be a number greater than zero');
  return inCents(amount);
}

function facts({ firm }: ScreenParts, bill: BillRecord): Html {
  const client = firm.contacts.at(bill.clientId);
  const matters = bill.matterIds.map((id) => firm.matters.at(id)).map((matter) => html`<a href="/nc/matters/${matter.id}">${matter.displayNumber}</a> `);
  return html`<div class="facts">${stateTag(bill.state)}<span>${bill.subject}</span><a href="/nc/contacts/${client.id}">${client.name}</a><span>${matters}</span><span class="soft">issued ${bill.issuedAt ?? '–'}, due ${bill.dueAt ?? '–'}</span>${bill.kind === 'trust_kind' ? html`<span>request for trust money</span>` : null}</div>`;
}

function lines({ firm }: ScreenParts, bill: BillRecord): Html {
  const { sign } = firm.currencies.at(bill.currencyId);
  const sums = billSums(bill, firm);
  const rows = firm.linesOf(bill.id).map((line) => {
    const own = lineSums(line, bill, firm);
    return html`<tr><td>${line.date}</td><td>${line.kind}</td><td class="note">${line.note ?? line.description}</td><td class="num">${line.quantity}</td><td class="num">${line.price}</td><td class="num">${money(own.net, sign)}</td><td class="num">${money(own.tax + own.secondaryTax, sign)}</td></tr>`;
  });
  const total = (label: string, cents: number) => html`<tr><td colspan="5" class="num">${label}</td><td class="num" colspan="2">${money(cents, sign)}</td></tr>`;
  return html`<section><table><thead><tr><th>Date</th><th>Kind</th><th>Text</th><th class="num">Quantity</th><th class="num">Price</th><th class="num">Net</th><th class="num">Tax</th></tr></thead><tbody>${rows}</tbody>
<tfoot>${total('Sub-total', sums.subTotal)}${total(`Tax ${bill.taxRate} %`, sums.tax)}${sums.secondaryTax === 0 ? null : total(`Second tax ${bill.secondaryTaxRate} %`, sums.secondaryTax)}${sums.interest === 0 ? null : total('Interest', sums.interest)}${sums.discount === 0 ? null : total('Discount', -sums.discount)}${total('Due', sums.due)}${total('Paid', -sums.paid)}${sums.credits === 0 ? null : total('Credits', -sums.credits)}${total('Balance', sums.balance)}</tfoot></table></section>`;
}

function settlements({ firm }: ScreenParts, bill: BillRecord): Html | null {
  const { sign } = firm.currencies.at(bill.currencyId);
  const rows = firm.allocationsOf(bill.id).map((each) => html`<tr><td>${each.date}</td><td>${each.parent.type}</td><td>${each.description ?? firm.payments.get(each.parent.id)?.reference ?? ''}</td><td>${firm.bankAccounts.get(each.sourceAccountId ?? each.destinationAccountId)?.name ?? ''}</td><td class="num">${money(each.amount, sign)}</td><td>${
    each.voidedAt === null ? html`<form method="post" action="/nc/bills/${bill.id}/allocations/${each.id}/void"><button class="plain">Void</button></form>` : 'voided'
  }</td></tr>`);
  if (rows.length === 0) return null;
  return html`<section><h2>Payments and credits</h2><table><thead><tr><th>Date</th><th>Kind</th><th>Reference</th><th>Account</th><th class="num">Amount</th><th></th></tr></thead><tbody>${rows}</tbody></table></section>`;
}

function forms({ firm }: ScreenParts, bill: BillRecord): Html {
  const at = `/nc/bills/${bill.id}`;
  const button = (action: string, label: string, grave = false) => html`<form class="box bare" method="post" action="${at}/${action}"><button class="${grave ? 'grave' : ''}">${label}</button></form>`;
  const isDraft = bill.state === 'draft' || bill.state === 'awaiting_approval';
  const accounts = firm.bankAccounts.all().map((account) => html`<option value="${account.id}">${account.type === 'Trust' ? 'from ' : 'into '}${account.name}</option>`);
  const balance = (billSums(bill, firm).balance / 100).toFixed(2);
  const payment = html`<form class="box" method="post" action="${at}/payments"><label>Amount<input name="amount" inputmode="decimal" required value="${balance}"></label><label>Date<input type="date" name="date" value="${firm.today()}"></label><label>Account<select name="bank_account_id">${accounts}</select></label><label>Reference<input name="reference"></label><button>Record payment</button></form>
<form class="box" method="post" action="${at}/credits"><label>Amount<input name="amount" inputmode="decimal" required></label><label>Kind<select name="kind"><option value="credit_note">Credit note</option><option value="write_off">Write-off</option></select></label><label>Description<input name="description"></label><button>Record credit</button></form>`;
  const edit = html`<form class="box" method="post" action="${at}/edit"><label>Number<input name="number" required value="${bill.number}"></label><label>Due<input type="date" name="due_at" value="${bill.dueAt ?? ''}"></label><label>Memo<input name="memo" value="${bill.memo ?? ''}"></label><button>Save</button></form>`;
  return html`<section><h2>Actions</h2>${isDraft ? html`<p>${button('approve', 'Approve')}${button('delete', 'Delete', true)}</p>` : null}${bill.state === 'awaiting_payment' ? payment : null}${bill.state === 'void' || bill.state === 'deleted' ? null : edit}${bill.state === 'awaiting_payment' ? button('void', 'Void', true) : null}</section>`;
}
