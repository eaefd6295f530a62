import type { Allocation } from '../core/allocation.js';
import type { Bill, SplitPart } from '../core/bill.js';
import type { Client } from '../core/contact.js';
import type { CreditNote } from '../core/credit-note.js';
import type { Invoice } from '../core/invoice.js';
import type { CreditLink } from '../core/link.js';
import { invoiceNumberFor } from '../core/invoice-number.js';
import type { Answer, BillTruth } from '../core/plan.js';
import { isReason } from '../core/reasons.js';
import type { HoldRecord, LinkRecord } from '../store/records.js';
import { parseContact } from '../store/base-schema.js';
import { tellUntold } from './activity.js';
import { pageOfBill } from './bill-page.js';
import type { BillWork } from './bill-work.js';
import type { SyncContext } from './firm-context.js';
import { goneBill } from './gone-bill.js';
import { invoicesAsAnswered } from './as-answered.js';
import { billLinkOf, creditLinkOf, paymentLinkOf, strayOf } from './links-to-core.js';
import { contactLinkId, mainLinkFor } from './link-records.js';
import { markPaidRefused } from './mark-paid-refused.js';
import { readCreditNotes } from './read-credit-notes.js';
import { isSplitWith, readSplitParts } from './read-split-parts.js';
import { remakeOf, settingsWhereAsked } from './remakes.js';
import { rememberTaxes } from './remember-taxes.js';

/** Reads the bills, what settles them, their clients and their invoices, with as few calls as both vendors' lists allow. */
export async function readBothSides(context: SyncContext, billIds: string[], approved: Set<string>): Promise<BillWork[]> {
  if (billIds.length === 0) return [];
  const bills = await readBills(context, billIds);
  await rememberTaxes(context, bills);
  const records = new Map<string, Records>();
  for (const bill of bills) records.set(bill.clioId, await readRecords(context, bill));
  const allocations = await context.clio.allocationsOf(bills.filter((bill) => isSettledInPart(bill, recordsOf(records, bill))).map((bill) => bill.clioId));
  const clients = await readUnlinkedClients(context, bills, records);
  const invoices = await readInvoices(context, bills, records);
  const notes = await readCreditNotes(context, creditLinksIn(records), allocations, mainNumbers(records, invoices));
  const splitParts = await readSplitParts(context, bills);
  const refused = await markPaidRefused(context);
  const earlier = await settingsWhereAsked(context, [...records.values()].flatMap((each) => each.bill));
  return bills.map((bill) => workOf(context, bill, { allocations, clients, invoices, notes, splitParts, remake: remakeOf(recordsOf(records, bill).bill, earlier), records: recordsOf(records, bill), approved: approved.has(bill.clioId), markPaidRefused: refused }));
}

/** After steps were carried out: the same bills with the records and the Xero side as they are now, asked for where the answers do not tell. */
export async function readXeroAgain(context: SyncContext, works: BillWork[], busy: BillWork[]): Promise<BillWork[]> {
  const bills = busy.map((work) => work.truth.bill);
  const changedInClio = busy.filter((work) => work.plan.steps.some((step) => step.do === 'mark-bill-paid')).map((work) => work.truth.bill.clioId);
  const freshBills = new Map((changedInClio.length > 0 ? await context.clio.bills(changedInClio) : []).map((bill) => [bill.clioId, bill]));
  const freshAllocations = changedInClio.length > 0 ? await context.clio.allocationsOf(changedInClio) : [];
  const records = new Map<string, Records>();
  for (const bill of bills) records.set(bill.clioId, await readRecords(context, bill));
  const answered = busy.map((work) => ({ bill: work.truth.bill, invoices: invoicesAsAnswered(work) }));
  const unanswered = answered.filter(({ invoices }) => invoices === null).map(({ bill }) => bill);
  const invoices = [...answered.flatMap(({ invoices }) => invoices ?? []), ...(await readInvoices(context, unanswered, records))];
  const known = busy.flatMap((work) => (changedInClio.includes(work.truth.bill.clioId) ? [] : work.truth.allocations));
  const notes = await readCreditNotes(context, creditLinksIn(records), [...freshAllocations, ...known], mainNumbers(records, invoices));
  const refused = await markPaidRefused(context);
  return works.map((work) => {
    const id = work.truth.bill.clioId;
    if (!busy.includes(work)) return work;
    const allocations = changedInClio.includes(id) ? freshAllocations : work.truth.allocations;
    const clients = work.truth.client ? [work.truth.client] : [];
    const again = workOf(context, freshBills.get(id) ?? work.truth.bill, { allocations, clients, invoices, notes, splitParts: work.truth.splitParts ?? [], remake: work.truth.remake ?? null, records: recordsOf(records, work.truth.bill), approved: work.approved, markPaidRefused: refused });
    return { ...again, stopped: work.stopped };
  });
}

interface Records {
  bill: LinkRecord[];
  payments: LinkRecord[];
  credits: LinkRecord[];
  strays: LinkRecord[];
  contact: LinkRecord | null;
  holds: HoldRecord[];
}

async function readBills(context: SyncContext, billIds: string[]): Promise<Bill[]> {
  const found = await context.clio.bills(billIds);
  const missing = billIds.filter((id) => !found.some((bill) => bill.clioId === id));
  const gone = await Promise.all(missing.map((id) => goneBill(context, id)));
  return [...found, ...gone.filter((bill) => bill !== null)];
}

