import { billFigures, invoiceFigures } from './base.js';
import type { Bill } from './bill.js';
import type { CalendarDate } from './calendar.js';
import type { Contact } from './contact.js';
import type { Invoice, NewInvoice } from './invoice.js';
import type { ContactMatch } from './match-contact.js';
import { sum, type CurrencyCode, type Minor } from './money.js';
import type { BillTruth, Facts, Hold, Plan } from './plan.js';
import { planBill } from './plan-bill.js';
import type { Reason } from './reasons.js';

/** One side of an entry; minor units, one of the two is zero. */
export interface Posting {
  account: string;
  debit: Minor;
  credit: Minor;
}

/** What the first sync would do about one bill, told without doing it. Minor units of `currency`. */
export interface Rehearsed {
  billId: string;
  number: string;
  client: string;
  currency: CurrencyCode;
  issuedOn: CalendarDate;
  due: Minor;
  balance: Minor;
  outcome: 'create' | 'adopt' | 'linked' | 'left-out' | 'needs-you';
  /** Why it is left out, or needs a person. */
  reason: Reason | null;
  facts: Facts;
  contact: { how: 'linked' | 'link' | 'create' | 'ask'; name: string } | null;
  invoiceNumber: string | null;
  /** The entries of a new invoice; none for one that is there. */
  postings: Posting[];
  /** What will be asked once the new invoice stands, e.g. about a credit. */
  thenAsked: Reason | null;
  /** What its invoice will have open in Xero once payments of both sides have met; null without an invoice. */
  xeroDue: Minor | null;
}

/**
 * Plans the bill as the sync will, past the point where its contact is found or made. `match` is what the client's contact would be;
 * null while the client is linked already, or is not known. `newName` is what a new contact would be called.
 */
export function rehearse(truth: BillTruth, match: ContactMatch | null, newName: string | null): Rehearsed {
  const { bill } = truth;
  const first = planBill(truth);
  const needsContact = first.steps.some((step) => step.do === 'ensure-contact');
  const asked = needsContact && (match?.level === 'partial' || match?.level === 'conflict') ? match.hold : null;
  const plan = needsContact && !asked ? planBill({ ...truth, contact: contactOf(truth, match) }) : first;
  const [hold] = asked ? [asked] : plan.holds;
  const created = plan.steps.find((step) => step.do === 'create-invoice')?.invoice ?? null;
  const adopted = plan.steps.find((step) => step.do === 'adopt-invoice')?.invoiceId ?? truth.links.find((link) => link.role === 'main')?.invoiceId ?? null;
  const invoice = truth.invoices.find((each) => each.xeroId === adopted) ?? null;
  const outcome = outcomeOf(plan, hold !== undefined, truth);
  const after = outcome === 'create' && created ? planAfter(truth, created, contactOf(truth, match)) : null;
  return {
    ...figuresOf(bill),
    outcome,
    reason: plan.leftOut?.reason ?? hold?.reason ?? null,
    facts: plan.leftOut?.facts ?? hold?.facts ?? {},
    contact: contactWords(truth, needsContact ? match : null, newName),
    invoiceNumber: outcome === 'create' ? (created?.number ?? null) : (invoice?.number ?? null),
    postings: outcome === 'create' && created ? postingsOf(truth, created) : [],
    thenAsked: after?.holds[0]?.reason ?? null,
    xeroDue: created && after ? created.total - settledBy(after) : (invoice?.amountDue ?? null),
  };
}

/** A bill that no rule sends to an organisation. */
export function rehearseUnplaced(bill: Bill, { reason, facts }: Hold): Rehearsed {
  return { ...figuresOf(bill), outcome: 'needs-you', reason, facts, contact: null, invoiceNumber: null, postings: [], thenAsked: null, xeroDue: null };
}

const figuresOf = ({ clioId, number, client, currency, issuedOn, due, balance }: Bill) => ({ billId: clioId, number, client: client?.name ?? '', currency, issuedOn, due, balance });

