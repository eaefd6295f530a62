import type { Allocation } from '../../src/core/allocation.js';
import type { Bill } from '../../src/core/bill.js';
import type { CreditNote } from '../../src/core/credit-note.js';
import type { Invoice } from '../../src/core/invoice.js';
import { parseAmount } from '../../src/core/money.js';
import { planBill } from '../../src/core/plan-bill.js';
import { mainInvoice } from '../core/cases.js';
import { payBack, putAdvanceOn, putOn } from '../core/ideal-credits.js';
import { pay, removePayment, type World } from '../core/ideal-xero.js';
import { aBill, anAllocation, anInvoice, aXeroPayment } from '../core/law-firm.js';
import { lineIn } from './bill-in-words.js';

type Event = (at: World, ...words: (string | undefined)[]) => unknown;

const money = (text: string): number => parseAmount(text.replaceAll(',', ''), 'GBP');
/** Clio's day of an edit; extra invoices are dated so. */
const EDITED_AT = '2026-10-25T09:00:00Z';

/** Everything that can happen in an example, as the document says it. */
const EVENTS: [RegExp, Event][] = [
  [/^Clio: the bill is (void|deleted|a draft)$/, (at, state) => edit(at, { state: state === 'a draft' ? 'draft' : state === 'void' ? 'void' : 'deleted' })],
  [/^Clio: line (\d) is now called (.+)$/, (at, place = '1', name = '') => edit(at, { lines: at.truth.bill.lines.map((line, index) => (index === Number(place) - 1 && line.category ? { ...line, category: { ...line.category, name } } : line)) })],
  [/^Clio: line (\d) is now (.+)$/, (at, place = '1', words = '') => edit(at, { lines: at.truth.bill.lines.map((line, index) => (index === Number(place) - 1 ? lineIn(words, index) : line)) })],
  [/^Clio: a line is added: (.+)$/, (at, words = '') => edit(at, { lines: [...at.truth.bill.lines, lineIn(words, at.truth.bill.lines.length)] })],
  [/^Clio: interest of (\S+) is charged$/, (at, amount = '') => edit(at, { interest: money(amount) })],
  [/^Clio: the bill is now due on (\S+)$/, (at, day = '') => edit(at, { dueOn: day })],
  [/^Clio: the bill is now number (\S+)$/, (at, number = '') => edit(at, { number })],
  [/^Clio: payment (\d+) of (\S+) on ([\d-]+)(?: into (\S+))?( by card)?(?: from (trust|operating))?$/, (at, id = '', amount = '', date = '', into, card, from) => at.truth.allocations.push(allocation(id, amount, date, { ...(into === undefined ? {} : { destinationAccountId: into === 'nowhere' ? null : into }), ...(card === undefined ? {} : { method: 'card' }), ...(from === undefined ? {} : { source: from === 'trust' ? { clioId: '90', type: 'trust' } : { clioId: '44', type: 'operating' } }) }))],
  [/^Clio: payment (\d+) is voided$/, (at, id) => changeAllocation(at, id, { voided: true })],
  [/^Clio: payment (\d+) is now (\S+) on (\S+)$/, (at, id, amount = '', date = '') => changeAllocation(at, id, { amount: money(amount), date })],
  [/^Clio: (credit|write-off) (\d+) of (\S+) on ([\d-]+)( as a discount)?$/, (at, kind, id = '', amount = '', date = '', discount) => at.truth.allocations.push(allocation(id, amount, date, { kind: 'credit', creditKind: kind === 'credit' ? 'credit_note' : 'write_off', asDiscount: discount !== undefined, destinationAccountId: null }))],
  [/^Clio: credit (\d+) is voided$/, (at, id) => changeAllocation(at, id, { voided: true })],
  [/^Xero: somebody credits (\S+) on the invoice$/, (at, amount = '') => putOn(byHand(at, money(amount)), openInvoice(at), money(amount), '2026-10-20', `hand-${at.next++}`)],
  [/^Xero: somebody makes credit note (\S+) of (\S+) on ([\d-]+)(, paid out)?$/, (at, number = '', amount = '', date = '', paidOut) => madeByHand(at, { number, date }, money(amount), paidOut !== undefined)],
  [/^Xero: an (overpayment) of (\S+) is put on the invoice$/, (at, kind, amount = '') => putAdvanceOn(openInvoice(at), { xeroId: `op-${at.next++}`, kind: kind === 'overpayment' ? kind : 'prepayment', applied: money(amount) })],
  [/^Xero: payment of (\S+) on ([\d-]+)(, reconciled)?$/, (at, amount = '', date = '', reconciled) => pay(openInvoice(at), aXeroPayment({ xeroId: `pay-${at.next++}`, amount: money(amount), date, reconciled: reconciled !== undefined }))],
  [/^Xero: the payment is deleted$/, (at) => removePayment(at, livePayment(at).xeroId)],
  [/^Xero: the payment is reconciled$/, (at) => (livePayment(at).reconciled = true)],
  [/^Xero: line (\d) now says (\S+) on account (\S+)$/, (at, place = '1', amount = '', code = '') => changeLine(at, Number(place) - 1, money(amount), code)],
  [/^Xero: line (\d) now reads (.+)$/, (at, place = '1', text = '') => Object.assign(mainInvoice(at).lines[Number(place) - 1] ?? {}, { text })],
  [/^Xero: the invoice is now due on (\S+)$/, (at, day = '') => (mainInvoice(at).dueOn = day)],
  [/^Xero: the invoice is voided$/, (at) => Object.assign(mainInvoice(at), { status: 'voided', amountDue: 0 })],
  [/^Xero: the invoice is approved$/, (at) => (mainInvoice(at).status = 'authorised')],
  [/^Xero: somebody typed invoice (\S+) of (\S+) over (\S+)( for somebody else)?$/, (at, number = '', date = '', total = '', other) => at.truth.invoices.push(typed(at.truth.bill, number, date, money(total), other !== undefined))],
  [/^Xero: the books are locked through (\S+)$/, (at, day = '') => (at.truth.books = { ...at.truth.books, lockedThrough: day })],
  [/^Xero: the organisation adds (\S+)$/, (at, currency = '') => (at.truth.books = { ...at.truth.books, currencies: [...at.truth.books.currencies, currency] })],
  [/^A person answers: (.+)$/, (at, label = '') => answer(at, label)],
];