async function readRecords(context: SyncContext, bill: Bill): Promise<Records> {
  await mainLinkFor(context, context.organisationId, bill);
  const links = await context.store.links.list(context.firm.id, { index: 'bill', value: bill.clioId });
  const contact = bill.client ? await context.store.links.get(context.firm.id, contactLinkId(bill.client.clioId, context.further)) : undefined;
  await tellUntold(context, [...links, ...(contact ? [contact] : [])]);
  const holds = await context.store.holds.list(context.firm.id, { index: 'bill', value: bill.clioId });
  return { bill: links.filter((link) => link.kind === 'bill'), payments: links.filter((link) => link.kind === 'payment'), credits: links.filter((link) => link.kind === 'credit'), strays: links.filter((link) => link.kind === 'stray'), contact: contact?.xeroId ? contact : null, holds };
}

/** Allocations cost a call per bill: asked only of bills that show, or ever showed us, money or credit on them. */
const isSettledInPart = (bill: Bill, records: Records): boolean => bill.paid !== 0 || bill.credited !== 0 || bill.balance !== bill.due || records.payments.length > 0 || records.credits.length > 0;

/** Clients already linked need not be read: their contact stands on the link. */
async function readUnlinkedClients(context: SyncContext, bills: Bill[], records: Map<string, Records>): Promise<Client[]> {
  const ids = bills.flatMap((bill) => (bill.client && !recordsOf(records, bill).contact ? [bill.client.clioId] : []));
  return ids.length > 0 ? context.clio.clients([...new Set(ids)]) : [];
}

/** Linked and stray invoices by id; for bills without one, whatever carries the number it would get, so that nothing is made twice. */
async function readInvoices(context: SyncContext, bills: Bill[], records: Map<string, Records>): Promise<Invoice[]> {
  const ids = bills.flatMap((bill) => [...recordsOf(records, bill).bill, ...straysHere(context, recordsOf(records, bill))].flatMap((record) => record.xeroId ?? []));
  const numbers = bills.filter((bill) => mayGetInvoice(bill) && !recordsOf(records, bill).bill.some((record) => record.xeroId)).map((bill) => invoiceNumberFor(bill, context.settings));
  const linked = ids.length > 0 ? await context.xero.invoices(ids) : [];
  const sameNumber = numbers.length > 0 ? await context.xero.invoicesByNumber(numbers) : [];
  return [...new Map([...linked, ...sameNumber].map((invoice) => [invoice.xeroId, invoice])).values()];
}

const straysHere = ({ organisationId }: SyncContext, { strays }: Records): LinkRecord[] => strays.filter((stray) => stray.organisationId === organisationId);

/** Drafts, void bills, trust requests and bills of zero get no invoice, so no number need be looked for. */
const mayGetInvoice = (bill: Bill): boolean => (bill.state === 'awaiting_payment' || bill.state === 'paid') && bill.kind === 'revenue' && bill.due !== 0;

interface Read {
  allocations: Allocation[];
  clients: Client[];
  invoices: Invoice[];
  notes: CreditNote[];
  splitParts: SplitPart[];
  remake: BillTruth['remake'];
  records: Records;
  approved: boolean;
  markPaidRefused: boolean;
}

function workOf(context: SyncContext, bill: Bill, read: Read): BillWork {
  const { records } = read;
  const linkedIds = records.bill.flatMap((record) => record.xeroId ?? []);
  const strayIds = records.strays.flatMap((record) => record.xeroId ?? []);
  const number = invoiceNumberFor(bill, context.settings);
  return {
    truth: {
      bill,
      allocations: read.allocations.filter((allocation) => allocation.billId === bill.clioId),
      client: read.clients.find((client) => client.clioId === bill.client?.clioId) ?? null,
      splitParts: read.splitParts.filter((part) => isSplitWith(bill, part)),
      contact: records.contact ? parseContact(records.contact.base) : null,
      links: records.bill.map(billLinkOf),
      invoices: read.invoices.filter((invoice) => linkedIds.includes(invoice.xeroId) || strayIds.includes(invoice.xeroId) || (linkedIds.length === 0 && invoice.number === number)),
      paymentLinks: records.payments.map(paymentLinkOf),
      creditLinks: records.credits.map(creditLinkOf),
      creditNotes: read.notes,
      settings: context.settings,
      books: context.books,
      pageUrl: pageOfBill(context.appUrl, bill.clioId),
      strays: records.strays.map(strayOf),
      answers: records.holds.flatMap(answerOf),
      markPaidRefused: read.markPaidRefused,
      remake: read.remake ?? null,
    },
    plan: { steps: [], holds: [], leftOut: null },
    billRecords: records.bill,
    paymentRecords: records.payments,
    creditRecords: records.credits,
    approved: read.approved,
    answered: [],
    stopped: [],
  };
}

/** The number each bill's main invoice carries now. */
function mainNumbers(records: Map<string, Records>, invoices: Invoice[]): Map<string, string> {
  const mains = [...records].map(([billId, each]) => [billId, each.bill.find((record) => record.role === 'main')?.xeroId] as const);
  return new Map(mains.flatMap(([billId, id]) => invoices.filter((invoice) => invoice.xeroId === id).map((invoice) => [billId, invoice.number] as const)));
}

const creditLinksIn = (records: Map<string, Records>): CreditLink[] => [...records.values()].flatMap((each) => each.credits.map(creditLinkOf));

function recordsOf(records: Map<string, Records>, bill: Bill): Records {
  return records.get(bill.clioId) ?? { bill: [], payments: [], credits: [], strays: [], contact: null, holds: [] };
}

const answerOf = (hold: HoldRecord): Answer[] => (hold.answer !== null && isReason(hold.reason) ? [{ about: hold.about, reason: hold.reason, facts: hold.facts, choice: hold.answer }] : []);