function outcomeOf(plan: Plan, held: boolean, truth: BillTruth): Rehearsed['outcome'] {
  if (plan.leftOut) return 'left-out';
  if (held) return 'needs-you';
  if (plan.steps.some((step) => step.do === 'create-invoice')) return 'create';
  if (plan.steps.some((step) => step.do === 'adopt-invoice')) return 'adopt';
  return truth.links.some((link) => link.invoiceId !== null) ? 'linked' : 'left-out';
}

/** The plan of the next round, on the invoice as Xero will answer it. */
function planAfter(truth: BillTruth, created: NewInvoice, contact: Contact | null): Plan {
  const invoice: Invoice = {
    ...created, xeroId: 'to be made', contactId: created.contactXeroId, amountsAre: 'exclusive', amountDue: created.total, amountPaid: 0, amountCredited: 0, payments: [], credits: [], changedAt: null,
    lines: created.lines.map((line, index) => ({ xeroId: `line ${index}`, text: line.text, net: line.net, tax: line.tax, accountCode: line.accountCode, taxType: line.taxType, tracking: line.tracking })),
  };
  const base = { bill: billFigures(truth.bill), invoice: invoiceFigures(invoice, created.lines.map((line) => line.from)), agreedAt: '' };
  const link = { billId: truth.bill.clioId, role: 'main', invoiceId: invoice.xeroId, invoiceNumber: invoice.number, base };
  return planBill({ ...truth, contact: truth.contact ?? contact, links: [link], invoices: [...truth.invoices, invoice] });
}

/** What payments and credits of Clio take off the new invoice; minor units. */
const settledBy = ({ steps }: Plan): Minor => sum(steps.map((step) => (step.do === 'create-payment' ? step.payment.amount : step.do === 'create-credit-note' ? step.note.total : 0)));

/** The contact there will be; one that is still to be made has no id yet. */
function contactOf({ client }: BillTruth, match: ContactMatch | null): Contact | null {
  if (match?.level === 'full') return match.contact;
  return client && { xeroId: 'to be made', name: client.name, email: client.email, phone: client.phone, address: client.address, taxNumber: client.taxNumber, contactNumber: null, status: 'active', isCustomer: true, isSupplier: false, mergedToId: null, changedAt: null };
}

function contactWords({ contact, client }: BillTruth, match: ContactMatch | null, newName: string | null): Rehearsed['contact'] {
  if (contact) return { how: 'linked', name: contact.name };
  if (!client || !match) return null;
  if (match.level === 'full') return { how: 'link', name: match.contact.name };
  return match.level === 'none' ? { how: 'create', name: newName ?? client.name } : { how: 'ask', name: client.name };
}

/** Receivables against income, costs and tax, as Xero books an approved sales invoice. */
function postingsOf({ books }: BillTruth, invoice: NewInvoice): Posting[] {
  const named = (code: string) => `${code} ${books.accounts.find((account) => account.code === code)?.name ?? ''}`.trim();
  const receivable = books.accounts.find((account) => account.system === 'DEBTORS');
  const entries: [string, Minor][] = [
    [receivable ? named(receivable.code ?? '') : 'Accounts receivable', invoice.total],
    ...invoice.lines.map((line): [string, Minor] => [named(line.accountCode), -line.net]),
    ...invoice.lines.map((line): [string, Minor] => [`Tax: ${books.taxRates.find((rate) => rate.taxType === line.taxType)?.name ?? line.taxType}`, -line.tax]),
  ];
  const sums = new Map<string, Minor>();
  for (const [account, debit] of entries) sums.set(account, (sums.get(account) ?? 0) + debit);
  return [...sums].filter(([, debit]) => debit !== 0).map(([account, debit]) => ({ account, debit: Math.max(debit, 0), credit: Math.max(-debit, 0) }));
}