/** Makes the event true; throws for words the table does not know. */
export function happen(at: World, words: string): void {
  for (const [pattern, event] of EVENTS) {
    const match = pattern.exec(words);
    if (!match) continue;
    event(at, ...match.slice(1));
    return;
  }
  throw new Error(`Nothing is known to happen by "${words}"`);
}

/** Totals follow from the lines again. */
function edit(at: World, change: Partial<Bill>): void {
  const { taxes: _taxes, subTotal: _subTotal, totalTax: _totalTax, total: _total, due: _due, balance: _balance, ...rest } = at.truth.bill;
  at.truth.bill = aBill({ ...rest, updatedAt: EDITED_AT, ...change });
}

function allocation(clioId: string, amount: string, date: string, change: Partial<Allocation>): Allocation {
  return anAllocation({ clioId, amount: money(amount), date, ...change });
}

function changeAllocation(at: World, id: string | undefined, change: Partial<Allocation>): void {
  at.truth.allocations = at.truth.allocations.map((each) => (each.clioId === id ? { ...each, ...change } : each));
}

function openInvoice(at: World): Invoice {
  return at.truth.invoices.find((each) => each.amountDue > 0) ?? mainInvoice(at);
}

function livePayment(at: World) {
  const [payment] = at.truth.invoices.flatMap((invoice) => invoice.payments.filter((each) => each.status === 'authorised'));
  if (!payment) throw new Error('no payment in Xero');
  return payment;
}

/** A credit note of somebody else, on the account for fees and without tax. */
function byHand(at: World, total: number): CreditNote {
  const { bill, contact, books } = at.truth;
  const note: CreditNote = { xeroId: `cn-${at.next++}`, number: 'CN-1', reference: null, status: 'authorised', contactId: contact?.xeroId ?? '', currency: bill.currency, date: '2026-10-20', lines: [{ xeroId: 'cn-line', text: 'Credit', net: total, tax: 0, accountCode: books.accounts[0]?.code ?? '', taxType: 'NONE', tracking: [] }], subTotal: total, totalTax: 0, total, remaining: total, allocations: [], refunds: [] };
  at.truth.creditNotes = [...(at.truth.creditNotes ?? []), note];
  return note;
}

/** Such a note put on no invoice, as it is found before a refund is made. */
function madeByHand(at: World, named: Pick<CreditNote, 'number' | 'date'>, total: number, paidOut: boolean): void {
  const note = Object.assign(byHand(at, total), named);
  at.truth.notesByHand = [...(at.truth.notesByHand ?? []), note];
  if (paidOut) payBack(note, { xeroId: `hand-${at.next++}`, accountId: 'bank-office', amount: total, date: note.date, reference: null });
}

function changeLine(at: World, place: number, net: number, accountCode: string): void {
  const invoice = mainInvoice(at);
  const line = invoice.lines[place];
  if (!line) throw new Error(`no line ${place + 1}`);
  const more = net - line.net;
  Object.assign(line, { net, accountCode });
  Object.assign(invoice, { subTotal: invoice.subTotal + more, total: invoice.total + more, amountDue: invoice.amountDue + more });
}

function typed(bill: Bill, number: string, date: string, total: number, other: boolean): Invoice {
  const more = total - bill.due;
  const net = bill.due - bill.totalTax + more;
  const lines = [{ xeroId: 'typed-1', text: 'As billed', net, tax: bill.totalTax, accountCode: '200', taxType: 'OUTPUT2', tracking: [] }];
  return anInvoice(bill, { number, date, lines, subTotal: net, total, amountDue: total, ...(other ? { contactId: 'contact-99' } : {}) });
}

function answer(at: World, label: string): void {
  const asked = planBill(at.truth).holds.find((hold) => hold.choices.some((choice) => choice.label === label));
  const choice = asked?.choices.find((each) => each.label === label);
  if (!asked || !choice) throw new Error(`Nobody asked anything that "${label}" answers`);
  at.truth.answers = [...(at.truth.answers ?? []), { about: asked.about, reason: asked.reason, facts: asked.facts, choice: choice.id }];
}
